/**
 * Where everything is stored. An identity (`id`, never reused) has states, one row each, valid
 * from `since_release` until `until_release` (null: current); foreign keys point at identities and
 * a check holds their type. Ending a state is the only update, and nothing is deleted.
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  pgView,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { BodyKind } from '../schema/body.ts';
import { ChangeReason, CorrectionKind, type Members } from '../schema/change.ts';
import { CitationKind } from '../schema/citation.ts';
import { type Alias, Comparator, type Flag, type Language, type Names } from '../schema/common.ts';
import { ContradictionKind } from '../schema/contradiction.ts';
import { EventKind } from '../schema/event.ts';
import { Direction } from '../schema/indicator.ts';
import { InstrumentKind } from '../schema/instrument.ts';
import { MottoKind } from '../schema/motto.ts';
import { BasisKind, type Dimensions, Measure, type Reading, Scenario, Trend } from '../schema/observation.ts';
import { Coverage, DateBasis, Level, NameBasis, PlaceChangeKind, PlaceType } from '../schema/place.ts';
import type { RecordType } from '../schema/ref.ts';
import type { Changes, TypeChanges } from '../schema/release.ts';
import { TaskKind } from '../schema/task.ts';
import { linkRules, periodCheck, spanCheck, stateRules, typeCheck, wordCheck } from './rules.ts';

export const releases = pgTable(
  'releases',
  {
    number: integer().primaryKey(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
    hash: text().notNull(),
    counts: jsonb().$type<Changes>().notNull(),
    byType: jsonb('by_type').$type<TypeChanges[]>().notNull(),
    programVersion: text('program_version').notNull(),
    note: text(),
  },
  (t) => [
    check('releases_number', sql`${t.number} > 0`),
    check('releases_hash', sql`${t.hash} ~ '^[0-9a-f]{64}$'`),
  ],
);

export const identities = pgTable(
  'identities',
  {
    id: text().primaryKey(),
    sinceRelease: integer('since_release')
      .notNull()
      .references(() => releases.number),
  },
  (t) => [check('identities_id', sql`${t.id} ~ '^[a-z_]+:[A-Za-z0-9][A-Za-z0-9._@-]*$'`)],
);

/** A reference to an identity. */
const ref = (name: string) => text(name).references(() => identities.id);

const releaseSpan = () => ({
  sinceRelease: integer('since_release')
    .notNull()
    .references(() => releases.number),
  untilRelease: integer('until_release').references(() => releases.number),
});

const state = () => ({
  id: ref('id').notNull(),
  ...releaseSpan(),
});

/** What every sourced record holds besides its own columns; `folded` is what `q` searches. */
const sourced = () => ({
  flags: text().array().$type<Flag[]>().notNull(),
  note: text(),
  folded: text().notNull(),
});

const named = () => ({ name: jsonb().$type<Names>().notNull() });

const placed = () => ({ placeVersionId: ref('place_version_id') });

/** The cell of an imported table that a figure stands in. The view of all citations makes a citation of it. */
const cell = () => ({
  datasetId: ref('dataset_id'),
  sheet: text(),
  row: integer('row_number'),
  column: text('column_name'),
});

const dated = () => ({
  periodStart: date('period_start', { mode: 'string' }),
  periodEnd: date('period_end', { mode: 'string' }),
  periodCumulative: boolean('period_cumulative'),
  periodLabel: text('period_label'),
});

