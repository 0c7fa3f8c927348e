/** Rules about one event, figure or task with two dates. */
import type { Comparator } from '../../schema/common.ts';
import { canonical } from '../canonical.ts';
import type { Row } from '../desired.ts';
import { figureOf, isTelling, type Observation } from './claims.ts';
import { against, keyOf, languages, pairsBy, type Rule } from './finding.ts';
import { statement, whenText } from './states.ts';

type Event = Row<'events'>;
type Task = Row<'tasks'>;
type Dated = Pick<Task, 'periodStart' | 'periodEnd'>;

/** One name, kind, body and place, and two periods that do not meet. */
export const twoEventDates: Rule = ({ events }) =>
  languages.flatMap((language) =>
    pairsBy(
      events.filter(({ name }) => name[language] !== null),
      ({ name, kind, bodyId, placeVersionId }) => canonical([name[language], kind, bodyId, placeVersionId]),
    )
      .filter(([earlier, later]) => areOneEvent(earlier, later, `${later.name[language]}`))
      .map(([earlier, later]) => {
        const side = (event: Event) => ({ id: event.id, states: whenText(event) });
        return against('date', side(later), [side(earlier)], 'one event is not held on two dates');
      }),
  );

/** What has no number in its name may come again every year. */
function areOneEvent(a: Event, b: Event, name: string): boolean {
  const sameYear = a.periodStart?.slice(0, 4) === b.periodStart?.slice(0, 4);
  return areApart(a, b) && (sameYear || /\p{Nd}/u.test(name));
}

/** One figure to three digits that has accumulated to two ends. */
export const twoPeriods: Rule = ({ observations }) => {
  const telling = observations.filter(
    (row) => ['value', 'plan_share'].includes(row.measure) && row.scenario !== 'target' && isTelling(row),
  );
  return pairsBy(telling, (row) => `${keyOf(row, ['period'])} ${figureOf(row)}`)
    .filter(([earlier, later]) => haveAccumulated(earlier, later))
    .map(([earlier, later]) => {
      const side = (row: Observation) => statement(row, whenText(row));
      const why = 'what accumulates is not the same to the last digit at two ends';
      return against('date', side(later), [side(earlier)], why);
    });
};

function haveAccumulated(a: Observation, b: Observation): boolean {
  const overlap = a.periodStart <= b.periodEnd && b.periodStart <= a.periodEnd;
  return overlap && a.periodEnd !== b.periodEnd && (a.periodCumulative || b.periodCumulative);
}

/** A task that comes again in other words, with another last day. */
export const twoDeadlines: Rule = ({ tasks }) => {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return tasks.flatMap((task) => {
    const first = repeatedBy(task, byId);
    const days = [task, first].map((one) => lastDay(one));
    if (!first || !days.every(Boolean) || days[0] === days[1]) return [];
    // Of another period, it is another round.
    if (areApart(task, first)) return [];
    const side = ({ id, deadlineComparator, deadlineDate }: Task) => ({
      id,
      states: `deadline ${deadlineComparator} ${deadlineDate}`,
    });
    return [against('date', side(task), [side(first)], 'a task that is repeated keeps its deadline')];
  });
};

/** The nearest task that it repeats, directly or not, and that has a deadline. */
function repeatedBy(task: Task, byId: ReadonlyMap<string, Task>): Task | undefined {
  const seen = new Set([task.id]);
  let before = byId.get(task.repeatsId ?? '');
  // A circle has been told.
  while (before && !before.deadlineDate && !seen.has(before.id)) {
    seen.add(before.id);
    before = byId.get(before.repeatsId ?? '');
  }
  return before;
}

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** "Before June" ends with May; "about" and "from" have no last day. */
function lastDay(task: Task | undefined): string | undefined {
  const { deadlineDate: day, deadlineComparator: comparator } = task ?? {};
  const last: Partial<Record<Comparator, (day: string) => string>> = {
    lt: dayBefore,
    le: (same) => same,
    eq: (same) => same,
  };
  return day && comparator ? last[comparator]?.(day) : undefined;
}

/** Whether both have a period, and no day is in both. */
function areApart(a: Dated, b: Dated): boolean {
  if (!a.periodStart || !a.periodEnd || !b.periodStart || !b.periodEnd) return false;
  return a.periodEnd < b.periodStart || b.periodEnd < a.periodStart;
}
