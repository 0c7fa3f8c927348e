/** Workbooks as the XML that they are made of, so that a test can have what no writer writes. */
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export async function zipOf(
  files: Readonly<Record<string, string | Buffer>>,
  compress = true,
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content), path, { compress });
  zip.end();
  return buffer(zip.outputStream);
}

export const sheetOf = (rows: string, more = ''): string =>
  `<worksheet ${main}><sheetData>${rows}</sheetData>${more}</worksheet>`;

/** Style 1 is a date, 2 a percentage, 3 a date with its time. */
const styles = `<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>
  <cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs></styleSheet>`;
const strings = `<sst ${main}><si><t xml:space="preserve"> Phố Ràng </t></si><si><r><t>Kim </t></r><r><t>Sơn</t></r></si></sst>`;

/** The files of a workbook by hand; a sheet without XML is one of charts. */
export function filesOf(sheets: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const named = Object.entries(sheets);
  const links = named.map(
    ([, xml], index) =>
      `<Relationship Id="s${index}" Type="${office}/${xml === undefined ? 'chartsheet' : 'worksheet'}" Target="worksheets/${index}.xml"/>`,
  );
  return {
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}"><sheets>${named.map(([name], index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join('')}<Relationship Id="t" Type="${office}/styles" Target="styles.xml"/><Relationship Id="u" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': styles,
    'xl/sharedStrings.xml': strings,
    ...Object.fromEntries(
      named.map(([, xml], index) => [`xl/worksheets/${index}.xml`, xml ?? '<chartsheet/>']),
    ),
  };
}

export const workbook = (sheets: Readonly<Record<string, string | undefined>>): Promise<Buffer> =>
  zipOf(filesOf(sheets));
export const oneCell = (text: string): string =>
  sheetOf(`<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`);
