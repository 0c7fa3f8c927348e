/** Tasks by place, as a tree in printed order. */

import type { SeedRecord, Seeds } from '../../src/import/shapes.ts';
import { groupBy } from '../../src/lists.ts';
import { paragraphs } from './markdown.ts';
import { deadlineOf, nameOf, periodOf, type Wording } from './wording.ts';

type Task = SeedRecord<'tasks'>;

export function tasksByPlace(seeds: Seeds, words: Wording): string {
  const roots = seeds.tasks.filter(({ parent }) => !parent);
  const parts = [...groupBy(roots, ({ place }) => place ?? '')].map(([place, tasks]) => {
    const count = seeds.tasks.filter((task) => (task.place ?? '') === place).length;
    const heading = place === '' ? 'No place printed' : words.place(place);
    const lines = tasks.flatMap((task) => tree(task, seeds.tasks, words, ''));
    return paragraphs(`### ${heading}`, `${count} tasks, parts included.`, lines.join('\n'));
  });
  return paragraphs('## Tasks by place', ...parts);
}

/** The task and, one step further in, its parts. */
function tree(task: Task, all: readonly Task[], words: Wording, indent: string): string[] {
  const parts = all
    .filter(({ parent }) => parent === task.id)
    .sort((a, b) => (a.ordinal ?? 0) - (b.ordinal ?? 0));
  return [
    `${indent}- ${lineOf(task, words)}`,
    ...parts.flatMap((part) => tree(part, all, words, `${indent}  `)),
  ];
}

function lineOf(task: Task, words: Wording): string {
  const {
    parent,
    period,
    body,
    deadline,
    repeats,
    responsible = [],
    supporting = [],
    localities = [],
  } = task;
  const names = (ids: readonly string[]): string => ids.map((id) => words.name(id)).join(', ');
  const about = [
    // A part has these from its head.
    !parent && body && !responsible.includes(body) ? `given by ${words.name(body)}` : '',
    !parent && period ? periodOf(period) : '',
    deadline ? deadlineOf(deadline) : '',
    responsible.length > 0 ? `done by ${names(responsible)}` : '',
    supporting.length > 0 ? `with or to ${names(supporting)}` : '',
    localities.length > 0 ? `in ${localities.map((id) => words.place(id)).join(', ')}` : '',
    repeats ? `repeats “${words.name(repeats)}”` : '',
  ].filter((part) => part !== '');
  const tail = about.length > 0 ? ` — ${about.join('; ')}` : '';
  const remarks = words.remarks(task);
  return `${nameOf(task.name)}${tail} (${words.sources(task.citations)})${remarks === '' ? '' : ` *${remarks}*`}`;
}
