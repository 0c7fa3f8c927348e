/** What `govdata import table` prints: what would change, what was left out, and what a person should look at. */
import type { TableReport } from '../import/table/import.ts';
import { table } from './terminal.ts';
import { releaseText } from './texts.ts';

export function tableText(report: TableReport): string {
  const { dataset, file, figures, leftOut } = report;
  const read = [
    file.sheet === null ? file.encoding : `sheet ${file.sheet}`,
    file.delimiter === null ? null : `delimiter ${delimiterName(file.delimiter)}`,
  ];
  const { added, revised, withdrawn, left } = figures;
  return [
    `${dataset}: ${file.name} (${read.filter((part) => part !== null).join(', ')}), SHA-256 ${file.sha256.slice(0, 12)}…`,
    `Figures: ${added} added, ${revised} revised, ${withdrawn} withdrawn, ${left} as they were; ${leftOut.missing} cells without one, ${leftOut.rows} rows left out.`,
    ...section(
      'Largest changes:',
      report.largest.map(({ id, row, column, before, after }) => [
        id,
        `row ${row}`,
        column,
        before,
        '→',
        after,
      ]),
    ),
    ...section(
      'Breaks in a series:',
      report.breaks.map((one) => [
        one.id,
        `row ${one.row}`,
        one.column,
        one.before,
        `(${one.since}) →`,
        one.after,
      ]),
    ),
    ...section(
      `Outside their range (${report.outOfRange.count}):`,
      report.outOfRange.first.map(({ row, column, place, value }) => [`row ${row}`, column, place, value]),
    ),
    '',
    releaseText(report),
  ].join('\n');
}

const section = (title: string, rows: readonly (readonly (string | number)[])[]): string[] =>
  rows.length === 0 ? [] : ['', title, table(rows).trimEnd()];

const delimiterName = (delimiter: string): string => (delimiter === '\t' ? 'tab' : `"${delimiter}"`);
