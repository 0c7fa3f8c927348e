/**
 * Every operation, once: name (the GraphQL field), path (the REST address under /v1), arguments,
 * result. Routes, OpenAPI and the GraphQL schema are derived from it.
 */
import Type, { type Static, type TObject, type TProperties } from 'typebox';
import {
  args,
  code,
  document,
  from,
  id,
  LookupItems,
  listOf,
  On,
  PlaceArg,
  paging,
  place,
  placeCode,
  placeId,
  publishedBy,
  Q,
  q,
  ref,
  territory,
  to,
  wholePlace,
  within,
  word,
  Year,
  yearOf,
} from './argument.ts';
import { Body, BodyKind } from './body.ts';
import { Change, ChangedType, ChangeReason } from './change.ts';
import { Citation } from './citation.ts';
import { DateOnly, described, Flag, idPattern } from './common.ts';
import { Config, limits } from './config.ts';
import { Contradiction, ContradictionKind } from './contradiction.ts';
import { CoverageCell } from './coverage.ts';
import { CrosswalkRow } from './crosswalk.ts';
import { Dataset } from './dataset.ts';
import type { Deprecation } from './deprecation.ts';
import { Document } from './document.ts';
import { Event, EventKind } from './event.ts';
import { Fact } from './fact.ts';
import type { Format } from './formats.ts';
import { Direction, Indicator } from './indicator.ts';
import { Instrument, InstrumentKind } from './instrument.ts';
import { Lookup } from './lookup.ts';
import { Motto, MottoKind } from './motto.ts';
import { Measure, Observation, Scenario } from './observation.ts';
import { Person } from './person.ts';
import { Level, Place, PlaceType } from './place.ts';
import { RecordType } from './ref.ts';
import { Release } from './release.ts';
import { Scorecard } from './scorecard.ts';
import { Hit } from './search.ts';
import { Series, SeriesInclude } from './series.ts';
import { Target, TargetKind, TargetStatus } from './target.ts';
import { Task, TaskKind } from './task.ts';
import { Theme } from './theme.ts';

/** `list` answers a page, `item` one record or nothing, `value` always one thing. */
export type OperationKind = 'list' | 'item' | 'value';

export interface Operation<A extends TObject = TObject, R extends TObject = TObject> {
  kind: OperationKind;
  /** How REST asks: GET with the arguments in the address, unless they are many and stand in a JSON body. */
  method?: 'POST';
  /** Under /v1; `{name}` is an argument. */
  path: string;
  /** OpenAPI tag. */
  tag: string;
  summary: string;
  /** That it is to go; an argument says so in its schema. */
  'x-deprecated'?: Deprecation;
  /** How a list is ordered, for the docs. */
  order?: string;
  args: A;
  of: R;
  /** Arguments that give an answer on the published data, by REST's spelling. */
  example: Record<string, string | string[]>;
  /** A member that is a list: a table has a row for each of its values, not for each record. */
  rows?: string;
  /** What REST serves the whole list as, besides what every list is served as. */
  statistics?: readonly Format[];
}

function list<P extends TProperties, R extends TObject>(
  path: string,
  tag: string,
  of: R,
  summary: string,
  order: string,
  properties: P,
  example: Record<string, string> = {},
  more: Pick<Operation, 'rows' | 'statistics'> = {},
) {
  return {
    kind: 'list' as const,
    path,
    tag,
    summary,
    order,
    args: args({ ...properties, ...paging }),
    of,
    example,
    ...more,
  };
}

function item<P extends TProperties, R extends TObject>(
  path: string,
  tag: string,
  of: R,
  summary: string,
  properties: P,
  example: Record<string, string>,
) {
  return { kind: 'item' as const, path, tag, summary, args: args(properties), of, example };
}

const placeFilters = {
  on: On,
  type: listOf(PlaceType, 'Types of unit.'),
  within: PlaceArg(
    'Every place below this one on the day of `on`: an id, or level and code, as borne on that day.',
  ),
  q,
};
/** Of whatever states a figure. */
const figureFilters = {
  place,
  within,
  indicator: listOf(word('Code of an indicator.'), 'Codes of indicators.'),
  topic: listOf(word('A topic.'), 'Topics of indicators.'),
  measure: listOf(Measure, 'Measures.'),
  year: Year,
  from,
  to,
  document,
  publishedBy,
  flag: listOf(Flag, 'Flags, any of them.'),
  q,
};
const byCode = 'by code, then start of validity';
const byId = 'by id';
const onHelp =
  'Without `on` a code means the version in force today, else the last that bore it: see status and current.';

