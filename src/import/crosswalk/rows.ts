/** The rows of the statistics office's conversion table, each by itself: codes, corrections, the word for the relation. */
import { fold } from '../../db/fold.ts';
import { nearest } from '../../errors.ts';
import type { Coverage } from '../../schema/place.ts';
import type { RowFaults } from '../row-faults.ts';
import type { Columns, TableRow } from '../table-file.ts';
import type { TreeFacts } from '../tree/shapes.ts';

export const columns: Columns = {
  required: [
    'old_province',
    'old_district',
    'old_code',
    'old_name',
    'new_province',
    'new_code',
    'new_name',
    'relation',
  ],
  /** What the office printed, where another has corrected it in the file; its own words. */
  optional: ['old_code_as_published', 'note_vi'],
};

const wholeDistrict = 'district_to_special_zone';

/** The word in the table → how much of the old unit went to the new one. */
const relations: ReadonlyMap<string, Coverage> = new Map([
  ['whole', 'whole'],
  ['unchanged', 'whole'],
  ['renamed', 'whole'],
  ['retyped', 'whole'],
  [wholeDistrict, 'whole'],
  ['part', 'part'],
  ['part_area_all_population', 'part'],
]);

export interface CrosswalkRow {
  row: number;
  province: string;
  district: string;
  /** Null where the row is of a whole district, or of an area that is no unit. */
  code: string | null;
  name: string;
  /** The code as the office printed it. */
  printed: string;
  wholeDistrict: boolean;
  newProvince: string;
  newCode: string;
  newName: string;
  coverage: Coverage;
}

type Corrections = TreeFacts['crosswalkCorrections'];

/** Rows with a fault of their own are told and left out. */
export function readRows(
  rows: readonly TableRow[],
  corrections: Corrections,
  faults: RowFaults,
): CrosswalkRow[] {
  return rows.flatMap((row) => readRow(row, corrections, faults) ?? []);
}

function readRow(
  { row, cells }: TableRow,
  corrections: Corrections,
  faults: RowFaults,
): CrosswalkRow | undefined {
  const before = faults.count;
  const cell = (column: string) => cells[column] ?? '';
  const code = (column: string, digits: number) => readCode(column, cell(column), digits, row, faults);
  const optionalCode = (column: string) => (cell(column) === '' ? '' : code(column, 5));
  const relation = cell('relation');
  const name = cell('old_name');
  const given = optionalCode('old_code');
  const printed = optionalCode('old_code_as_published') || given;
  const correction = corrections.find((one) => one.printed === given && fold(one.name) === fold(name));
  const coverage = relations.get(relation);
  if (!coverage) {
    const words = [...relations.keys()];
    const message = `"relation" is "${relation}", but must be one of ${words.join(', ')}`;
    faults.tell('unknown_relation', message, row, () => nearest(relation, words));
  }
  const read = {
    row,
    province: code('old_province', 2),
    district: code('old_district', 3),
    code: (correction?.code ?? given) || null,
    name,
    printed,
    wholeDistrict: relation === wholeDistrict && given === '',
    newProvince: code('new_province', 2),
    newCode: code('new_code', 5),
    newName: cell('new_name'),
  };
  return coverage && faults.count === before ? { ...read, coverage } : undefined;
}

function readCode(column: string, text: string, digits: number, row: number, faults: RowFaults): string {
  // `2947` → `02947`: spreadsheets keep codes as numbers.
  const code = text.padStart(digits, '0');
  if (text === '' || code.length > digits || /\D/.test(code)) {
    const message = `"${column}" is "${text}", but must be a code of ${digits} digits; are the columns shifted?`;
    faults.tell('bad_code', message, row);
  }
  return code;
}
