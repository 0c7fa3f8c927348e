/**
 * The shapes of the seed files. Any file under `seeds/` may hold any of the sections; ids are
 * global (`theme:bao-yen-2024`), references are ids, dates and codes are quoted strings where YAML
 * would read a number. A period is `'2023'`, `2023-09`, `2023-10-31` or `start/end`.
 */
import Type, { type Static } from 'typebox';
import { BodyKind } from '../schema/body.ts';
import { Comparator, DateOnly, Flag, idPattern, Language, Nullable } from '../schema/common.ts';
import { ContradictionKind } from '../schema/contradiction.ts';
import { EventKind } from '../schema/event.ts';
import { Direction } from '../schema/indicator.ts';
import { InstrumentKind } from '../schema/instrument.ts';
import { MottoKind } from '../schema/motto.ts';
import { BasisKind, Dimensions, Measure, Reading, Scenario, Trend } from '../schema/observation.ts';
import { Coverage, DateBasis, Level, NameBasis, PlaceChangeKind, PlaceType } from '../schema/place.ts';
import { recordTypes } from '../schema/ref.ts';
import { TaskKind } from '../schema/task.ts';
import {
  Code,
  Count,
  distinct,
  FileName,
  idOf,
  list,
  optional,
  Period,
  record,
  SeedAlias,
  SeedCitation,
  SeedMembers,
  SeedNames,
  Sha256,
  Text,
  Word,
} from './shape-parts.ts';
import { treeSections } from './tree/shapes.ts';

const sourced = {
  flags: distinct(Flag),
  note: optional(Text),
  citations: Type.Array(SeedCitation, { minItems: 1 }),
};
const dated = { period: optional(Period), cumulative: Type.Optional(Type.Boolean()) };
/** A place is bound to its version in force on the day `on`, else at the end of the period. */
const placed = { place: optional(idOf('place')), on: optional(DateOnly) };

export const SeedDocument = record({
  id: idOf('document'),
  fileName: FileName,
  sha256: Sha256,
  languages: Type.Array(Language, { minItems: 1, uniqueItems: true }),
  paragraphCount: Count,
  title: optional(SeedNames),
  publisher: optional(Text),
  byline: optional(Text),
  publishedOn: optional(DateOnly),
  note: optional(Text),
});

export const SeedVersion = record({
  code: Code,
  type: PlaceType,
  name: SeedNames,
  fullName: SeedNames,
  nameBasis: optional(NameBasis),
  aliases: list(SeedAlias),
  parent: optional(idOf('place')),
  validFrom: optional(DateOnly),
  validFromBasis: optional(DateBasis),
  observedFrom: optional(DateOnly),
  validTo: optional(DateOnly),
  validToBasis: optional(DateBasis),
  ...sourced,
});
export const SeedPlace = record({
  id: idOf('place'),
  level: Level,
  versions: Type.Array(SeedVersion, { minItems: 1 }),
});

/** What documents print of a version that the packages give: joined to it when the tree is made. */
export const SeedPlaceCitations = record({
  version: idOf('place_version'),
  aliases: list(SeedAlias),
  note: optional(Text),
  citations: Type.Array(SeedCitation),
});

/** A version in a change is named by its own id: `place_version:15@2025-07-01`. */
export const SeedPlaceChange = record({
  id: idOf('place_change'),
  kind: PlaceChangeKind,
  effectiveOn: DateOnly,
  enactedOn: optional(DateOnly),
  legalBasis: optional(Text),
  /** Without `to`, no source names the successor. */
  links: Type.Array(
    record({ from: idOf('place_version'), to: Nullable(idOf('place_version')), coverage: Coverage }),
  ),
  ...sourced,
});

export const SeedBody = record({
  id: idOf('body'),
  kind: BodyKind,
  name: SeedNames,
  aliases: list(SeedAlias),
  parent: optional(idOf('body')),
  ...placed,
  ...sourced,
});

export const SeedPerson = record({
  id: idOf('person'),
  name: SeedNames,
  offices: list(SeedNames),
  body: optional(idOf('body')),
  ...placed,
  ...sourced,
});

export const SeedEvent = record({
  id: idOf('event'),
  kind: EventKind,
  name: SeedNames,
  body: optional(idOf('body')),
  instrument: optional(idOf('instrument')),
  ...placed,
  ...dated,
  ...sourced,
});

export const SeedInstrument = record({
  id: idOf('instrument'),
  kind: InstrumentKind,
  number: optional(Text),
  name: SeedNames,
  body: optional(idOf('body')),
  issuedOn: optional(DateOnly),
  implements: optional(idOf('instrument')),
  ...placed,
  ...dated,
  ...sourced,
});

