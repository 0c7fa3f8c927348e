/** What a shape cannot say of a table's description: which of its parts go together. */
import type { Fault } from '../../errors.ts';
import { placeholders } from './form.ts';
import type { ColumnSpec, TableSpec } from './spec-shape.ts';
import { columnIndex, exponentOf } from './spec-values.ts';

/** A fault of a part of the description, with its line. */
export type FaultAt = (code: string, message: string, at: object, member?: string | number) => Fault;

/** All that is wrong. */
export function rulesOf(spec: TableSpec, faultAt: FaultAt): Fault[] {
  const { columns, time, file: { headers = {} } = {} } = spec;
  const letters = Object.keys(headers).filter((one) => columnIndex(one) === undefined);
  return [
    ...letters.map((one) =>
      faultAt('bad_column', `"${one}" is no column of a spreadsheet, such as A or AB`, headers, one),
    ),
    ...(time?.form === undefined ? [] : formFaults(time.form, ['status', 'group'], faultAt, time, 'form')),
    ...columns.flatMap((column) => columnFaults(column, spec, faultAt)),
    ...indicatorFaults(spec, faultAt),
  ];
}

/** Of a text with placeholders; `never` are those that have no sense in it. */
function formFaults(
  form: string,
  never: readonly string[],
  faultAt: FaultAt,
  at: object,
  member: string,
): Fault[] {
  const known = placeholders.filter((one) => !never.includes(one));
  const found = [...form.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
  const tell = (code: string, message: string) => faultAt(code, message, at, member);
  const unknown = found.filter((name) => !known.some((one) => one === name));
  const twice = known.find((name) => found.indexOf(name) !== found.lastIndexOf(name));
  const needs = [
    ['day', 'month'],
    ['month', 'year'],
    ['quarter', 'year'],
  ].find(([name = '', other = '']) => found.includes(name) && !found.includes(other));
  return [
    ...unknown.map((name) =>
      tell('unknown_placeholder', `"{${name}}" is none of ${known.map((one) => `{${one}}`).join(', ')}`),
    ),
    ...(twice === undefined ? [] : [tell('placeholder_twice', `"{${twice}}" stands twice`)]),
    ...(needs === undefined
      ? []
      : [tell('placeholder_alone', `"{${needs[0]}}" says nothing without "{${needs[1]}}"`)]),
  ];
}

function columnFaults(column: ColumnSpec, { time, statuses }: TableSpec, faultAt: FaultAt): Fault[] {
  const { header, groups, period, range, scale } = column;
  const faults = formFaults(header, [], faultAt, column, 'header');
  const holds = (name: string) => header.includes(`{${name}}`);
  const tell = (code: string, message: string, member: string) =>
    faults.push(faultAt(code, message, column, member));
  if (holds('group') !== (groups !== undefined)) {
    tell('group_without_groups', 'a header with {group} has "groups", and no other has', 'header');
  }
  if (holds('status') && statuses === undefined) {
    tell('status_without_statuses', '"statuses" must say what may stand at {status}', 'header');
  }
  // Of a year that the header has, "period" may say the day.
  const isWhole = period !== undefined && !period.includes('{year}');
  const times = [time !== undefined, isWhole, holds('year')].filter(Boolean).length;
  if (times !== 1) {
    const message = `the time of the figures is said ${times === 0 ? 'nowhere' : 'more than once'}: it is {year} in the header, or "period", or "time" for all columns`;
    tell('time_not_once', message, 'header');
  }
  if (range !== undefined && !(range.length === 2 && Number(range[0]) <= Number(range[1]))) {
    tell('bad_range', '"range" is two numbers, the lower one first', 'range');
  }
  if (scale !== undefined && exponentOf(scale) === undefined) {
    tell('bad_scale', '"scale" must be a power of ten, from 0.000001 to 1000000000', 'scale');
  }
  return faults;
}

function indicatorFaults({ columns, indicators = [] }: TableSpec, faultAt: FaultAt): Fault[] {
  const declared = indicators.map(({ id }) => id);
  return indicators.flatMap((indicator, index) => [
    ...(columns.some((one) => one.indicator === indicator.id)
      ? []
      : [faultAt('unused_indicator', `no column is of ${indicator.id}`, indicator, 'id')]),
    ...(declared.indexOf(indicator.id) < index
      ? [faultAt('duplicate_id', `${indicator.id} stands twice`, indicator, 'id')]
      : []),
  ]);
}