/** No two versions of one (level, code) overlap in time within a release: see the custom migration. */
export const placeVersions = pgTable(
  'place_versions',
  {
    ...state(),
    placeId: ref('place_id').notNull(),
    level: text().$type<Level>().notNull(),
    code: text().notNull(),
    type: text().$type<PlaceType>().notNull(),
    ...named(),
    fullName: jsonb('full_name').$type<Names>().notNull(),
    nameBasis: text('name_basis').$type<NameBasis>(),
    aliases: jsonb().$type<Alias[]>().notNull(),
    parentId: ref('parent_id'),
    validFrom: date('valid_from', { mode: 'string' }),
    validFromBasis: text('valid_from_basis').$type<DateBasis>(),
    validTo: date('valid_to', { mode: 'string' }),
    validToBasis: text('valid_to_basis').$type<DateBasis>(),
    observedFrom: date('observed_from', { mode: 'string' }),
    ...sourced(),
  },
  (t) => [
    ...stateRules('place_versions', t, 'place_version', [
      [t.placeId, 'place'],
      [t.parentId, 'place'],
    ]),
    wordCheck('place_versions', t.level, Level),
    wordCheck('place_versions', t.type, PlaceType),
    wordCheck('place_versions', t.nameBasis, NameBasis),
    wordCheck('place_versions', t.validFromBasis, DateBasis),
    wordCheck('place_versions', t.validToBasis, DateBasis),
    check('place_versions_valid', sql`${t.validFrom} < ${t.validTo}`),
    check(
      'place_versions_basis',
      sql`(${t.validFrom} is null) = (${t.validFromBasis} is null) and (${t.validTo} is null) = (${t.validToBasis} is null)`,
    ),
    check(
      'place_versions_code_length',
      sql`length(${t.code}) = case ${t.level} when 'commune' then 5 when 'district' then 3 else 2 end`,
    ),
    index('place_versions_place').on(t.placeId),
    index('place_versions_parent').on(t.parentId),
    index('place_versions_code').on(t.level, t.code),
  ],
);

export const placeChanges = pgTable(
  'place_changes',
  {
    ...state(),
    kind: text().$type<PlaceChangeKind>().notNull(),
    effectiveOn: date('effective_on', { mode: 'string' }).notNull(),
    enactedOn: date('enacted_on', { mode: 'string' }),
    legalBasis: text('legal_basis'),
    ...sourced(),
  },
  (t) => [
    ...stateRules('place_changes', t, 'place_change'),
    wordCheck('place_changes', t.kind, PlaceChangeKind),
  ],
);

/** Without `to_id` no source names what became of the old version. With `dataset_id` an imported table says it. */
export const placeLinks = pgTable(
  'place_links',
  {
    changeId: ref('change_id').notNull(),
    fromId: ref('from_id').notNull(),
    toId: ref('to_id'),
    coverage: text().$type<Coverage>().notNull(),
    datasetId: ref('dataset_id'),
    ...releaseSpan(),
  },
  (t) => [
    unique('place_links_key').on(t.changeId, t.fromId, t.toId, t.sinceRelease).nullsNotDistinct(),
    spanCheck('place_links', t),
    typeCheck('place_links', t.changeId, 'place_change'),
    typeCheck('place_links', t.fromId, 'place_version'),
    typeCheck('place_links', t.toId, 'place_version'),
    typeCheck('place_links', t.datasetId, 'dataset'),
    wordCheck('place_links', t.coverage, Coverage),
    check('place_links_known', sql`${t.toId} is not null or ${t.coverage} = 'unknown'`),
    index('place_links_from').on(t.fromId),
    index('place_links_to').on(t.toId),
  ],
);

export const bodies = pgTable(
  'bodies',
  {
    ...state(),
    kind: text().$type<BodyKind>().notNull(),
    ...named(),
    aliases: jsonb().$type<Alias[]>().notNull(),
    parentId: ref('parent_id'),
    ...placed(),
    ...sourced(),
  },
  (t) => [
    ...stateRules('bodies', t, 'body', [
      [t.parentId, 'body'],
      [t.placeVersionId, 'place_version'],
    ]),
    wordCheck('bodies', t.kind, BodyKind),
    index('bodies_place').on(t.placeVersionId),
    index('bodies_parent').on(t.parentId),
  ],
);

export const persons = pgTable(
  'persons',
  {
    ...state(),
    ...named(),
    offices: jsonb().$type<Names[]>().notNull(),
    bodyId: ref('body_id'),
    ...placed(),
    ...sourced(),
  },
  (t) => [
    ...stateRules('persons', t, 'person', [
      [t.bodyId, 'body'],
      [t.placeVersionId, 'place_version'],
    ]),
    index('persons_body').on(t.bodyId),
    index('persons_place').on(t.placeVersionId),
  ],
);

export const events = pgTable(
  'events',
  {
    ...state(),
    kind: text().$type<EventKind>().notNull(),
    ...named(),
    bodyId: ref('body_id'),
    instrumentId: ref('instrument_id'),
    ...placed(),
    ...dated(),
    ...sourced(),
  },
  (t) => [
    ...stateRules('events', t, 'event', [
      [t.bodyId, 'body'],
      [t.instrumentId, 'instrument'],
      [t.placeVersionId, 'place_version'],
    ]),
    wordCheck('events', t.kind, EventKind),
    periodCheck('events', t),
    index('events_body').on(t.bodyId),
    index('events_place').on(t.placeVersionId),
  ],
);

