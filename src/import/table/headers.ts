/** What stands in each column of a table, by its header: `Total Prel. 2016` is the population of 2016, preliminary. */
import type { Fault } from '../../errors.ts';
import { nearest } from '../../errors.ts';
import type { Dimensions, Scenario } from '../../schema/observation.ts';
import { parsePeriod, type WrittenPeriod } from '../../schema/period.ts';
import { formOf, isPeriod } from './form.ts';
import type { ReadSpec } from './spec.ts';
import type { ColumnSpec } from './spec-shape.ts';
import { exponentOf } from './spec-values.ts';
import { tidy, withoutMarks } from './texts.ts';

/** A column of figures. */
export interface FigureColumn {
  /** Of the cell in its row, from 0. */
  index: number;
  /** As it is printed; where it has several lines, these in one. */
  header: string;
  spec: ColumnSpec;
  /** Undefined where the time stands in the row. */
  period: WrittenPeriod | undefined;
  scenario: Scenario;
  dimensions: Dimensions;
  /** Power of ten by which figures are multiplied. */
  exponent: number;
}

/** The header, with what is written above each column; blank cells of upper lines are part of the one before. */
export function headerOf(lines: readonly (readonly string[])[], merged: boolean): string[] {
  const width = Math.max(...lines.map(({ length }) => length));
  const filled = lines.map((line, at) => {
    if (!merged || at === lines.length - 1) return line;
    let last = '';
    return Array.from({ length: width }, (_, index) => {
      last = tidy(line[index] ?? '') || last;
      return last;
    });
  });
  return Array.from({ length: width }, (_, index) => tidy(filled.map((line) => line[index] ?? '').join(' ')));
}

/** The columns of figures. What does not fit is told with the line of the header, or that of the description. */
export function figureColumns(
  { spec, faultAt }: ReadSpec,
  headers: readonly string[],
  at: { file: string; line: number },
): { columns: FigureColumn[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const marks = spec.file?.footnotes ?? [];
  const others = [
    spec.place.column,
    ...[spec.time?.column ?? []].flat(),
    ...Object.values(spec.dimensions ?? {}).map(({ column }) => column),
    ...Object.keys(spec.keep ?? {}),
    ...(spec.ignore ?? []),
  ].map(tidy);
  const forms = spec.columns.map((column) => ({ column, read: formOf(column.header, spec, column) }));
  const used = new Set<ColumnSpec>();
  const columns = headers.flatMap((header, index): FigureColumn[] => {
    if (header === '' || others.includes(header)) return [];
    const fitting = forms.flatMap(({ column, read }) => {
      const said = read(header) ?? read(withoutMarks(header, marks));
      return said ? [{ column, said }] : [];
    });
    for (const { column } of fitting) used.add(column);
    const [fit, second] = fitting;
    if (!fit || second) {
      const message = fit
        ? `column "${header}" fits two descriptions: "${fit.column.header}" and "${second?.column.header}"`
        : `column "${header}" is not described; describe it, or name it in "ignore"`;
      const suggestion = fit
        ? undefined
        : nearest(
            header,
            spec.columns.map((one) => one.header),
          );
      faults.push({
        code: fit ? 'ambiguous_column' : 'unknown_column',
        message,
        ...at,
        ...(suggestion ? { suggestion } : {}),
      });
      return [];
    }
    const { column, said } = fit;
    const written = column.period?.replaceAll('{year}', said.period ?? '') ?? said.period;
    if (written !== undefined && !isPeriod(written)) {
      faults.push({
        code: 'bad_year',
        message: `column "${header}": ${written} is no time that figures are of`,
        ...at,
      });
      return [];
    }
    return [
      {
        index,
        header,
        spec: column,
        period: written === undefined ? undefined : parsePeriod(written),
        scenario:
          (said.status === undefined ? undefined : spec.statuses?.[said.status]) ??
          column.scenario ??
          'actual',
        dimensions: {
          ...column.dimensions,
          ...(said.group === undefined ? {} : column.groups?.[said.group]),
        },
        exponent: exponentOf(column.scale ?? 1) as number,
      },
    ];
  });
  for (const column of spec.columns.filter((one) => !used.has(one))) {
    const suggestion = nearest(column.header, headers);
    const fault = faultAt('no_such_column', `no column fits "${column.header}"`, column, 'header');
    faults.push(suggestion === undefined ? fault : { ...fault, suggestion });
  }
  faults.push(...twiceTold(columns, at));
  return { columns, faults };
}

/** Two columns to one series would be two figures where one belongs. */
function twiceTold(columns: readonly FigureColumn[], at: { file: string; line: number }): Fault[] {
  const first = new Map<string, FigureColumn>();
  return columns.flatMap((column) => {
    const key = `${seriesOf(column)} ${column.period?.label}`;
    const before = first.get(key);
    first.set(key, before ?? column);
    if (before === undefined) return [];
    const message = `columns "${before.header}" and "${column.header}" are of one series and one time`;
    return [{ code: 'two_columns', message, ...at }];
  });
}

/** What of a column is part of the ids of its figures; a preliminary figure and the final one are one. */
export function seriesOf({
  spec,
  scenario,
  dimensions,
}: Pick<FigureColumn, 'spec' | 'scenario' | 'dimensions'>): string {
  const { indicator, measure = 'value' } = spec;
  const parts = [
    indicator.slice(indicator.indexOf(':') + 1),
    ...(measure === 'value' ? [] : [measure]),
    ...(scenario === 'target' ? [scenario] : []),
    ...Object.entries(dimensions)
      .sort()
      .map(([name, value]) => `${name}.${value}`),
  ];
  return parts.join('-');
}
