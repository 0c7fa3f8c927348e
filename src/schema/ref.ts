/** The short forms in which one record names another; GraphQL serves the whole record in their place. */
import Type, { type Static } from 'typebox';
import { Id, Names, Nullable, Shape } from './common.ts';

/** What a fact, or any other record with an id, can be. */
export const recordTypes = [
  'place_version',
  'place_change',
  'body',
  'person',
  'event',
  'instrument',
  'motto',
  'theme',
  'task',
  'indicator',
  'observation',
  'contradiction',
] as const;
export const RecordType = Type.Enum([...recordTypes], {
  title: 'RecordType',
  description: 'The kind of a record: the part of its id before the colon.',
  'x-words': Object.fromEntries(recordTypes.map((type) => [type, `A ${type.replace('_', ' ')}.`])),
});
export type RecordType = Static<typeof RecordType>;

export const FactRef = Shape('FactRef', 'A fact, named by type and id.', { type: RecordType, id: Id });
export type FactRef = Static<typeof FactRef>;

export const BodyRef = Shape('BodyRef', 'A body, in short.', { id: Id, name: Names });
export type BodyRef = Static<typeof BodyRef>;

export const EventRef = Shape('EventRef', 'An event, in short.', { id: Id, name: Names });
export type EventRef = Static<typeof EventRef>;

export const ThemeRef = Shape('ThemeRef', 'A theme, in short.', { id: Id, name: Names });
export type ThemeRef = Static<typeof ThemeRef>;

export const InstrumentRef = Shape('InstrumentRef', 'An instrument, in short.', {
  id: Id,
  number: Nullable(Type.String({ description: 'The official number, as printed.' })),
  name: Names,
});
export type InstrumentRef = Static<typeof InstrumentRef>;

export const TaskRef = Shape('TaskRef', 'A task, in short.', {
  id: Id,
  ordinal: Nullable(
    Type.Integer({ minimum: 1, description: 'Its place among its siblings, where printed.' }),
  ),
  name: Names,
});
export type TaskRef = Static<typeof TaskRef>;

export const IndicatorRef = Shape('IndicatorRef', 'An indicator, in short.', {
  id: Id,
  code: Type.String({ description: 'The code of the indicator.' }),
  name: Names,
  unit: Type.String({ description: 'The unit of its values.' }),
});
export type IndicatorRef = Static<typeof IndicatorRef>;

export const DocumentRef = Shape('DocumentRef', 'A document, in short.', {
  id: Id,
  fileName: Type.String({ description: 'The name of the source file.' }),
});
export type DocumentRef = Static<typeof DocumentRef>;
