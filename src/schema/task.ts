/** Tasks: what a body set out to do. */
import Type, { type Static } from 'typebox';
import { Comparator, DateOnly, described, Id, Names, Nullable, Period, Shape, Words } from './common.ts';
import { sourced } from './fact.ts';
import { PlaceRef } from './place.ts';
import { BodyRef, EventRef, InstrumentRef, TaskRef, ThemeRef } from './ref.ts';

export const TaskKind = Words('TaskKind', 'What the document calls it.', {
  task: 'A task, requirement or solution.',
  key_task: 'A key or central task.',
  breakthrough: 'A breakthrough.',
  key_area: 'A key area: the task is to concentrate on the named localities.',
});
export type TaskKind = Static<typeof TaskKind>;

export const Deadline = Shape('Deadline', 'By when a task is to be done.', {
  date: described(DateOnly, 'The day.'),
  comparator: described(
    Comparator,
    'How the day is meant: `le` by it, `lt` before it, `eq` on it, `approx` about it.',
  ),
});
export type Deadline = Static<typeof Deadline>;

export const Task = Shape('Task', 'Something that a body set out to do.', {
  id: Id,
  kind: TaskKind,
  ordinal: Nullable(
    Type.Integer({ minimum: 1, description: 'Its place among its siblings, in printed order.' }),
  ),
  name: Names,
  announcedCount: Nullable(
    Type.Integer({ minimum: 1, description: 'How many parts the document announces, where it does.' }),
  ),
  parent: Nullable(described(TaskRef, 'The task that it is a part of; null where it is part of no other.')),
  body: Nullable(described(BodyRef, 'Who set it.')),
  place: Nullable(described(PlaceRef, 'The place that it is set for.')),
  period: Nullable(described(Period, 'The time that it is set for.')),
  deadline: Nullable(Deadline),
  responsible: Type.Array(BodyRef, { description: 'The bodies that are to do it.' }),
  supporting: Type.Array(BodyRef, { description: 'The bodies that support it or are to be reported to.' }),
  localities: Type.Array(PlaceRef, { description: 'Where it is to be done, if narrower than its place.' }),
  theme: Nullable(described(ThemeRef, 'The theme that it stands under.')),
  event: Nullable(described(EventRef, 'The event at which it was set.')),
  instrument: Nullable(described(InstrumentRef, 'What it rests on.')),
  repeats: Nullable(described(TaskRef, 'The task that it says once more.')),
  ...sourced,
});
export type Task = Static<typeof Task>;
