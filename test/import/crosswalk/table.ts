/** For tests of conversion tables: a small one, the statistics office's where it is there, and what a database says. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import type { Database } from '../../../src/db/client.ts';
import {
  type CrosswalkOptions,
  type CrosswalkReport,
  importCrosswalk,
} from '../../../src/import/crosswalk/import.ts';
import { seedsFolder } from '../../../src/import/seed.ts';
import { writableDatabase } from '../../service.ts';
import { fewCommunes } from '../few-communes.ts';

export const wholeTable = fileURLToPath(
  new URL('../../../../shared/gazetteer/lineage-nso-2025-07-01.csv', import.meta.url),
);
export const withoutTable = !existsSync(wholeTable) && 'the conversion table is not part of the project';

export const dataset = 'dataset:nso-crosswalk-2025-07-01';

/** Columns as in the statistics office's table. */
export const header = [
  'old_province',
  'old_district',
  'old_code_as_published',
  'old_code',
  'old_name',
  'new_province',
  'new_code',
  'new_name',
  'relation',
  'note_vi',
] as const;
export type Row = Record<(typeof header)[number], string>;

/** Facts: where the seventeen communes of Bảo Yên went. */
const baoYen = `
  02947 Thị trấn Phố Ràng > 02947 Xã Bảo Yên
  02950 Xã Tân Tiến > 02953 Xã Nghĩa Đô
  02953 Xã Nghĩa Đô > 02953 Xã Nghĩa Đô
  02956 Xã Vĩnh Yên > 02953 Xã Nghĩa Đô
  02959 Xã Điện Quan > 02968 Xã Thượng Hà
  02962 Xã Xuân Hòa > 02962 Xã Xuân Hòa
  02965 Xã Tân Dương > 02962 Xã Xuân Hòa
  02968 Xã Thượng Hà > 02968 Xã Thượng Hà
  02971 Xã Kim Sơn > 02989 Xã Bảo Hà
  02974 Xã Cam Cọn > 02989 Xã Bảo Hà
  02977 Xã Minh Tân > 02968 Xã Thượng Hà
  02980 Xã Xuân Thượng > 02947 Xã Bảo Yên
  02983 Xã Việt Tiến > 02998 Xã Phúc Khánh
  02986 Xã Yên Sơn > 02947 Xã Bảo Yên
  02989 Xã Bảo Hà > 02989 Xã Bảo Hà
  02992 Xã Lương Sơn > 02947 Xã Bảo Yên
  02998 Xã Phúc Khánh > 02998 Xã Phúc Khánh`;

/** As in the statistics office's table, in the order of the old codes: 02947 is row 2. */
export const baoYenRows = (): Row[] =>
  [...baoYen.matchAll(/^ *(\d+) (.+) > (\d+) (.+)$/gm)].map(
    ([, code = '', name = '', to = '', newName = '']) => ({
      old_province: '10',
      old_district: '087',
      old_code_as_published: code,
      old_code: code,
      old_name: name,
      new_province: '15',
      new_code: to,
      new_name: newName,
      relation: 'whole',
      note_vi: 'Nhập toàn bộ',
    }),
  );

/** A district whose three communes became one special zone, and one that had none and did so. */
export const zoneRows: Partial<Row>[] = [
  ...['07192 Thị trấn Cô Tô', '07195 Xã Đồng Tiến', '07198 Xã Thanh Lân'].map((commune) => ({
    old_province: '22',
    old_district: '207',
    old_code: commune.slice(0, 5),
    old_name: commune.slice(6),
    new_province: '22',
    new_code: '07192',
    new_name: 'Đặc khu Cô Tô',
    relation: 'whole',
  })),
  {
    old_province: '31',
    old_district: '318',
    new_province: '31',
    new_code: '11948',
    new_name: 'Đặc khu Bạch Long Vĩ',
    relation: 'district_to_special_zone',
  },
];

/** Ground that a district administered and that was no unit. */
export const areaRow: Partial<Row> = {
  old_province: '37',
  old_district: '376',
  old_name: 'Khu vực bãi bồi ven biển',
  new_province: '37',
  new_code: '14698',
  new_name: 'Xã Kim Đông',
  relation: 'whole',
};

/** As the office printed it: 01615 is another commune. */
export const misprintedRow: Partial<Row> = {
  old_province: '04',
  old_district: '049',
  old_code: '01615',
  old_name: 'Xã Mỹ Hưng',
  new_province: '04',
  new_code: '01648',
  new_name: 'Xã Phục Hòa',
  relation: 'whole',
};

