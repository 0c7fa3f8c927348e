/** What a header says besides its time: `Total Prel. 2016` is `Total`, and a status. */
import type { Scenario } from '../../../schema/observation.ts';
import { timesIn, type WrittenTime } from './times.ts';
import { scenarioOf } from './words.ts';

export interface Parts {
  index: number;
  header: string;
  /** With the spaces next to the time; all of the header where it says none. */
  before: string;
  time: WrittenTime | undefined;
  after: string;
  status: { printed: string; side: 'before' | 'after' } | undefined;
}

export interface Statuses {
  parts: readonly Parts[];
  /** What is printed → what it means; undefined where nobody can know. */
  meanings: ReadonlyMap<string, Scenario | undefined>;
}

type WithStatus = Parts & { status: NonNullable<Parts['status']> };
type Header = Pick<Parts, 'index' | 'header'>;

/** Of several times in a header it is the one that differs more from column to column: others belong to a name. */
export function partsOf(headers: readonly Header[]): Parts[] {
  const times = headers.map(({ header }) => timesIn(header));
  const keys = (at: number) => new Set(times.map((found) => found.at(at)?.key)).size;
  const at = keys(0) >= keys(-1) ? 0 : -1;
  return headers.map(({ index, header }, place) => {
    const time = times[place]?.at(at);
    const [before, after] = time ? [header.slice(0, time.start), header.slice(time.end)] : [header, ''];
    return { index, header, before, time, after, status: undefined };
  });
}

/**
 * Words next to the time that are known for statuses, or that only some headers have, which else are as
 * others of other times: beside `2014 Area` and `2015 Area` those of `2016 (*) Area`.
 */
export function statusesOf(headers: readonly Parts[]): Statuses {
  const timesOf = new Map<string, Set<string>>();
  const nameOf = ({ before, time, after }: Parts) => [before.trim(), time?.form, after.trim()].join('\n');
  for (const part of headers) {
    const name = nameOf(part);
    timesOf.set(name, (timesOf.get(name) ?? new Set()).add(`${part.time?.key}`));
  }
  const isOfOtherTime = (part: Parts) => timesOf.get(nameOf(part))?.has(`${part.time?.key}`) === false;
  const meanings = new Map<string, Scenario | undefined>();
  const parts = headers.map((part) => {
    const candidates = part.time ? withoutNeighbours(part) : [];
    const found =
      candidates.find(({ status }) => scenarioOf(status.printed) !== undefined) ??
      candidates.find(isOfOtherTime);
    if (found === undefined) return part;
    meanings.set(found.status.printed, scenarioOf(found.status.printed));
    return found;
  });
  return { parts, meanings };
}

/** The same without the two words before or after the time, or the one. */
function withoutNeighbours(part: Parts): WithStatus[] {
  const [before, after] = [wordsOf(part.before), wordsOf(part.after)];
  return [2, 1].flatMap((count): WithStatus[] => [
    ...(before.length < count
      ? []
      : [
          {
            ...part,
            before: before
              .slice(0, -count)
              .map((word) => `${word} `)
              .join(''),
            status: { printed: before.slice(-count).join(' '), side: 'before' },
          } satisfies WithStatus,
        ]),
    ...(after.length < count
      ? []
      : [
          {
            ...part,
            after: after
              .slice(count)
              .map((word) => ` ${word}`)
              .join(''),
            status: { printed: after.slice(0, count).join(' '), side: 'after' },
          } satisfies WithStatus,
        ]),
  ]);
}

const wordsOf = (text: string): string[] => text.split(' ').filter((word) => word !== '');
