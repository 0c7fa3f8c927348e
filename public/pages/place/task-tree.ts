/** Tasks as the tree that they form, and the part of it that a body is to do. */
import type { Schemas } from '../../lib/api';
import { nameOf } from '../../lib/format';

export type Task = Schemas['Task'];

export interface TaskNode {
  task: Task;
  children: TaskNode[];
  /** Shown only because a part of it fits. */
  isContext: boolean;
}

export type Told = Partial<Pick<Task, 'body' | 'event' | 'instrument' | 'period' | 'repeats'>>;

/** What all at the root have alike. */
export function toldOf(roots: readonly TaskNode[]): Told {
  const tasks = roots.map(({ task }) => task);
  const [first] = tasks;
  if (first === undefined || tasks.length === 1) return {};
  const same = (key: 'body' | 'event' | 'instrument') =>
    tasks.every((task) => task[key]?.id === first[key]?.id);
  return {
    ...(same('body') ? { body: first.body } : {}),
    ...(same('event') ? { event: first.event } : {}),
    ...(same('instrument') ? { instrument: first.instrument } : {}),
  };
}

/** A body, or that nobody is named. */
export const nobody = 'none';

export const isDoneBy = ({ responsible }: Task, body: string): boolean =>
  body === nobody ? responsible.length === 0 : responsible.some(({ id }) => id === body);

/** With all that those which fit are a part of. A task whose parent is not among them stands at the root. */
export function treeOf(tasks: readonly Task[], fits: (task: Task) => boolean): TaskNode[] {
  const known = new Map(tasks.map((task) => [task.id, task]));
  const kept = new Map<string, TaskNode>();
  const keep = (task: Task, isContext: boolean): TaskNode => {
    const node = kept.get(task.id) ?? { task, children: [], isContext };
    node.isContext &&= isContext;
    kept.set(task.id, node);
    return node;
  };
  for (const task of tasks.filter(fits)) {
    keep(task, false);
    const seen = new Set([task.id]);
    for (let above = parentOf(task, known); above && !seen.has(above.id); above = parentOf(above, known)) {
      seen.add(above.id);
      keep(above, true);
    }
  }
  const roots: TaskNode[] = [];
  for (const node of kept.values()) {
    const parent = kept.get(node.task.parent?.id ?? '');
    (parent?.children ?? roots).push(node);
  }
  for (const { children } of kept.values()) children.sort(inOrder);
  return roots.sort(inOrder);
}

const parentOf = ({ parent }: Task, known: ReadonlyMap<string, Task>): Task | undefined =>
  parent === null ? undefined : known.get(parent.id);

/** As numbered in the source; those that have parts before those that have none, where nothing is numbered. */
const inOrder = (a: TaskNode, b: TaskNode): number =>
  (a.task.ordinal ?? Number.MAX_SAFE_INTEGER) - (b.task.ordinal ?? Number.MAX_SAFE_INTEGER) ||
  Number(b.children.length > 0) - Number(a.children.length > 0) ||
  textOf(a).localeCompare(textOf(b));

const textOf = ({ task }: TaskNode): string => nameOf(task.name, 'en').text;

export interface Doer {
  id: string;
  name: Schemas['BodyRef']['name'] | undefined;
  count: number;
}

/** Who is to do how many, the most first; last those of which nobody is named. */
export function doersOf(tasks: readonly Task[]): Doer[] {
  const doers = new Map<string, Doer>();
  let unnamed = 0;
  for (const { responsible } of tasks) {
    if (responsible.length === 0) unnamed += 1;
    for (const { id, name } of responsible) {
      const doer = doers.get(id) ?? { id, name, count: 0 };
      doer.count += 1;
      doers.set(id, doer);
    }
  }
  const named = [...doers.values()].sort((a, b) => b.count - a.count);
  return unnamed === 0 ? named : [...named, { id: nobody, name: undefined, count: unnamed }];
}