export const instruments = pgTable(
  'instruments',
  {
    ...state(),
    kind: text().$type<InstrumentKind>().notNull(),
    number: text(),
    ...named(),
    bodyId: ref('body_id'),
    issuedOn: date('issued_on', { mode: 'string' }),
    implementsId: ref('implements_id'),
    ...placed(),
    ...dated(),
    ...sourced(),
  },
  (t) => [
    ...stateRules('instruments', t, 'instrument', [
      [t.bodyId, 'body'],
      [t.implementsId, 'instrument'],
      [t.placeVersionId, 'place_version'],
    ]),
    wordCheck('instruments', t.kind, InstrumentKind),
    periodCheck('instruments', t),
    index('instruments_body').on(t.bodyId),
    index('instruments_place').on(t.placeVersionId),
    index('instruments_implements').on(t.implementsId),
  ],
);

export const themes = pgTable(
  'themes',
  {
    ...state(),
    ...named(),
    elements: jsonb().$type<Names[]>().notNull(),
    bodyId: ref('body_id'),
    eventId: ref('event_id'),
    instrumentId: ref('instrument_id'),
    ...placed(),
    ...dated(),
    ...sourced(),
  },
  (t) => [
    ...stateRules('themes', t, 'theme', [
      [t.bodyId, 'body'],
      [t.eventId, 'event'],
      [t.instrumentId, 'instrument'],
      [t.placeVersionId, 'place_version'],
    ]),
    periodCheck('themes', t),
    index('themes_body').on(t.bodyId),
    index('themes_event').on(t.eventId),
    index('themes_instrument').on(t.instrumentId),
    index('themes_place').on(t.placeVersionId),
  ],
);

export const mottos = pgTable(
  'mottos',
  {
    ...state(),
    kind: text().$type<MottoKind>().notNull(),
    ...named(),
    announcedCount: integer('announced_count'),
    items: jsonb().$type<Names[]>().notNull(),
    bodyId: ref('body_id'),
    themeId: ref('theme_id'),
    taskId: ref('task_id'),
    ...placed(),
    ...dated(),
    ...sourced(),
  },
  (t) => [
    ...stateRules('mottos', t, 'motto', [
      [t.bodyId, 'body'],
      [t.themeId, 'theme'],
      [t.taskId, 'task'],
      [t.placeVersionId, 'place_version'],
    ]),
    wordCheck('mottos', t.kind, MottoKind),
    periodCheck('mottos', t),
    check('mottos_announced_count', sql`${t.announcedCount} > 0`),
    index('mottos_body').on(t.bodyId),
    index('mottos_theme').on(t.themeId),
    index('mottos_task').on(t.taskId),
    index('mottos_place').on(t.placeVersionId),
  ],
);

export const tasks = pgTable(
  'tasks',
  {
    ...state(),
    kind: text().$type<TaskKind>().notNull(),
    ordinal: integer(),
    ...named(),
    announcedCount: integer('announced_count'),
    parentId: ref('parent_id'),
    bodyId: ref('body_id'),
    deadlineDate: date('deadline_date', { mode: 'string' }),
    deadlineComparator: text('deadline_comparator').$type<Comparator>(),
    themeId: ref('theme_id'),
    eventId: ref('event_id'),
    instrumentId: ref('instrument_id'),
    repeatsId: ref('repeats_id'),
    ...placed(),
    ...dated(),
    ...sourced(),
  },
  (t) => [
    ...stateRules('tasks', t, 'task', [
      [t.parentId, 'task'],
      [t.bodyId, 'body'],
      [t.themeId, 'theme'],
      [t.eventId, 'event'],
      [t.instrumentId, 'instrument'],
      [t.repeatsId, 'task'],
      [t.placeVersionId, 'place_version'],
    ]),
    wordCheck('tasks', t.kind, TaskKind),
    wordCheck('tasks', t.deadlineComparator, Comparator),
    periodCheck('tasks', t),
    check('tasks_deadline', sql`(${t.deadlineDate} is null) = (${t.deadlineComparator} is null)`),
    check('tasks_counts', sql`${t.ordinal} > 0 and ${t.announcedCount} > 0`),
    check('tasks_no_own_parent', sql`${t.parentId} <> ${t.id} and ${t.repeatsId} <> ${t.id}`),
    index('tasks_parent').on(t.parentId),
    index('tasks_body').on(t.bodyId),
    index('tasks_theme').on(t.themeId),
    index('tasks_event').on(t.eventId),
    index('tasks_instrument').on(t.instrumentId),
    index('tasks_repeats').on(t.repeatsId),
    index('tasks_place').on(t.placeVersionId),
  ],
);

