/** Rules about counts: more is listed than was announced. Fewer is none, since a list need not be printed whole. */
import { groupBy } from '../../lists.ts';
import { against, alone, type Rule } from './finding.ts';

const why = 'more is listed than is announced';

export const moreItems: Rule = ({ mottos }) =>
  mottos.flatMap(({ id, announcedCount, items }) =>
    announcedCount !== null && items.length > announcedCount
      ? [alone('count', { id, states: `${announcedCount} announced, ${items.length} listed` }, why)]
      : [],
  );

export const moreParts: Rule = ({ tasks }) => {
  const distinct = new Map(tasks.map((task) => [task.id, task])).values();
  const parts = groupBy(distinct, ({ parentId }) => parentId ?? '');
  return tasks.flatMap(({ id, announcedCount }) => {
    const listed = parts.get(id) ?? [];
    if (announcedCount === null || listed.length <= announcedCount) return [];
    const others = listed.map((part) => ({ id: part.id, states: 'a part of it' }));
    const states = `${announcedCount} announced, ${listed.length} listed`;
    const finding = against('count', { id, states }, others, why);
    return [{ ...finding, sides: [finding.sides[0], ...others.slice(-1)] as const }];
  });
};
