/** Periods as they are written: a year, a month, a day, or two of them. */
import { isDay } from './common.ts';

export interface WrittenPeriod {
  start: string;
  end: string;
  /** `2023`, `2023-09`, `2023-10-31`, else `start/end`. */
  label: string;
}

/** What is wrong with a text that has the form of a period. */
export function periodProblem(text: string): 'impossible_date' | 'period_backwards' | undefined {
  if (!text.split('/').every((part) => isDay(firstDay(part)))) return 'impossible_date';
  const { start, end } = parsePeriod(text);
  return start > end ? 'period_backwards' : undefined;
}

/** The days of a period that has no problem; a whole year or month is labelled as one, however written. */
export function parsePeriod(text: string): WrittenPeriod {
  const [first = text, last = first] = text.split('/');
  const start = firstDay(first);
  const end = lastDay(last);
  const label = [start.slice(0, 4), start.slice(0, 7), start].find(
    (part) => firstDay(part) === start && lastDay(part) === end,
  );
  return { start, end, label: label ?? `${start}/${end}` };
}

function firstDay(part: string): string {
  return `${part}-01-01`.slice(0, 10);
}

function lastDay(part: string): string {
  if (part.length === 4) return `${part}-12-31`;
  if (part.length === 10) return part;
  const day = new Date(`${part}-01T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + 1, 0);
  return day.toISOString().slice(0, 10);
}