export const SeedTheme = record({
  id: idOf('theme'),
  name: SeedNames,
  elements: list(SeedNames),
  body: optional(idOf('body')),
  event: optional(idOf('event')),
  instrument: optional(idOf('instrument')),
  ...placed,
  ...dated,
  ...sourced,
});

export const SeedMotto = record({
  id: idOf('motto'),
  kind: MottoKind,
  name: SeedNames,
  announcedCount: optional(Count),
  items: list(SeedNames),
  body: optional(idOf('body')),
  theme: optional(idOf('theme')),
  task: optional(idOf('task')),
  ...placed,
  ...dated,
  ...sourced,
});

export const SeedTask = record({
  id: idOf('task'),
  kind: TaskKind,
  ordinal: optional(Count),
  name: SeedNames,
  announcedCount: optional(Count),
  parent: optional(idOf('task')),
  body: optional(idOf('body')),
  deadline: optional(record({ date: DateOnly, comparator: Comparator })),
  responsible: distinct(idOf('body')),
  supporting: distinct(idOf('body')),
  localities: distinct(idOf('place')),
  theme: optional(idOf('theme')),
  event: optional(idOf('event')),
  instrument: optional(idOf('instrument')),
  repeats: optional(idOf('task')),
  ...placed,
  ...dated,
  ...sourced,
});

export const SeedIndicator = record({
  id: idOf('indicator', '[a-z][a-z0-9_]*'),
  name: SeedNames,
  definition: SeedNames,
  unit: Word,
  topic: Word,
  direction: Direction,
  additive: Type.Boolean(),
  possiblySameAs: distinct(idOf('indicator')),
  ...sourced,
});

export const SeedObservation = record({
  id: idOf('observation'),
  indicator: idOf('indicator'),
  measure: Measure,
  scenario: Scenario,
  comparator: Comparator,
  value: optional(Type.Number()),
  valueCode: optional(Word),
  trend: optional(Trend),
  unit: Word,
  numerator: optional(Type.Number()),
  denominator: optional(Type.Number()),
  outOf: optional(Type.Number()),
  basis: optional(record({ kind: BasisKind, period: optional(Period), issuer: optional(idOf('body')) })),
  issuer: optional(idOf('body')),
  scope: optional(Text),
  dimensions: Type.Optional(Dimensions),
  subsetOf: optional(idOf('observation')),
  readings: list(Reading),
  ...placed,
  ...dated,
  place: idOf('place'),
  period: Period,
  ...sourced,
});

export const SeedContradiction = record({
  id: idOf('contradiction'),
  kind: ContradictionKind,
  name: SeedNames,
  sides: Type.Array(record({ fact: idOf(`(${recordTypes.join('|')})`), states: Text }), { minItems: 2 }),
  outsideEvidence: list(Text),
  flags: distinct(Flag),
  note: optional(Text),
  citations: list(SeedCitation),
});

/** Why a record is not what its source was first read as: one of `set`, `mergedInto` and `withdraw`. */
export const SeedCorrection = record({
  id: idOf('correction'),
  fact: Type.String({ pattern: idPattern, is: 'the id of a record' }),
  /** What the record says before; if it says otherwise, the correction is refused. */
  expect: SeedMembers,
  set: Type.Optional(SeedMembers),
  /** It may end itself later, so that it is no reference. */
  mergedInto: Type.Optional(Type.String({ pattern: idPattern, is: 'the id of a record' })),
  withdraw: Type.Optional(Type.Literal(true)),
  reason: Text,
  date: DateOnly,
});

/** Section → shape of one of its records, in the order in which they refer to each other. */
export const recordSections = {
  documents: SeedDocument,
  places: SeedPlace,
  placeChanges: SeedPlaceChange,
  bodies: SeedBody,
  persons: SeedPerson,
  events: SeedEvent,
  instruments: SeedInstrument,
  themes: SeedTheme,
  mottos: SeedMotto,
  tasks: SeedTask,
  indicators: SeedIndicator,
  observations: SeedObservation,
  contradictions: SeedContradiction,
} as const;
export type RecordSection = keyof typeof recordSections;

/** All sections: records, what is said of them, and what the administrative tree is made from. */
export const sections = {
  ...recordSections,
  corrections: SeedCorrection,
  placeCitations: SeedPlaceCitations,
  ...treeSections,
} as const;
export type Section = keyof typeof sections;
export type SeedRecord<S extends Section> = Static<(typeof sections)[S]>;
export type SeedPlace = SeedRecord<'places'>;
export type SeedVersion = SeedPlace['versions'][number];
export type SeedPlaceChange = SeedRecord<'placeChanges'>;
/** Everything that the seed files hold, by section. */
export type Seeds = { [S in Section]: SeedRecord<S>[] };
