/** Texts from the bytes of a file: which encoding they are in, and on which line they are not. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { nearest } from '../../../errors.ts';
import { refuse, suggested } from './rows.ts';

/** Those that tables come in, for messages and suggestions; any other of the standard may be stated, too. */
const wellKnown = [
  'utf-8 utf-16le utf-16be windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255',
  'windows-1256 windows-1257 windows-1258 iso-8859-2 iso-8859-15 macintosh koi8-r gb18030 gbk big5',
  'shift_jis euc-jp euc-kr',
].flatMap((line) => line.split(' '));
const known = `${wellKnown.join(', ')}, …`;
const bomEncodings = { efbbbf: 'utf-8', fffe: 'utf-16le', feff: 'utf-16be' };

/** 0x80 to 0x9F; five of them are nothing. */
const windows1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

/** Takes the next bytes, or none at the end; throws where they are invalid. All line ends become `\n`. */
export type Decode = (bytes?: Uint8Array) => string;

export interface Survey extends Whole {
  encoding: string;
}

/** What is known of a file that was read to its end. */
interface Whole {
  sha256: string;
  lines: number;
}

/**
 * Reads the whole file, which begins with `head`. Throws a FaultsError: encodings that are unknown
 * or wrong, bytes that are no text.
 */
export async function surveyText(path: string, head: Buffer, stated?: string): Promise<Survey> {
  const file = basename(path);
  const marked = Object.entries(bomEncodings).find(([mark]) => head.toString('hex').startsWith(mark))?.[1];
  const encoding = stated === undefined ? (marked ?? 'utf-8') : encodingNamed(file, stated);
  if (marked !== undefined && marked !== encoding) {
    const message = `the file begins with the mark of ${marked}, but the spec says that it is ${encoding}`;
    refuse({ code: 'wrong_encoding', message, file, line: 1, suggestion: `encoding: ${marked}` });
  }
  const read = await readThrough(path, encoding);
  if ('sha256' in read) return { ...read, encoding };
  const line = await lineOf(path, encoding, read.offset);
  if (read.binary) {
    const message = 'the line has NUL characters: the file is no text, or its encoding has to be stated';
    return refuse({ code: 'not_text', message, file, line, ...suggested(wideEncoding(head)) });
  }
  if (stated !== undefined || marked !== undefined) {
    const says = stated === undefined ? 'as the mark at the beginning says' : 'which it is said to be';
    return refuse({ code: 'wrong_encoding', message: `the line is not ${encoding}, ${says}`, file, line });
  }
  const message = `the line is not UTF-8, and the spec states no other encoding (${known})`;
  const fits = 'sha256' in (await readThrough(path, 'windows-1252'));
  const suggestion = fits ? 'encoding: windows-1252' : undefined;
  return refuse({ code: 'unknown_encoding', message, file, line, ...suggested(suggestion) });
}

interface Spoilt {
  /** Of the piece of the file that cannot be decoded. */
  offset: number;
  /** It holds NUL characters, which no table does. */
  binary: boolean;
}

/** The checksum of the file and its lines, or where it is not text of this encoding. */
async function readThrough(path: string, encoding: string): Promise<Whole | Spoilt> {
  const hash = createHash('sha256');
  const decode = decoderOf(encoding);
  let [offset, lines] = [0, 1];
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) {
    try {
      const text = decode(bytes);
      if (text.includes('\0')) return { offset, binary: true };
      lines += linesIn(text);
    } catch {
      return { offset, binary: !encoding.startsWith('utf-16') && bytes.includes(0) };
    }
    hash.update(bytes);
    offset += bytes.length;
  }
  try {
    decode();
  } catch {
    return { offset, binary: false };
  }
  return { sha256: hash.digest('hex'), lines };
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The line of the first byte from `offset` on that cannot be decoded, or of the first NUL character. */
async function lineOf(path: string, encoding: string, offset: number): Promise<number> {
  const decode = decoderOf(encoding);
  let line = 1;
  for await (const bytes of bytewise(path, offset)) {
    let text: string;
    try {
      text = decode(bytes);
    } catch {
      break;
    }
    if (text.includes('\0')) break;
    line += linesIn(text);
  }
  return line;
}

/** The file in pieces, and from `offset` on byte by byte. */
async function* bytewise(path: string, offset: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) {
    const whole = Math.min(bytes.length, offset - at);
    yield bytes.subarray(0, whole);
    for (let next = whole; next < bytes.length; next += 1) yield bytes.subarray(next, next + 1);
    at += bytes.length;
  }
}

/** What ASCII looks like in UTF-16. */
function wideEncoding([first, second]: Buffer): string | undefined {
  if (second === 0 && first !== 0) return 'encoding: utf-16le';
  return first === 0 && second !== 0 ? 'encoding: utf-16be' : undefined;
}

/** The text piece by piece, without a byte order mark, its lines ended by `\n`. */
export async function* textsOf(path: string, encoding: string): AsyncGenerator<string> {
  const decode = decoderOf(encoding);
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) yield decode(bytes);
  yield decode();
}

export function decoderOf(encoding: string): Decode {
  const decode = encoding === 'windows-1252' ? decodeWindows1252 : standardDecoder(encoding);
  let afterReturn = false;
  return (bytes) => {
    const text = decode(bytes);
    if (text === '') return '';
    const rest = afterReturn && text.startsWith('\n') ? text.slice(1) : text;
    afterReturn = text.endsWith('\r');
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest;
  };
}

function standardDecoder(encoding: string): Decode {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes) => (bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }));
}

/** By hand: the decoder of Node 20 takes it for ISO 8859-1, and €, quotes and dashes for control characters. */
function decodeWindows1252(bytes: Uint8Array = Buffer.alloc(0)): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => {
      const meant = windows1252.charAt(character.charCodeAt(0) - 0x80);
      if (meant === '\0') throw new TypeError('The byte is no character.');
      return meant;
    });
}

function encodingNamed(file: string, label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    const message = `the spec says that the file is "${label}", which is no encoding known here (${known})`;
    return refuse({ code: 'unknown_encoding', message, file, ...suggested(nearest(label, wellKnown)) });
  }
}
