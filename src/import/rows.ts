/** Turns the records of the seed files into the rows of the tables: long, since each column is named once. */
import { foldedNames, type Named } from '../db/fold.ts';
import { type Alias, Flag, type Names } from '../schema/common.ts';
import { parsePeriod } from '../schema/period.ts';
import { namesOfChange } from './change-kind.ts';
import type { Fact } from './checker.ts';
import { citationRow } from './citations.ts';
import type { Row, Rows } from './desired.ts';
import { type Binding, type Gazetteer, noBinding, type Placed, type PlaceVersion } from './gazetteer.ts';
import type { SeedRecord, Seeds } from './shapes.ts';

type SeedNames = SeedRecord<'bodies'>['name'];
type SeedAlias = NonNullable<SeedRecord<'bodies'>['aliases']>[number];
type Sourced = Pick<SeedRecord<'contradictions'>, 'flags' | 'note'>;
type Dated = Pick<SeedRecord<'themes'>, 'period' | 'cumulative'>;

/** Every desired row. Where the gazetteer finds a fault, it is told there and the row is of no use. */
export function makeRows(seeds: Seeds, gazetteer: Gazetteer, facts: readonly Fact[]): Rows {
  const make = new RowMaker(seeds, gazetteer);
  return {
    documents: seeds.documents.map(documentRow),
    datasets: [],
    placeVersions: gazetteer.versions.map((version) => make.placeVersion(version)),
    placeChanges: seeds.placeChanges.map((record) => make.placeChange(record)),
    bodies: seeds.bodies.map((record) => make.body(record)),
    persons: seeds.persons.map((record) => make.person(record)),
    events: seeds.events.map((record) => make.event(record)),
    instruments: seeds.instruments.map((record) => make.instrument(record)),
    themes: seeds.themes.map((record) => make.theme(record)),
    mottos: seeds.mottos.map((record) => make.motto(record)),
    tasks: seeds.tasks.map((record) => make.task(record)),
    indicators: seeds.indicators.map((record) => make.indicator(record)),
    observations: seeds.observations.map((record) => make.observation(record)),
    contradictions: seeds.contradictions.map((record) => make.contradiction(record)),
    corrections: seeds.corrections.map(correctionRow),
    citations: facts.flatMap(({ id, record: { citations = [] } }) =>
      citations.map((citation, index) => citationRow(id, citation, index + 1)),
    ),
    placeLinks: seeds.placeChanges.flatMap(({ id, links }) =>
      links.map(({ from, to, coverage }) => ({
        changeId: id,
        fromId: from,
        toId: to,
        coverage,
        datasetId: null,
      })),
    ),
    taskBodies: seeds.tasks.flatMap(({ id, responsible, supporting }) => [
      ...numbered(responsible, (bodyId) => ({ taskId: id, role: 'responsible' as const, bodyId })),
      ...numbered(supporting, (bodyId) => ({ taskId: id, role: 'supporting' as const, bodyId })),
    ]),
    taskPlaces: make.taskPlaces,
    indicatorLinks: indicatorLinks(seeds),
    contradictionSides: seeds.contradictions.flatMap(({ id, sides }) =>
      numbered(sides, ({ fact, states }) => ({ contradictionId: id, factId: fact, states })),
    ),
  };
}

class RowMaker {
  /** Filled while the tasks are made, since a locality too can be older than its versions. */
  readonly taskPlaces: Row<'taskPlaces'>[] = [];
  readonly #gazetteer: Gazetteer;
  readonly #contradicted: Set<string>;

  constructor(seeds: Seeds, gazetteer: Gazetteer) {
    this.#gazetteer = gazetteer;
    this.#contradicted = new Set(seeds.contradictions.flatMap(({ sides }) => sides.map(({ fact }) => fact)));
  }

  placeVersion({ id, place, version }: PlaceVersion): Row<'placeVersions'> {
    const { code, type, nameBasis, parent, validFrom, validFromBasis, validTo, validToBasis } = version;
    const { observedFrom } = version;
    return {
      ...this.#sourced(id, version, [version.name, version.fullName, version.aliases, code]),
      placeId: place.id,
      level: place.level,
      code,
      type,
      name: names(version.name),
      fullName: names(version.fullName),
      nameBasis: nameBasis ?? null,
      aliases: aliases(version.aliases),
      parentId: parent ?? null,
      validFrom: validFrom ?? null,
      validFromBasis: validFromBasis ?? null,
      validTo: validTo ?? null,
      validToBasis: validToBasis ?? null,
      observedFrom: observedFrom ?? null,
    };
  }

