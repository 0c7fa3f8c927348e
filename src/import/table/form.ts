/** Texts that are written by a form, such as `{group} {status} {year}` or `{day}.{month}.{year}`. */
import { parsePeriod, periodProblem } from '../../schema/period.ts';
import type { ColumnSpec, TableSpec } from './spec-shape.ts';
import { tidy } from './texts.ts';

/** What a text says that fits a form. */
export interface Said {
  /** As {@link isPeriod} checks it. */
  period: string | undefined;
  status: string | undefined;
  group: string | undefined;
}

export const placeholders = ['year', 'quarter', 'month', 'day', 'status', 'group'] as const;

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);
/** Whole, or three letters of it, or `Sept`; with a dot or without. */
const monthName = months
  .map((name) => `${name.slice(0, 3)}(?:${name === 'september' ? 't|' : ''}${name.slice(3)})?`)
  .join('|');

/** Reads a text by a form; undefined where it does not fit. Letters of times may be small or capital. */
export function formOf(
  form: string,
  { statuses = {} }: Pick<TableSpec, 'statuses'>,
  { groups = {} }: Pick<ColumnSpec, 'groups'> = {},
): (text: string) => Said | undefined {
  const parts: Record<string, string> = {
    year: '(?<year>[0-9]+)',
    quarter: '(?<quarter>[1-4]|IV|I{1,3})',
    month: `(?<month>0?[1-9]|1[0-2]|(?:${eitherCase(monthName)})[.]?)`,
    day: '(?<day>0?[1-9]|[12][0-9]|3[01])',
    status: `(?<status>${anyOf(Object.keys(statuses))})?`,
    group: `(?<group>${anyOf(Object.keys(groups))})`,
  };
  const source = tidy(form)
    .split(/( ?\{status\} ?|\{[a-z]+\})/)
    .map((piece) => {
      const name = /\{([a-z]+)\}/.exec(piece)?.[1] ?? '';
      if (!Object.hasOwn(parts, name)) return literally(piece);
      // A status that is not there has no space, either.
      return name === 'status' ? ` ?${parts[name]} ?` : parts[name];
    })
    .join('');
  const pattern = new RegExp(`^${source}$`, 'u');
  return (text) => {
    const found = pattern.exec(text);
    if (!found) return undefined;
    const { year, status, group } = { ...found.groups };
    return { period: year === undefined ? undefined : periodText(year, { ...found.groups }), status, group };
  };
}

/** Whether it is a time that figures are of: of this century or the last, and one that there is. */
export const isPeriod = (text: string): boolean =>
  /^(19|20)[0-9]{2}(-|$)/.test(text) && periodShape.test(text) && periodProblem(text) === undefined;
const periodShape =
  /^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$|^[0-9]{4}-[0-9]{2}-[0-9]{2}\/[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** Longest first, so that `Quintile 10` is not `Quintile 1`. */
const anyOf = (texts: readonly string[]): string =>
  [...texts]
    .map(tidy)
    .sort((a, b) => b.length - a.length)
    .map(literally)
    .join('|');

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const eitherCase = (source: string): string =>
  source.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

const roman = ['I', 'II', 'III', 'IV'];

function periodText(
  year: string,
  { quarter, month, day }: { quarter?: string; month?: string; day?: string },
): string {
  if (month !== undefined) {
    const written = `${year}-${twoDigits(monthNumber(month))}`;
    return day === undefined ? written : `${written}-${twoDigits(Number(day))}`;
  }
  if (quarter === undefined) return year;
  const number = roman.includes(quarter) ? roman.indexOf(quarter) + 1 : Number(quarter);
  const { start } = parsePeriod(`${year}-${twoDigits(number * 3 - 2)}`);
  const { end } = parsePeriod(`${year}-${twoDigits(number * 3)}`);
  return `${start}/${end}`;
}

const monthNumber = (text: string): number =>
  Number(text) || months.findIndex((name) => name.startsWith(text.slice(0, 3).toLowerCase())) + 1;
const twoDigits = (number: number): string => String(number).padStart(2, '0');