export const taskRoles = ['responsible', 'supporting'] as const;
export const taskBodies = pgTable(
  'task_bodies',
  {
    taskId: ref('task_id').notNull(),
    role: text().$type<(typeof taskRoles)[number]>().notNull(),
    bodyId: ref('body_id').notNull(),
    ordinal: integer().notNull(),
    ...releaseSpan(),
  },
  (t) => [
    ...linkRules('task_bodies', t, [t.taskId, t.role, t.bodyId]),
    typeCheck('task_bodies', t.taskId, 'task'),
    typeCheck('task_bodies', t.bodyId, 'body'),
    wordCheck('task_bodies', t.role, { enum: taskRoles }),
    index('task_bodies_body').on(t.bodyId),
  ],
);

export const taskPlaces = pgTable(
  'task_places',
  {
    taskId: ref('task_id').notNull(),
    placeVersionId: ref('place_version_id').notNull(),
    ordinal: integer().notNull(),
    ...releaseSpan(),
  },
  (t) => [
    ...linkRules('task_places', t, [t.taskId, t.placeVersionId]),
    typeCheck('task_places', t.taskId, 'task'),
    typeCheck('task_places', t.placeVersionId, 'place_version'),
    index('task_places_place').on(t.placeVersionId),
  ],
);

export const indicators = pgTable(
  'indicators',
  {
    ...state(),
    code: text().notNull(),
    ...named(),
    definition: jsonb().$type<Names>().notNull(),
    unit: text().notNull(),
    topic: text().notNull(),
    direction: text().$type<Direction>().notNull(),
    additive: boolean().notNull(),
    ...sourced(),
  },
  (t) => [
    ...stateRules('indicators', t, 'indicator'),
    wordCheck('indicators', t.direction, Direction),
    check('indicators_code', sql`${t.id} = 'indicator:' || ${t.code} and ${t.code} ~ '^[a-z][a-z0-9_]*$'`),
  ],
);

/** `possibly_same_as`, stored in both directions. */
export const indicatorLinks = pgTable(
  'indicator_links',
  { fromId: ref('from_id').notNull(), toId: ref('to_id').notNull(), ...releaseSpan() },
  (t) => [
    ...linkRules('indicator_links', t, [t.fromId, t.toId]),
    typeCheck('indicator_links', t.fromId, 'indicator'),
    typeCheck('indicator_links', t.toId, 'indicator'),
    check('indicator_links_other', sql`${t.fromId} <> ${t.toId}`),
  ],
);

/** The figures that are targets. */
const isTarget = (t: Record<'scenario' | 'measure', SQLWrapper>): SQL =>
  sql`${t.scenario} = 'target' or ${t.measure} = 'plan_share'`;

/** In the order of lists. */
const inBytes = (id: SQLWrapper): SQL => sql`${id} collate "C"`;