export const operations = {
  places: list('/places', 'Places', Place, 'Places of any level', 'by level, code, start of validity', {
    level: listOf(Level, 'Levels.'),
    code: listOf(placeCode, 'Official codes.'),
    parent: PlaceArg('The place directly above.'),
    ...placeFilters,
  }),
  placesCrosswalk: list(
    '/places/crosswalk',
    'Places',
    CrosswalkRow,
    'What each place of one day is on a later day',
    'by code on the earlier day, then on the later',
    {
      from: Type.String({ ...DateOnly, description: 'The earlier day.' }),
      to: Type.String({ ...DateOnly, description: 'The later day, or the same.' }),
      level: Type.Optional(described(Level, 'Level on the earlier day; `commune` when left out.')),
      fromCode: listOf(placeCode, 'Codes on the earlier day.'),
      toCode: listOf(placeCode, 'Codes on the later day.'),
      within: PlaceArg(
        'Every place below this one on the earlier day: an id, or level and code, as borne on that day.',
      ),
    },
    { from: '2024-06-30', to: '2025-07-01' },
  ),
  placeHistory: list(
    '/places/{id}/history',
    'Places',
    Place,
    'Every version of a place, with what it was made of and what became of it',
    'oldest first',
    { id: placeId },
    { id: 'place:lao-cai-10' },
  ),
  place: item(
    '/places/{id}',
    'Places',
    Place,
    'A place by the id of the place or of one of its versions',
    { id: id('place or version'), on: On },
    { id: 'place:lao-cai-10' },
  ),
  placesLookup: {
    kind: 'value' as const,
    method: 'POST' as const,
    path: '/places/lookup',
    tag: 'Places',
    summary: 'Many codes or names at once, as people type them',
    args: args({ items: LookupItems, on: On, level: listOf(Level, 'Levels.'), within }),
    of: Lookup,
    example: { items: ['14404', 'Xã Cúc Phương, Ninh Bình'] },
  },
  provinces: list('/provinces', 'Places', Place, 'Provinces', byCode, placeFilters),
  province: item(
    '/provinces/{code}',
    'Places',
    Place,
    `A province by its code. ${onHelp}`,
    { code: code('province'), on: On },
    { code: '15' },
  ),
  districts: list(
    '/districts',
    'Places',
    Place,
    'Districts, which ended on 2025-07-01',
    byCode,
    { parent: PlaceArg('The province.'), ...placeFilters },
    { on: '2025-06-30' },
  ),
  district: item(
    '/districts/{code}',
    'Places',
    Place,
    `A district by its code. ${onHelp}`,
    { code: code('district'), on: On },
    { code: '087' },
  ),
  communes: list('/communes', 'Places', Place, 'Communes, wards, townships and special zones', byCode, {
    parent: PlaceArg('The district, or since 2025-07-01 the province.'),
    ...placeFilters,
  }),
  commune: item(
    '/communes/{code}',
    'Places',
    Place,
    `A commune by its code. ${onHelp}`,
    { code: code('commune'), on: On },
    { code: '02953' },
  ),

  bodies: list('/bodies', 'Bodies', Body, 'Organisations that issue, do or support', byId, {
    place,
    within,
    kind: listOf(BodyKind, 'Kinds of body.'),
    parent: ref('the body above'),
    document,
    publishedBy,
    q,
  }),
  body: item(
    '/bodies/{id}',
    'Bodies',
    Body,
    'A body by its id',
    { id: id('body') },
    { id: 'body:bao-yen-party-committee' },
  ),
  persons: list('/persons', 'Bodies', Person, 'Named persons with their offices', byId, {
    place,
    within,
    body: ref('a body'),
    document,
    publishedBy,
    q,
  }),
  person: item(
    '/persons/{id}',
    'Bodies',
    Person,
    'A person by id',
    { id: id('person') },
    { id: 'person:mai-van-tuat' },
  ),

  events: list('/events', 'Plans', Event, 'Conferences, campaigns, awards', byId, {
    place,
    within,
    body: ref('the organising body'),
    kind: listOf(EventKind, 'Kinds of event.'),
    year: Year,
    document,
    publishedBy,
    q,
  }),
  event: item(
    '/events/{id}',
    'Plans',
    Event,
    'An event by its id',
    { id: id('event') },
    { id: 'event:bao-yen-2024-review' },
  ),
  instruments: list(
    '/instruments',
    'Plans',
    Instrument,
    'Resolutions, plans, programmes, congress terms',
    byId,
    {
      place,
      within,
      body: ref('the issuing body'),
      kind: listOf(InstrumentKind, 'Kinds of instrument.'),
      document,
      publishedBy,
      q,
    },
  ),
  instrument: item(
    '/instruments/{id}',
    'Plans',
    Instrument,
    'An instrument by its id',
    { id: id('instrument') },
    { id: 'instrument:bao-yen-18-nq-hu' },
  ),
  mottos: list('/mottos', 'Plans', Motto, 'Slogans, methods, movements and campaigns', byId, {
    place,
    within,
    body: ref('the body that uses it'),
    kind: listOf(MottoKind, 'Kinds of motto.'),
    theme: ref('a theme'),
    task: ref('a task'),
    year: Year,
    document,
    publishedBy,
    q,
  }),
  motto: item(
    '/mottos/{id}',
    'Plans',
    Motto,
    'A motto by its id',
    { id: id('motto') },
    { id: 'motto:bao-yen-2024-three-clear' },
  ),
  themes: list('/themes', 'Plans', Theme, 'Guiding themes of a year or event', byId, {
    place,
    within,
    body: ref('the issuing body'),
    event: ref('an event'),
    instrument: ref('an instrument'),
    year: Year,
    document,
    publishedBy,
    q,
  }),
  theme: item(
    '/themes/{id}',
    'Plans',
    Theme,
    'A theme by its id',
    { id: id('theme') },
    { id: 'theme:bao-yen-2024' },
  ),
  tasks: list('/tasks', 'Plans', Task, 'Tasks and their parts', byId, {
    place,
    within,
    body: ref('the issuing body'),
    responsible: ref('a body that is to do it'),
    supporting: ref('a body that supports it'),
    kind: listOf(TaskKind, 'Kinds of task.'),
    parent: Type.Optional(
      Type.String({
        pattern: `${idPattern}|^none$`,
        maxLength: limits.textMax,
        description: 'Id of the task that it is a part of, or `none` for tasks that are part of no other.',
        'x-wants': 'the id of a task, or none',
      }),
    ),
    theme: ref('a theme'),
    event: ref('an event'),
    instrument: ref('an instrument'),
    year: Type.Optional(yearOf('Tasks whose period touches this year, or whose deadline lies in it.')),
    document,
    publishedBy,
    q,
  }),
  task: item(
    '/tasks/{id}',
    'Plans',
    Task,
    'A task by its id',
    { id: id('task') },
    { id: 'task:bao-yen-2024-airport-relocation' },
  ),

  indicators: list('/indicators', 'Figures', Indicator, 'What is measured', 'by code', {
    topic: listOf(word('A topic.'), 'Topics.'),
    direction: listOf(Direction, 'Directions.'),
    document,
    publishedBy,
    q,
  }),
  indicator: item(
    '/indicators/{code}',
    'Figures',
    Indicator,
    'An indicator by its code',
    {
      code: word('Code of the indicator.'),
    },
    { code: 'average_income_per_capita' },
  ),
  observations: list(
    '/observations',
    'Figures',
    Observation,
    'Reported figures and findings',
    byId,
    {
      ...figureFilters,
      scenario: listOf(Scenario, 'Scenarios.'),
      issuer: ref('the body that set or reported the figure'),
      territory,
    },
    {},
    { statistics: ['jsonstat', 'sdmxCsv'] },
  ),
  observation: item(
    '/observations/{id}',
    'Figures',
    Observation,
    'An observation by its id',
    { id: id('observation'), territory },
    { id: 'observation:bao-yen-2024-average-income' },
  ),
  series: list(
    '/series',
    'Figures',
    Series,
    'One indicator, measure and place as points in time',
    'by kind of basis, dimensions, unit',
    {
      indicator: word('Code of the indicator.'),
      place: wholePlace,
      measure: Type.Optional(described(Measure, 'The measure; `value` when left out.')),
      scenario: listOf(Scenario, 'Scenarios.'),
      from,
      to,
      include: listOf(SeriesInclude, 'What to add to the reported figures of the indicator.'),
      territory,
    },
    { indicator: 'state_budget_revenue', place: 'province:37', include: 'residuals' },
    { rows: 'points', statistics: ['jsonstat', 'sdmxCsv'] },
  ),
  coverage: list(
    '/coverage',
    'Figures',
    CoverageCell,
    'What is known of a place, and of what is not known why',
    'by code of the indicator, then year',
    {
      place: wholePlace,
      indicator: listOf(
        word('Code of an indicator.'),
        'Codes of indicators; without it, all of which anything is known of the place in any year.',
      ),
      from: Type.Optional(
        Type.String({
          ...DateOnly,
          description:
            'The first year is that of this day; else the first of which a figure of the place is known.',
        }),
      ),
      to: Type.Optional(
        Type.String({
          ...DateOnly,
          description:
            'The last year is that of this day; else the last of which a figure of the place is known.',
        }),
      ),
    },
    { place: 'district:087', from: '2023-01-01', to: '2026-12-31' },
  ),
  targets: list(
    '/targets',
    'Figures',
    Target,
    'Targets, each with what came of it',
    byId,
    {
      ...figureFilters,
      issuer: ref('the body that set the target'),
      kind: listOf(TargetKind, 'How the target is known.'),
      status: listOf(TargetStatus, 'What came of it.'),
    },
    { place: 'province:37' },
  ),
  scorecard: item(
    '/scorecards',
    'Figures',
    Scorecard,
    'A place in a year: what it set out to do, what came of it, and what it says of that itself',
    { place: wholePlace, year: yearOf('The year that the records touch.') },
    { place: 'province:37', year: '2023' },
  ),
  contradictions: list('/contradictions', 'Figures', Contradiction, 'Records that cannot all be true', byId, {
    kind: listOf(ContradictionKind, 'Kinds of contradiction.'),
    fact: ref('a record that is a side'),
    document,
    publishedBy,
    q,
  }),
  contradiction: item(
    '/contradictions/{id}',
    'Figures',
    Contradiction,
    'A contradiction by its id',
    { id: id('contradiction') },
    { id: 'contradiction:ninh-binh-2022-pci-rank-change-base' },
  ),

  fact: item(
    '/facts/{id}',
    'Sources',
    Fact,
    'Any sourced record by its id: its permanent address',
    { id: id('record') },
    { id: 'theme:bao-yen-2024' },
  ),
  documents: list('/documents', 'Sources', Document, 'Source texts', byId, { publishedBy, q }),
  document: item(
    '/documents/{id}',
    'Sources',
    Document,
    'A document by its id',
    { id: id('document') },
    { id: 'document:003' },
  ),
  documentCitations: list(
    '/documents/{id}/citations',
    'Sources',
    Citation,
    'Every citation that points into a document',
    'by paragraph and position',
    {
      id: id('document'),
      paragraph: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Only this paragraph.' }),
      ),
      type: listOf(RecordType, 'Only citations of facts of these types.'),
    },
    { id: 'document:003' },
  ),
  datasets: list('/datasets', 'Sources', Dataset, 'Imported tables', byId, { publishedBy, q }),
  dataset: item(
    '/datasets/{id}',
    'Sources',
    Dataset,
    'An imported table by its id',
    { id: id('dataset') },
    {},
  ),
  releases: list('/releases', 'Service', Release, 'Numbered states of the data', 'newest first', {}),
  changes: list(
    '/changes',
    'Service',
    Change,
    'What each release did to each record',
    'by release, then by id of the record',
    {
      since: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 2_147_483_647,
          description: 'Changes after this release; from the first when left out.',
        }),
      ),
      type: listOf(ChangedType, 'Only records of these types.'),
      reason: listOf(ChangeReason, 'Only for these reasons.'),
      record: ref('a record'),
    },
    { since: '0' },
  ),
  search: list(
    '/search',
    'Service',
    Hit,
    'Anything with a name, as people type it',
    'best match first, then by type; places in force first, then by level and code',
    {
      q: Q,
      type: listOf(RecordType, 'Only records of these types.'),
      level: listOf(Level, 'Of places, only those of these levels.'),
      within,
      on: Type.Optional(
        Type.String({ ...DateOnly, description: 'Of places, only the versions in force on this day.' }),
      ),
    },
    { q: 'bao yen' },
  ),
  config: {
    kind: 'value' as const,
    path: '/config',
    tag: 'Service',
    summary: 'Version, release and limits',
    args: args({}),
    of: Config,
    example: {},
  },
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
export const operationNames = Object.keys(operations) as OperationName[];
/** The contract entry of any operation, without its own types. */
export const operationOf = (name: OperationName): Operation => operations[name];

export type Args<N extends OperationName> = Static<(typeof operations)[N]['args']>;
export type Result<N extends OperationName> = Static<(typeof operations)[N]['of']>;
export type ListName = {
  [N in OperationName]: (typeof operations)[N]['kind'] extends 'list' ? N : never;
}[OperationName];
export type ValueName = {
  [N in OperationName]: (typeof operations)[N]['kind'] extends 'value' ? N : never;
}[OperationName];
export type ItemName = {
  [N in OperationName]: (typeof operations)[N]['kind'] extends 'item' ? N : never;
}[OperationName];
