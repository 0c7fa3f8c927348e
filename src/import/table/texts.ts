/** Texts of a table, compared as a person reads them. */

/** Runs of white space are one space, and none at the ends. */
export const tidy = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** Without marks of footnotes at its end. */
export function withoutMarks(text: string, marks: readonly string[]): string {
  const mark = marks.find((one) => text.length > one.length && text.endsWith(one));
  return mark === undefined ? text : withoutMarks(text.slice(0, -mark.length).trimEnd(), marks);
}

/** `*` at the end of a text stands for any text. */
export function matcher(skip: readonly string[]): (printed: string) => boolean {
  const whole = new Set(skip.filter((one) => !one.endsWith('*')).map(tidy));
  const beginnings = skip.filter((one) => one.endsWith('*')).map((one) => tidy(one.slice(0, -1)));
  return (printed) => whole.has(printed) || beginnings.some((one) => printed.startsWith(one));
}