/** The natural key of current states is a unique index in the custom migration. */
export const observations = pgTable(
  'observations',
  {
    ...state(),
    indicatorId: ref('indicator_id').notNull(),
    placeVersionId: ref('place_version_id').notNull(),
    periodStart: date('period_start', { mode: 'string' }).notNull(),
    periodEnd: date('period_end', { mode: 'string' }).notNull(),
    periodCumulative: boolean('period_cumulative').notNull(),
    periodLabel: text('period_label').notNull(),
    measure: text().$type<Measure>().notNull(),
    scenario: text().$type<Scenario>().notNull(),
    comparator: text().$type<Comparator>().notNull(),
    value: numeric({ mode: 'number' }),
    valueCode: text('value_code'),
    trend: text().$type<Trend>(),
    unit: text().notNull(),
    numerator: numeric({ mode: 'number' }),
    denominator: numeric({ mode: 'number' }),
    outOf: numeric('out_of', { mode: 'number' }),
    basisKind: text('basis_kind').$type<BasisKind>(),
    basisStart: date('basis_start', { mode: 'string' }),
    basisEnd: date('basis_end', { mode: 'string' }),
    basisIssuerId: ref('basis_issuer_id'),
    issuerId: ref('issuer_id'),
    scope: text(),
    dimensions: jsonb().$type<Dimensions>().notNull(),
    subsetOfId: ref('subset_of_id'),
    readings: jsonb().$type<Reading[]>().notNull(),
    ...sourced(),
    ...cell(),
  },
  (t) => [
    ...stateRules('observations', t, 'observation', [
      [t.indicatorId, 'indicator'],
      [t.placeVersionId, 'place_version'],
      [t.basisIssuerId, 'body'],
      [t.issuerId, 'body'],
      [t.subsetOfId, 'observation'],
      [t.datasetId, 'dataset'],
    ]),
    check('observations_cell', sql`num_nulls(${t.datasetId}, ${t.row}, ${t.column}) in (0, 3)`),
    // Of what an import compares its table with; to find the citation that a cell makes; and lists of what was published.
    index('observations_dataset')
      .on(t.datasetId, inBytes(t.id), t.sinceRelease, t.untilRelease)
      .where(sql`${t.datasetId} is not null`),
    wordCheck('observations', t.measure, Measure),
    wordCheck('observations', t.scenario, Scenario),
    wordCheck('observations', t.comparator, Comparator),
    wordCheck('observations', t.trend, Trend),
    wordCheck('observations', t.basisKind, BasisKind),
    periodCheck('observations', t),
    check(
      'observations_finding',
      sql`num_nonnulls(${t.value}, ${t.valueCode}, ${t.trend}, ${t.numerator}) > 0`,
    ),
    check('observations_fraction', sql`${t.denominator} <> 0`),
    check(
      'observations_rank',
      sql`(${t.outOf} is null or ${t.measure} = 'rank') and (${t.measure} <> 'rank' or ${t.value} >= 1)`,
    ),
    check(
      'observations_basis',
      sql`${t.basisKind} is not null or num_nonnulls(${t.basisStart}, ${t.basisEnd}, ${t.basisIssuerId}) = 0`,
    ),
    check('observations_no_own_subset', sql`${t.subsetOfId} <> ${t.id}`),
    index('observations_indicator').on(t.indicatorId, t.placeVersionId, t.periodEnd),
    // In the order of lists: all, and those of an indicator and of a place; with the releases, so that what does not hold in
    // the release that is asked for is passed over, and what does is counted, without reading the rows.
    index('observations_order').on(inBytes(t.id), t.sinceRelease, t.untilRelease),
    index('observations_indicator_order').on(t.indicatorId, inBytes(t.id), t.sinceRelease, t.untilRelease),
    index('observations_place_order').on(t.placeVersionId, inBytes(t.id), t.sinceRelease, t.untilRelease),
    index('observations_targets').on(inBytes(t.id)).where(isTarget(t)),
    index('observations_indicator_targets').on(t.indicatorId, inBytes(t.id)).where(isTarget(t)),
    // What few rows have: without these, a list of them would be looked for in all rows.
    index('observations_not_value').on(inBytes(t.id)).where(sql`${t.measure} <> 'value'`),
    index('observations_not_actual').on(inBytes(t.id)).where(sql`${t.scenario} <> 'actual'`),
    index('observations_flagged').on(inBytes(t.id)).where(sql`${t.flags} <> '{}'`),
    index('observations_since').on(t.sinceRelease),
    // Of a time, read and counted without the rows; a year before all figures is found by their starts alone.
    index('observations_period').on(t.periodEnd, t.periodStart, t.sinceRelease, t.untilRelease),
    index('observations_period_start').on(t.periodStart),
    index('observations_folded').using('gin', sql`${t.folded} gin_trgm_ops`).with({ fastupdate: 'off' }),
    // Of bodies and of totals, which few figures name.
    index('observations_issuer').on(t.issuerId, inBytes(t.id)).where(sql`${t.issuerId} is not null`),
    index('observations_basis_issuer')
      .on(t.basisIssuerId, inBytes(t.id))
      .where(sql`${t.basisIssuerId} is not null`),
    index('observations_subset').on(t.subsetOfId, inBytes(t.id)).where(sql`${t.subsetOfId} is not null`),
  ],
);

