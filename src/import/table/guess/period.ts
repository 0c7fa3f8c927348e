/** Which time the figures of a column are of, where its header does not say all of it: its table may. */
import type { Node } from 'yaml';
import { line } from './nodes.ts';
import { timesIn } from './times.ts';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const english = /\bas (?:of|at) (?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3})[a-z]*\b/i;
const vietnamese = /(?:đến|điểm|ngày)(?: ngày)? (\d{1,2})\/(\d{1,2})(?!\d)/iu;

/** `period` for a header of years only: `Pupils as of 30 September` → `{year}-09-30`. */
export function dayOfYear(texts: readonly string[]): Node | undefined {
  for (const text of texts) {
    const [, day = '', month = ''] = english.exec(text) ?? vietnamese.exec(text) ?? [];
    const number = /\d/.test(month) ? Number(month) : months.indexOf(month.toLowerCase()) + 1;
    if (number >= 1 && number <= 12) {
      const written = `{year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
      return line(written, 'look at this: the day is that of the title');
    }
  }
  return undefined;
}

/** The same for a header without any time. */
export function onlyYear(texts: readonly string[]): Node {
  const times = texts.flatMap((text) => timesIn(text).map(({ key }) => key.trim()));
  const years = [...new Set(times)].filter((key) => /^\d{4}$/.test(key));
  return years.length === 1
    ? line(years[0], 'look at this: the header says no time, the title or the name of the file does')
    : line(null, "look at this: nothing says the time; such as '2016'");
}
