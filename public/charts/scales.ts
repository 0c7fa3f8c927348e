/** From figures to places on the paper. */
import { max, min, nice, ticks } from 'd3-array';
import type { UiLanguage } from '../words/language';

export type Scale = (value: number) => number;

export const linear =
  ([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale =>
  (value) =>
    from === to ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);

/** From zero, unless all figures lie so far from it that nothing could be told apart. */
export function valueDomain(values: readonly number[]): [number, number] {
  const [low, high] = [min(values) ?? 0, max(values) ?? 0];
  const from = low > 0 && low < high / 2 ? 0 : Math.min(low, low >= 0 && high === low ? 0 : low);
  const to = Math.max(high, high <= 0 && low === high ? 0 : high);
  return from === to ? [from - 1, to + 1] : nice(from, to, 5);
}

/** Ranks begin with one, whatever the best is. */
export function rankDomain(values: readonly number[]): [number, number] {
  return [1, nice(0, Math.max(5, max(values) ?? 0), 5)[1]];
}

export const valueTicks = ([from, to]: readonly [number, number], count: number): number[] =>
  ticks(from, to, count);

/** Years that have room for their labels. */
export function yearTicks([from, to]: readonly [number, number], width: number): number[] {
  const years = Array.from({ length: Math.ceil(to) - Math.floor(from) }, (_, at) => Math.floor(from) + at);
  const most = Math.max(1, Math.floor(width / 46));
  const step = [1, 2, 5, 10, 20, 50].find((one) => years.length / one <= most) ?? 100;
  return years.filter((year) => year % step === 0 || years.length === 1);
}

/** For labels on paper, not for figures that are quoted: at most two decimals, millions shortened. */
export function tickText(value: number, language: UiLanguage, largest = Math.abs(value)): string {
  return new Intl.NumberFormat(language, {
    maximumFractionDigits: 2,
    ...(largest >= 1_000_000 ? { notation: 'compact' } : {}),
  }).format(value);
}

export const roundedText = (value: number, language: UiLanguage): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);

/** About as wide as a text is in 12 px. */
export const textWidth = (text: string): number => text.length * 6.8;

/** A day as a number of years: the middle of 2014 is 2014.5. */
export function yearsOf(day: string, { isEnd = false } = {}): number {
  const year = Number(day.slice(0, 4));
  const start = Date.UTC(year, 0, 1);
  const length = Date.UTC(year + 1, 0, 1) - start;
  return year + (Date.parse(day) - start + (isEnd ? 86_400_000 : 0)) / length;
}

/** Lines of about so many characters; what has no blank is cut. */
export function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const blank = rest.lastIndexOf(' ', most);
    const at = blank > 0 ? blank : Math.floor(most);
    lines.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}
