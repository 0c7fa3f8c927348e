/** Workbooks of a table, by hand, with what no program writes. */
import { filesOf, sheetOf, zipOf } from '../import/table/workbooks.ts';
import type { Draw } from './draw.ts';
import { spoiltBytes } from './spoil.ts';

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    // What XML has no way to say.
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '');

const letters = (column: number): string => String.fromCharCode(65 + column);
const far = ['XFD1048576', 'ZZZ1', 'A999999999', 'A1e9', 'XFE1', 'A0', 'A-1', '1A', '', 'Ａ1', 'A1048577'];

function cellOf(draw: Draw, text: string, row: number, column: number): string {
  const place = draw.often(1) ? draw.pick(far) : `${letters(column)}${row}`;
  const at = `${draw.often(2) ? `x="${draw.pick(['>', 'a'.repeat(150)])}" ` : ''}r=${draw.often(2) ? `'${place}'` : `"${place}"`}`;
  const isNumber = /^-?\d+(\.\d+)?$/.test(text) && !draw.often(10);
  if (isNumber)
    return `<c ${at}${draw.often(5) ? ` s="${draw.pick([1, 2, 3, 99])}"` : ''}><v>${text}</v></c>`;
  if (draw.often(3))
    return `<c ${at} t="${draw.pick(['e', 's', 'b', 'd', 'n', 'x', 'str'])}"><v>${escaped(text)}</v></c>`;
  if (draw.often(3))
    return `<c ${at}><f>${escaped(text)}</f><v>${draw.pick(['1', '', '1e999', 'NaN'])}</v></c>`;
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

export async function workbookFrom(draw: Draw, rows: readonly (readonly string[])[]): Promise<Buffer> {
  const xml = rows
    .map((row, at) => {
      const number = draw.often(1) ? draw.pick([0, 1, 1_048_576, 999_999_999, -1, 1e9]) : at + 1;
      const cells = row.map((text, column) => (text === '' ? '' : cellOf(draw, text, at + 1, column)));
      return `<row r="${number}">${cells.join('')}</row>`;
    })
    .join('');
  const files: Record<string, string | Buffer> = filesOf({ A: sheetOf(xml) });
  if (draw.often(15)) {
    const name = draw.pick(Object.keys(files));
    files[name] = spoiltBytes(draw, Buffer.from(files[name] as string));
  }
  if (draw.often(5))
    files[draw.pick(['../evil.xml', 'xl/media/a.png', 'a/b.xml', 'xl//workbook.xml'])] =
      Buffer.alloc(2_000_000);
  const bytes = await zipOf(files, draw.often(50)).catch(() => zipOf(filesOf({ A: sheetOf(xml) })));
  return draw.often(20) ? spoiltBytes(draw, bytes) : bytes;
}