  placeChange(record: SeedRecord<'placeChanges'>): Row<'placeChanges'> {
    const { kind, effectiveOn, enactedOn, legalBasis } = record;
    return {
      ...this.#sourced(record.id, record, namesOfChange(kind, effectiveOn, legalBasis)),
      kind,
      effectiveOn,
      enactedOn: enactedOn ?? null,
      legalBasis: legalBasis ?? null,
    };
  }

  body(record: SeedRecord<'bodies'>): Row<'bodies'> {
    return {
      ...this.#placed(record, [record.name, record.aliases]),
      kind: record.kind,
      name: names(record.name),
      aliases: aliases(record.aliases),
      parentId: record.parent ?? null,
    };
  }

  person(record: SeedRecord<'persons'>): Row<'persons'> {
    return {
      ...this.#placed(record, [record.name, record.offices]),
      name: names(record.name),
      offices: (record.offices ?? []).map(names),
      bodyId: record.body ?? null,
    };
  }

  event(record: SeedRecord<'events'>): Row<'events'> {
    return {
      ...this.#placed(record, [record.name]),
      ...dated(record),
      kind: record.kind,
      name: names(record.name),
      bodyId: record.body ?? null,
      instrumentId: record.instrument ?? null,
    };
  }

  instrument(record: SeedRecord<'instruments'>): Row<'instruments'> {
    return {
      ...this.#placed(record, [record.number, record.name]),
      ...dated(record),
      kind: record.kind,
      number: record.number ?? null,
      name: names(record.name),
      bodyId: record.body ?? null,
      issuedOn: record.issuedOn ?? null,
      implementsId: record.implements ?? null,
    };
  }

  theme(record: SeedRecord<'themes'>): Row<'themes'> {
    return {
      ...this.#placed(record, [record.name, record.elements]),
      ...dated(record),
      name: names(record.name),
      elements: (record.elements ?? []).map(names),
      bodyId: record.body ?? null,
      eventId: record.event ?? null,
      instrumentId: record.instrument ?? null,
    };
  }

  motto(record: SeedRecord<'mottos'>): Row<'mottos'> {
    return {
      ...this.#placed(record, [record.name, record.items]),
      ...dated(record),
      kind: record.kind,
      name: names(record.name),
      announcedCount: record.announcedCount ?? null,
      items: (record.items ?? []).map(names),
      bodyId: record.body ?? null,
      themeId: record.theme ?? null,
      taskId: record.task ?? null,
    };
  }