export const contradictions = pgTable(
  'contradictions',
  {
    ...state(),
    kind: text().$type<ContradictionKind>().notNull(),
    ...named(),
    outsideEvidence: text('outside_evidence').array().notNull(),
    ...sourced(),
  },
  (t) => [
    ...stateRules('contradictions', t, 'contradiction'),
    wordCheck('contradictions', t.kind, ContradictionKind),
  ],
);

export const contradictionSides = pgTable(
  'contradiction_sides',
  {
    contradictionId: ref('contradiction_id').notNull(),
    factId: ref('fact_id').notNull(),
    ordinal: integer().notNull(),
    states: text().notNull(),
    ...releaseSpan(),
  },
  (t) => [
    ...linkRules('contradiction_sides', t, [t.contradictionId, t.factId]),
    typeCheck('contradiction_sides', t.contradictionId, 'contradiction'),
    index('contradiction_sides_fact').on(t.factId),
  ],
);

export const documents = pgTable(
  'documents',
  {
    ...state(),
    fileName: text('file_name').notNull(),
    sha256: text().notNull(),
    languages: text().array().$type<Language[]>().notNull(),
    paragraphCount: integer('paragraph_count').notNull(),
    title: jsonb().$type<Names>().notNull(),
    publisher: text(),
    byline: text(),
    publishedOn: date('published_on', { mode: 'string' }),
    note: text(),
    folded: text().notNull(),
  },
  (t) => [
    ...stateRules('documents', t, 'document'),
    uniqueIndex('documents_sha256').on(t.sha256).where(sql`${t.untilRelease} is null`),
    check('documents_sha256_form', sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
    check('documents_paragraph_count', sql`${t.paragraphCount} > 0`),
  ],
);

export const datasets = pgTable(
  'datasets',
  {
    ...state(),
    title: jsonb().$type<Names>().notNull(),
    publisher: text(),
    licence: text(),
    sha256: text().notNull(),
    retrievedOn: date('retrieved_on', { mode: 'string' }),
    fileName: text('file_name'),
    /** The description by which the table was read, as it was written. */
    spec: text(),
    /** How many figures it has brought, and the SHA-256 of all that they say: so a release knows what it holds of it. */
    figures: integer(),
    figuresSha256: text('figures_sha256'),
    note: text(),
    folded: text().notNull(),
  },
  (t) => [
    ...stateRules('datasets', t, 'dataset'),
    check('datasets_sha256_form', sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
  ],
);

/** What a citation says; in a table its ids are references. */
const cited = (id: (name: string) => ReturnType<typeof ref>) => ({
  factId: id('fact_id').notNull(),
  ordinal: integer().notNull(),
  kind: text().$type<CitationKind>().notNull(),
  documentId: id('document_id'),
  paragraph: integer(),
  start: integer('start_offset'),
  end: integer('end_offset'),
  printed: text(),
  sha256: text(),
  inferred: text().array().notNull(),
  datasetId: id('dataset_id'),
  sheet: text(),
  row: integer('row_number'),
  column: text('column_name'),
  resolution: text(),
  date: date('resolution_date', { mode: 'string' }),
  packageName: text('package_name'),
  packageVersion: text('package_version'),
});

export const citations = pgTable(
  'citations',
  {
    ...state(),
    ...cited(ref),
  },
  (t) => [
    ...stateRules('citations', t, 'citation', [
      [t.documentId, 'document'],
      [t.datasetId, 'dataset'],
    ]),
    wordCheck('citations', t.kind, CitationKind),
    check(
      'citations_members',
      sql`case ${t.kind}
        when 'text' then num_nulls(${t.documentId}, ${t.paragraph}, ${t.start}, ${t.end}, ${t.sha256}) = 0
        when 'cell' then num_nulls(${t.datasetId}, ${t.row}, ${t.column}) = 0
        when 'legal' then ${t.resolution} is not null
        else num_nulls(${t.packageName}, ${t.packageVersion}) = 0 end`,
    ),
    check('citations_span', sql`${t.paragraph} > 0 and ${t.start} >= 0 and ${t.end} > ${t.start}`),
    check('citations_printed', sql`char_length(${t.printed}) <= 60`),
    index('citations_fact').on(t.factId),
    index('citations_document').on(t.documentId, t.paragraph, t.start),
    // Of what was published by a day.
    index('citations_legal').on(t.date).where(sql`${t.kind} = 'legal'`),
  ],
);

/** What `seeds/corrections.yml` says: why a record is not what its source was first read as. */
export const corrections = pgTable(
  'corrections',
  {
    ...state(),
    factId: ref('fact_id').notNull(),
    kind: text().$type<CorrectionKind>().notNull(),
    expected: jsonb().$type<Members>().notNull(),
    corrected: jsonb().$type<Members>().notNull(),
    mergedIntoId: ref('merged_into_id'),
    reason: text().notNull(),
    date: date({ mode: 'string' }).notNull(),
  },
  (t) => [
    ...stateRules('corrections', t, 'correction'),
    wordCheck('corrections', t.kind, CorrectionKind),
    check('corrections_merged_into', sql`(${t.mergedIntoId} is not null) = (${t.kind} = 'merge')`),
    index('corrections_fact').on(t.factId),
  ],
);

/** The order of the feed: by release, then by id, by bytes. Its whole index is in a custom migration. */
const inFeed = (t: Record<'release' | 'recordId', SQLWrapper>): SQL =>
  sql`(lpad(${t.release}::text, 9, '0') || ' ' || ${t.recordId}) collate "C"`;

/** What each release did to each record: written with the release, and never changed. */
export const changes = pgTable(
  'changes',
  {
    release: integer()
      .notNull()
      .references(() => releases.number),
    recordId: ref('record_id').notNull(),
    reason: text().$type<ChangeReason>().notNull(),
    correctionId: ref('correction_id'),
  },
  (t) => [
    primaryKey({ columns: [t.release, t.recordId] }),
    wordCheck('changes', t.reason, ChangeReason),
    typeCheck('changes', t.correctionId, 'correction'),
    check(
      'changes_correction',
      sql`${t.correctionId} is not null or ${t.reason} not in ('corrected', 'merged')`,
    ),
    index('changes_record').on(t.recordId, t.release),
    index('changes_type').on(sql`split_part(${t.recordId}, ':', 1)`, inFeed(t)),
    index('changes_not_new').on(t.reason, inFeed(t)).where(sql`${t.reason} <> 'new'`),
  ],
);

/**
 * Operational, not released: documents that clients may name instead of sending. Written by `src/ops/` alone; no
 * release knows of them.
 */
export const persistedOperations = pgTable(
  'persisted_operations',
  {
    /** SHA-256 of the document in hex. */
    hash: text().primaryKey(),
    /** Of the operations in the document, in its order; none for one without a name. */
    names: text().array().notNull(),
    document: text().notNull(),
    /** The file that it was first registered from. */
    file: text().notNull(),
    registeredAt: timestamp('registered_at', { withTimezone: true, mode: 'date', precision: 3 })
      .notNull()
      .defaultNow(),
  },
  (t) => [
    check(
      'persisted_operations_hash',
      sql`${t.hash} = encode(sha256(convert_to(${t.document}, 'UTF8')), 'hex')`,
    ),
  ],
);

/** What a client calls a persisted operation where that is not its SHA-256, such as Relay's MD5. */
export const persistedOperationIds = pgTable(
  'persisted_operation_ids',
  {
    id: text().primaryKey(),
    hash: text()
      .notNull()
      .references(() => persistedOperations.hash, { onDelete: 'cascade' }),
  },
  (t) => [
    check(
      'persisted_operation_ids_id',
      sql`${t.id} ~ '^(x-[A-Za-z0-9._~-]+:)?[A-Za-z0-9._~-]+$' and ${t.id} !~ '^[0-9a-f]{64}$'`,
    ),
    index('persisted_operation_ids_hash').on(t.hash),
  ],
);

/** Every citation: those of the table, and of each imported figure its cell. Made in a custom migration. */
export const allCitations = pgView('all_citations', {
  id: text().notNull(),
  sinceRelease: integer('since_release').notNull(),
  untilRelease: integer('until_release'),
  ...cited((name) => text(name)),
}).existing();

/** Every sourced record, whatever its type: made in the custom migration. */
export const records = pgView('records', {
  id: text().notNull(),
  type: text().$type<RecordType>().notNull(),
  sinceRelease: integer('since_release').notNull(),
  untilRelease: integer('until_release'),
  name: jsonb().$type<Names>(),
  indicatorId: text('indicator_id'),
  placeVersionId: text('place_version_id'),
  flags: text().array().$type<Flag[]>().notNull(),
  note: text(),
  folded: text().notNull(),
}).existing();
