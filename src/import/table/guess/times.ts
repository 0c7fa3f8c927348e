/** Where a header or a cell says a time, and by which form: `Q1/2016` is `Q{quarter}/{year}`. */

export interface WrittenTime {
  /** Of the time alone. */
  form: string;
  /** The same for the same time. */
  key: string;
  start: number;
  end: number;
}

const year = '(?<year>(?:19|20)\\d\\d)';
const quarter = '(?:Q|Qu[yý] ?|Quarter )(?<quarter>[1-4]|IV|I{1,3})';
const monthWord = '(?:T|M|Th[aá]ng ?|Month )';
const month = '(?<month>0?[1-9]|1[0-2])';
const between = '(?:[ ,./-]|of |năm ){0,3}';
/** The longer ones first, of which a year is part. */
const patterns = [
  `${quarter}${between}${year}`,
  `${year}${between}${quarter}`,
  `${monthWord}${month}${between}${year}`,
  `${month}[./-]${year}`,
  `${year}${between}${monthWord}${month}`,
  `${year}[./-]${month}`,
  year,
].map((source) => new RegExp(`(?<![\\p{L}\\p{N}])${source}(?!\\p{N})`, 'giu'));

/** All that stand in a text, of the longest form that there is. */
export function timesIn(text: string): WrittenTime[] {
  for (const pattern of patterns) {
    const found = [...text.matchAll(pattern)].map((match): WrittenTime => {
      const { year = '', quarter = '', month = '' } = { ...match.groups };
      const [whole] = match;
      // The year goes first: then no other digit is left but that of the quarter or month.
      const form = whole.replace(year, '{year}').replace(month || quarter, month ? '{month}' : '{quarter}');
      return {
        form: month || quarter ? form : '{year}',
        key: `${year} ${quarter.toUpperCase()} ${month && Number(month)}`,
        start: match.index,
        end: match.index + whole.length,
      };
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** How all of these texts write a time and nothing else; undefined where one does not. */
export function formOfTimes(texts: readonly string[]): string | undefined {
  const forms = new Set(
    texts.map((text) => {
      const [time] = timesIn(text);
      return time && time.start === 0 && time.end === text.length ? time.form : undefined;
    }),
  );
  return forms.size > 1 ? undefined : [...forms][0];
}

/** Whether it is nothing but a year, which a figure may look like, too. */
export const isYear = (text: string): boolean => formOfTimes([text]) === '{year}';