/** Codes as numbers, as a spreadsheet takes them. */
export function workbookOf(rows: readonly Partial<Row>[]): Promise<Buffer> {
  const cell = (text = '') => (/^\d+$/.test(text) ? { value: Number(text), type: Number } : text || null);
  const data: SheetData = [[...header], ...rows.map((row) => header.map((name) => cell(row[name])))];
  return writeWorkbook([{ sheet: 'Bảng chuyển đổi', data }]).toBuffer();
}

/** No other column than that of notes holds commas. */
export const rowsOfWholeTable = (): Row[] =>
  readFileSync(wholeTable, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => Object.fromEntries(header.map((name, at) => [name, line.split(',')[at] ?? ''])) as Row);

/** Without notes. */
export const csvOf = (
  rows: readonly Partial<Row>[],
  columns: readonly (keyof Row)[] = header.slice(0, 9),
): string =>
  [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells}\n`)
    .join('');

export function fileOf(t: Test, content: string | Buffer, name = 'table.csv'): string {
  const folder = mkdtempSync(join(tmpdir(), 'govdata-table-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export interface Country {
  url: string;
  database: Database;
  load: (path: string, options?: Partial<CrosswalkOptions>) => Promise<CrosswalkReport>;
}

/** A database of its own with the real seeds. */
export async function realCountry(t: Test): Promise<Country> {
  return countryOf(await writableDatabase(t));
}

/** The same with the communes alone that small tables are about. */
export async function fewPlaces(t: Test): Promise<Country> {
  return countryOf(await fewCommunes(t));
}

const countryOf = ({ url, database }: Omit<Country, 'load'>): Country => ({
  url,
  database,
  load: (path, options) => importCrosswalk(database, path, { seeds: seedsFolder, ...options }),
});

export async function textsOf({ pool }: Database, query: string): Promise<string[]> {
  const { rows } = await pool.query<{ text: string }>(query);
  return rows.map(({ text }) => text);
}

/** `commune 02947 > 02947 whole dataset:…`, by the codes of the units on either side. */
export const linksOf = (database: Database): Promise<string[]> =>
  textsOf(
    database,
    `select concat_ws(' ', f.level, f.code, '>', t.code, l.coverage, l.dataset_id) as text
     from place_links l
     join place_changes c on c.id = l.change_id and c.until_release is null and c.effective_on = '2025-07-01'
     join place_versions f on f.id = l.from_id and f.until_release is null
     join place_versions t on t.id = l.to_id and t.until_release is null
     where l.until_release is null order by 1`,
  );

export const changesOf = (database: Database): Promise<string[]> =>
  textsOf(
    database,
    `select concat_ws(' ', id, kind, folded) as text from place_changes where until_release is null order by id`,
  );

/** Ids of all places, versions and changes there ever were, and versions as they are. */
export const placesOf = (database: Database): Promise<string[]> =>
  textsOf(
    database,
    `select id as text from identities where id like 'place%' union all
     select to_jsonb(v)::text from place_versions v order by text`,
  );

/** How many rows of all releases there are. */
export async function sizesOf(database: Database): Promise<string> {
  const tables = [
    'releases',
    'identities',
    'datasets',
    'citations',
    'place_versions',
    'place_changes',
    'place_links',
  ];
  const counts = tables.map((name) => `(select count(*) from ${name})`);
  return (await textsOf(database, `select concat_ws(' ', ${counts}) as text`)).join();
}

export interface Held {
  links: string[];
  changes: string[];
  places: string[];
}

export async function heldBy({ database }: Country): Promise<Held> {
  return {
    links: await linksOf(database),
    changes: await changesOf(database),
    places: await placesOf(database),
  };
}

/** The links that the rows say, in code that shares nothing with the importer's. */
export const expectedLinks = (rows: readonly Row[]): string[] =>
  rows
    .filter(({ old_code: code }) => code !== '')
    .map(({ old_code: from, new_code: to, relation }) => {
      return `commune ${from} > ${to} ${relation.startsWith('part') ? 'part' : 'whole'} ${dataset}`;
    })
    .sort();

export const ofCommunes = (links: readonly string[]): string[] =>
  links.filter((link) => link.startsWith('commune')).sort();
