/** Archives are unpacked with care: some hold a few kilobytes that become gigabytes, or say other sizes than they have. */
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ZipFile as NewZip } from 'yazl';
import { Area } from './area.ts';

const mebibyte = 1_048_576;
const mostBytes = 512 * mebibyte;
/** So much may come of any archive, however small; of more, only so many times the archive's size. */
const harmlessBytes = 16 * mebibyte;
const mostTimes = 200;
/** The reader makes a rectangle of a sheet, out to its farthest cell. */
const mostCells = 20_000_000;

/** Any other error says that there is no archive, or a damaged one. */
export class TooLarge extends Error {}

/**
 * The XML files of an archive, each of its true size, in a new archive without compression. The reader
 * of workbooks goes by what stands before each file, yauzl by the list at the end; made anew they agree.
 */
export async function safeArchive(path: string): Promise<Readable> {
  const zip = await openPromise(path, { autoClose: false, validateEntrySizes: false });
  try {
    const entries = await entriesOf(zip);
    const safe = new NewZip();
    for (const entry of entries.filter(({ fileName }) => /\.xml(\.rels)?$/.test(fileName))) {
      safe.addBuffer(withErrors(await contentOf(zip, entry)), entry.fileName, { compress: false });
    }
    safe.end();
    return safe.outputStream as Readable;
  } finally {
    zip.close();
  }
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  let size = 0;
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    size += entry.uncompressedSize;
  }
  if (size > mostBytes || (size > harmlessBytes && size > mostTimes * zip.fileSize)) {
    throw new TooLarge(`its files would be ${Math.ceil(size / mebibyte)} MiB when unpacked`);
  }
  return entries;
}

/** Never more in memory than the entry declares. */
async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const { fileName } = entry;
  const area = new Area();
  const pieces: Buffer[] = [];
  let size = 0;
  const stream = await zip.openReadStreamPromise(entry);
  for await (const bytes of stream as AsyncIterable<Buffer>) {
    size += bytes.length;
    if (size > entry.uncompressedSize) throw new TooLarge(`${fileName} in it is larger than it says`);
    area.add(bytes);
    pieces.push(bytes);
  }
  area.end();
  const content = Buffer.concat(pieces);
  if (crc32(content) !== entry.crc32) throw new Error(`${fileName} in it is damaged`);
  if (area.cells > mostCells) throw new TooLarge(`the cells of ${fileName} in it lie too far apart`);
  return content;
}

/** `#REF!` is made a text: the reader has a blank cell for it, as though there were nothing wrong. */
function withErrors(content: Buffer): Buffer {
  if (!content.includes('"e"') && !content.includes("'e'")) return content;
  const xml = content.toString('latin1');
  const marked = xml.replace(/(<(?:\w+:)?c\s(?:[^>]{0,99}\s)?t\s*=\s*)(["'])e\2/g, '$1$2str$2');
  return Buffer.from(marked, 'latin1');
}