  task(record: SeedRecord<'tasks'>): Row<'tasks'> {
    const { localities: places = [], deadline } = record;
    const localities = places.map((place, index) => this.#gazetteer.bind(record, place, places, index));
    this.taskPlaces.push(...numbered(localities, ({ id }) => ({ taskId: record.id, placeVersionId: id })));
    return {
      ...this.#placed(record, [record.name], localities),
      ...dated(record),
      kind: record.kind,
      ordinal: record.ordinal ?? null,
      name: names(record.name),
      announcedCount: record.announcedCount ?? null,
      parentId: record.parent ?? null,
      bodyId: record.body ?? null,
      deadlineDate: deadline?.date ?? null,
      deadlineComparator: deadline?.comparator ?? null,
      themeId: record.theme ?? null,
      eventId: record.event ?? null,
      instrumentId: record.instrument ?? null,
      repeatsId: record.repeats ?? null,
    };
  }

  indicator(record: SeedRecord<'indicators'>): Row<'indicators'> {
    const { id, name, definition } = record;
    return { ...this.#sourced(id, record, [name, definition]), ...indicatorMembers(record) };
  }

  observation(record: SeedRecord<'observations'>): Row<'observations'> {
    const { basis, scope, valueCode, note } = record;
    const basisPeriod = basis?.period ? parsePeriod(basis.period) : undefined;
    const { start, end, label } = parsePeriod(record.period);
    const place = this.#gazetteer.bind(record, record.place, record, 'place');
    return {
      ...this.#sourced(record.id, record, [scope, valueCode?.replaceAll('_', ' '), note], [place]),
      placeVersionId: place.id,
      periodStart: start,
      periodEnd: end,
      periodCumulative: record.cumulative ?? false,
      periodLabel: label,
      indicatorId: record.indicator,
      measure: record.measure,
      scenario: record.scenario,
      comparator: record.comparator,
      value: record.value ?? null,
      valueCode: valueCode ?? null,
      trend: record.trend ?? null,
      unit: record.unit,
      numerator: record.numerator ?? null,
      denominator: record.denominator ?? null,
      outOf: record.outOf ?? null,
      basisKind: basis?.kind ?? null,
      basisStart: basisPeriod?.start ?? null,
      basisEnd: basisPeriod?.end ?? null,
      basisIssuerId: basis?.issuer ?? null,
      issuerId: record.issuer ?? null,
      scope: scope ?? null,
      dimensions: record.dimensions ?? {},
      subsetOfId: record.subsetOf ?? null,
      readings: record.readings ?? [],
      ...noCell,
    };
  }

  contradiction(record: SeedRecord<'contradictions'>): Row<'contradictions'> {
    const { kind, name, sides, outsideEvidence = [], note } = record;
    return {
      ...this.#sourced(record.id, record, [name, sides.map(({ states }) => states), outsideEvidence, note]),
      kind,
      name: names(name),
      outsideEvidence,
    };
  }

  #placed(
    record: Sourced & Placed & { id: string; place?: string | null },
    named: Named[],
    others: Binding[] = [],
  ) {
    const place = record.place ? this.#gazetteer.bind(record, record.place, record, 'place') : noBinding;
    return {
      ...this.#sourced(record.id, record, named, [place, ...others]),
      placeVersionId: record.place ? place.id : null,
    };
  }

  #sourced(id: string, { flags = [], note }: Sourced, named: Named[], bindings: Binding[] = []) {
    const all = new Set<Flag>(flags);
    if (bindings.some(({ assumed }) => assumed)) all.add('place_version_assumed');
    if (this.#contradicted.has(id)) all.add('in_contradiction');
    // In one order, so that a reordered list in a seed file is no revision.
    const sorted = Flag.enum.filter((flag) => all.has(flag));
    return { id, flags: sorted, note: note ?? null, folded: foldedNames(named) };
  }
}

/** What an indicator says of itself, whoever brings it. */
export function indicatorMembers(record: Omit<SeedRecord<'indicators'>, 'citations' | 'possiblySameAs'>) {
  const { id, name, definition, unit, topic, direction, additive } = record;
  const code = id.slice('indicator:'.length);
  return { code, name: names(name), definition: names(definition), unit, topic, direction, additive };
}

function documentRow(record: SeedRecord<'documents'>): Row<'documents'> {
  const { id, fileName, sha256, languages, paragraphCount, publishedOn } = record;
  const { title, publisher, byline, note } = record;
  return {
    id,
    fileName,
    sha256,
    languages,
    paragraphCount,
    title: names(title ?? {}),
    publisher: publisher ?? null,
    byline: byline ?? null,
    publishedOn: publishedOn ?? null,
    note: note ?? null,
    folded: foldedNames(fileName, title, publisher, byline),
  };
}

function correctionRow(record: SeedRecord<'corrections'>): Row<'corrections'> {
  const { id, fact, expect, set, mergedInto, reason, date } = record;
  return {
    id,
    factId: fact,
    kind: set ? 'set' : mergedInto ? 'merge' : 'withdraw',
    expected: expect,
    corrected: set ?? {},
    mergedIntoId: mergedInto ?? null,
    reason,
    date,
  };
}

/** Each link once from either side, whichever side the seed file lists it at. */
function indicatorLinks({ indicators }: Seeds): Row<'indicatorLinks'>[] {
  const links = indicators.flatMap(({ id, possiblySameAs = [] }) =>
    possiblySameAs.flatMap((other) => [
      { fromId: id, toId: other },
      { fromId: other, toId: id },
    ]),
  );
  return [...new Map(links.map((link) => [`${link.fromId} ${link.toId}`, link])).values()];
}

/** Figures of documents stand in no table. */
const noCell = { datasetId: null, sheet: null, row: null, column: null };

function numbered<T, R extends object>(items: readonly T[] = [], rowOf: (item: T) => R) {
  return items.map((item, index) => ({ ...rowOf(item), ordinal: index + 1 }));
}

export function names({ vi, en, ar, he }: SeedNames): Names {
  return { vi: vi ?? null, en: en ?? null, ar: ar ?? null, he: he ?? null };
}

function aliases(list: SeedAlias[] = []): Alias[] {
  return list.map(({ text, language, document }) => ({ text, language, document: document ?? null }));
}

function dated({ period, cumulative }: Dated) {
  if (!period) return { periodStart: null, periodEnd: null, periodCumulative: null, periodLabel: null };
  const { start, end, label } = parsePeriod(period);
  return { periodStart: start, periodEnd: end, periodCumulative: cumulative ?? false, periodLabel: label };
}
