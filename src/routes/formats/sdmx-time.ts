/** Periods as SDMX writes them: `2023`, `2023-S1`, `2023-Q4`, `2023-09`, `2023-10-31`, else start and length. */
import type { Period } from '../../schema/common.ts';

type Span = Pick<Period, 'start' | 'end'>;

/** Of CL_FREQ: what the length of a period says. A state on a day has no frequency. */
const frequencies = {
  A: 'Annual',
  S: 'Half-yearly',
  Q: 'Quarterly',
  M: 'Monthly',
  _O: 'Other',
  _Z: 'Not applicable',
} as const;
type Frequency = keyof typeof frequencies;

/** By how many months a period of the calendar has. */
const calendar: Readonly<
  Record<number, { frequency: Frequency; write: (year: string, month: number) => string }>
> = {
  12: { frequency: 'A', write: (year) => year },
  6: { frequency: 'S', write: (year, month) => `${year}-S${(month + 5) / 6}` },
  3: { frequency: 'Q', write: (year, month) => `${year}-Q${(month + 2) / 3}` },
  1: { frequency: 'M', write: (year, month) => `${year}-${String(month).padStart(2, '0')}` },
};

/** `{start: '2023-01-01', end: '2023-09-30'}` → `2023-01-01/P9M`. */
export const timePeriodOf = (span: Span): string => written(span).text;

export function frequencyOf(span: Span): { code: Frequency; label: string } {
  const { frequency } = written(span);
  return { code: frequency, label: frequencies[frequency] };
}

function written({ start, end }: Span): { text: string; frequency: Frequency } {
  if (start === end) return { text: start, frequency: '_Z' };
  const months = monthsOf(start, end);
  const month = Number(start.slice(5, 7));
  const regular = (month - 1) % months === 0 ? calendar[months] : undefined;
  if (regular) return { text: regular.write(start.slice(0, 4), month), frequency: regular.frequency };
  const length = months === 0 ? `${daysOf(start, end)}D` : `${months}M`;
  return { text: `${start}/P${length}`, frequency: '_O' };
}

/** How many whole months; 0: it does not begin and end with a month. */
function monthsOf(start: string, end: string): number {
  if (!start.endsWith('-01') || !isLastOfMonth(end)) return 0;
  const years = Number(end.slice(0, 4)) - Number(start.slice(0, 4));
  return years * 12 + Number(end.slice(5, 7)) - Number(start.slice(5, 7)) + 1;
}

const dayMs = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const isLastOfMonth = (day: string): boolean => new Date(at(day) + dayMs).getUTCDate() === 1;
const daysOf = (start: string, end: string): number => (at(end) - at(start)) / dayMs + 1;
