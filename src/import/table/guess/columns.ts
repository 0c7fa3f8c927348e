/** Headers as descriptions of columns: many are few, once time, status and group are taken out of them. */
import { groupBy } from '../../../lists.ts';
import { withoutMarks } from '../texts.ts';
import { cellAt, markOfName } from './sample.ts';
import { type Parts, partsOf, type Statuses, statusesOf } from './statuses.ts';
import { distinctFrom, isQuantity, isWhole, slugOf, unitIn } from './words.ts';

/** One entry of `columns`. */
export interface GuessedColumn {
  form: string;
  /** What is measured, as far as the header says it; empty where it says a time alone. */
  text: string;
  /** Printed in brackets. */
  unit: string | undefined;
  /** Places of its columns. */
  indexes: readonly number[];
  /** What is printed → value of a dimension; undefined for all of it. */
  groups: ReadonlyMap<string, string | undefined> | undefined;
  /** A time stands in the header. */
  timed: boolean;
}

export interface GuessedColumns {
  columns: readonly GuessedColumn[];
  statuses: Statuses['meanings'];
  /** At the ends of headers. */
  marks: readonly string[];
}

/** `timed`: the time stands in a column, and headers are taken as they are. */
export function columnsOf(
  headers: readonly string[],
  figures: readonly number[],
  timed: boolean,
): GuessedColumns {
  const printed = figures.map((index) => ({ index, header: cellAt(headers, index) }));
  if (timed) return { ...untimed(printed), statuses: new Map() };
  const { parts, meanings } = statusesOf(partsOf(printed));
  // A mark next to the time that no status was made of is one of a footnote, too.
  const ending = parts.map((part) => ({
    part,
    mark: markOfName(part.time ? `.${part.after}` : part.before),
  }));
  const marks = [...new Set(ending.flatMap(({ mark }) => mark ?? []))];
  const bare = parts.map((part) =>
    part.time
      ? { ...part, after: withoutEnd(part.after, marks) }
      : { ...part, before: withoutMarks(part.before, marks) },
  );
  const [inHeader, elsewhere] = [bare.filter(({ time }) => time), bare.filter(({ time }) => !time)];
  const groups = groupsOf(inHeader);
  const columns = groups ? [groups] : [...groupBy(inHeader, nameOf).values()].map(entryOf);
  const others = untimed(elsewhere.map(({ index, before }) => ({ index, header: before })));
  return { columns: [...columns, ...others.columns], statuses: meanings, marks };
}

function withoutEnd(after: string, marks: readonly string[]): string {
  const bare = withoutMarks(`.${after}`, marks).slice(1);
  return bare.trim() === '' ? '' : bare;
}

function untimed(printed: readonly { index: number; header: string }[]) {
  const marks = [...new Set(printed.flatMap(({ header }) => markOfName(header) ?? []))];
  const named = printed.map(({ index, header }) => ({ index, header: withoutMarks(header, marks) }));
  const columns = [...groupBy(named, ({ header }) => header)].map(([header, of]): GuessedColumn => {
    const indexes = of.map(({ index }) => index);
    return { form: header, ...textOf(header), indexes, groups: undefined, timed: false };
  });
  return { columns, marks };
}

const textOf = (text: string) => ({
  text: text
    .replace(/\([^()]*\)/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[ ,:;-]+|[ ,:;-]+$/g, ''),
  unit: unitIn(text),
});

const nameOf = ({ before, time, after }: Parts): string => [before, time?.form, after].join('\n');

/** Of headers that differ in their time alone. */
function entryOf(parts: readonly [Parts, ...Parts[]]): GuessedColumn {
  const [{ before, after }] = parts;
  const indexes = parts.map(({ index }) => index);
  return {
    form: formWith(parts, before, after),
    ...textOf(`${before} ${after}`),
    indexes,
    groups: undefined,
    timed: true,
  };
}

function formWith(parts: readonly [Parts, ...Parts[]], before: string, after: string): string {
  const has = (side: 'before' | 'after') => parts.some(({ status }) => status?.side === side);
  const [first, last] = [has('before') ? '{status} ' : '', has('after') ? ' {status}' : ''];
  return `${before}${first}${parts[0].time?.form}${last}${after}`;
}

/**
 * One entry for all, where the headers are all times with the same texts before them, or all after them. But a text with a unit
 * in brackets or a word such as rate, area or population is a quantity of its own: then each text has its own entry.
 */
function groupsOf(parts: readonly Parts[]): GuessedColumn | undefined {
  const [first, ...more] = parts;
  if (!first) return undefined;
  const differs = (['before', 'after'] as const).filter((side) =>
    parts.some((one) => one[side] !== first[side]),
  );
  const [side] = differs;
  if (side === undefined || differs.length > 1 || parts.some(({ time }) => time?.form !== first.time?.form)) {
    return undefined;
  }
  const byText = groupBy(parts, (part) => part[side].trim());
  const texts = [...byText.keys()];
  if (texts.includes('') || texts.some((text) => !isWhole(text) && isQuantity(text))) return undefined;
  const times = new Set(
    [...byText.values()].map((of) =>
      of
        .map(({ time }) => time?.key)
        .sort()
        .join('\n'),
    ),
  );
  if (times.size > 1) return undefined;
  const whole = side === 'before' ? first.after : first.before;
  const space = (text: string) => text.replace(/\S.*\S|\S/u, '{group}');
  const [before, after] =
    side === 'before' ? [space(first.before), first.after] : [first.before, space(first.after)];
  return {
    form: formWith([first, ...more], before, after),
    ...textOf(whole),
    indexes: parts.map(({ index }) => index),
    groups: valuesOf(texts),
    timed: true,
  };
}

/** Two texts that would have one value get numbers. */
function valuesOf(texts: readonly string[]): Map<string, string | undefined> {
  const values = new Map<string, string | undefined>();
  for (const text of texts) {
    const value = distinctFrom([...values.values()], slugOf(text, 'group'));
    values.set(text, isWhole(text) ? undefined : value);
  }
  return values;
}
