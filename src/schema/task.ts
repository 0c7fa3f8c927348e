/** Tasks: what a body set out to do. */
import Type, { type Static } from 'typebox';
import { Comparator, DateOnly, Id, Names, Nullable, Period, Shape, Words } from './common.ts';
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
  date: DateOnly,
  comparator: Comparator,
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
  parent: Nullable(TaskRef),
  body: Nullable(BodyRef),
  place: Nullable(PlaceRef),
  period: Nullable(Period),
  deadline: Nullable(Deadline),
  responsible: Type.Array(BodyRef, { description: 'The bodies that are to do it.' }),
  supporting: Type.Array(BodyRef, { description: 'The bodies that support it or are to be reported to.' }),
  localities: Type.Array(PlaceRef, { description: 'Where it is to be done, if narrower than its place.' }),
  theme: Nullable(ThemeRef),
  event: Nullable(EventRef),
  instrument: Nullable(InstrumentRef),
  repeats: Nullable(TaskRef),
  ...sourced,
});
export type Task = Static<typeof Task>;
