/**
 * Every edge between published types, once. Where a link bears the name of a field, REST embeds
 * the short form or the ids and GraphQL serves the whole records; otherwise it is GraphQL's alone.
 */
import type { ListName } from './operations.ts';

export interface Link {
  /** One record or null, or a connection of many. */
  kind: 'one' | 'many';
  /** The type at the far end; `Node`: any record, by its id. */
  to: string;
  description: string;
  /** The list operation whose arguments the connection takes. */
  args?: ListName;
}

const one = (to: string, description: string): Link => ({ kind: 'one', to, description });
const many = (to: string, args: ListName | undefined, description: string): Link => ({
  kind: 'many',
  to,
  description,
  ...(args === undefined ? {} : { args }),
});

const sourced = {
  citations: many('Citation', undefined, 'Where the record is printed or enacted.'),
  contradictions: many('Contradiction', 'contradictions', 'Contradictions that the record is a side of.'),
};
const place = one('Place', 'The place, in the version that the record belongs to.');
const indicator = one('Indicator', 'What is measured.');
const body = one('Body', 'The body that issued or holds it.');

export const links = {
  Place: {
    parent: one('Place', 'The place directly above, on the day asked for.'),
    current: one('Place', 'Where a superseded version lives on.'),
    otherVersions: many('Place', 'places', 'Who else bore this code at this level.'),
    versions: many('Place', undefined, 'All versions of the place, this one included.'),
    ancestors: many('Place', 'places', 'What lies above it, nearest first, on the day asked for.'),
    children: many('Place', 'places', 'The places directly below, on the day asked for.'),
    descendants: many('Place', 'places', 'Every place below, on the day asked for.'),
    bodies: many('Body', 'bodies', 'Bodies of the place.'),
    persons: many('Person', 'persons', 'Persons who hold an office there.'),
    events: many('Event', 'events', 'Events of the place.'),
    instruments: many('Instrument', 'instruments', 'Instruments of the place.'),
    mottos: many('Motto', 'mottos', 'Mottos of the place.'),
    themes: many('Theme', 'themes', 'Themes of the place.'),
    tasks: many('Task', 'tasks', 'Tasks of the place.'),
    localTasks: many('Task', 'tasks', 'Tasks of a larger place that name this one.'),
    observations: many('Observation', 'observations', 'What was reported of the place.'),
    targets: many('Target', 'targets', 'What was set out for the place, with what came of it.'),
    ...sourced,
  },
  Lineage: {
    place: one('Place', 'The version at the other end.'),
    dataset: one('Dataset', 'The imported table that says it; null: the gazetteer does.'),
  },
  CrosswalkRow: {
    from: one('Place', 'The version of the earlier day.'),
    to: one('Place', 'The version of the later day; null where nobody names it.'),
  },
  LookupAnswer: { place: one('Place', 'The place that was found, in the version that fits.') },
  LookupCandidate: { place: one('Place', 'The place, in the version that fits.') },
  LookupSuggestion: { place: one('Place', 'The place, in the version that is meant.') },
  Alias: { document: one('Document', 'The document that prints it.') },
  Body: {
    place,
    parent: one('Body', 'The body above.'),
    children: many('Body', 'bodies', 'The bodies below.'),
    persons: many('Person', 'persons', 'Persons who hold an office in it.'),
    events: many('Event', 'events', 'Events that it organised.'),
    instruments: many('Instrument', 'instruments', 'Instruments that it issued.'),
    mottos: many('Motto', 'mottos', 'Mottos that it uses.'),
    themes: many('Theme', 'themes', 'Themes that it set.'),
    tasks: many('Task', 'tasks', 'Tasks that it set.'),
    responsibleFor: many('Task', 'tasks', 'Tasks that it is to do.'),
    supports: many('Task', 'tasks', 'Tasks that it supports.'),
    observations: many('Observation', 'observations', 'Figures that it set or reported.'),
    targets: many('Target', 'targets', 'Targets that it set, with what came of them.'),
    measuredAgainst: many('Observation', 'observations', 'Figures measured against a plan of it.'),
    ...sourced,
  },
  Person: { body, place, ...sourced },
  Event: {
    body,
    place,
    instrument: one('Instrument', 'The instrument that it served.'),
    themes: many('Theme', 'themes', 'Themes of the event.'),
    tasks: many('Task', 'tasks', 'Tasks set at the event.'),
    ...sourced,
  },
  Instrument: {
    body,
    place,
    implements: one('Instrument', 'The instrument that it implements.'),
    implementedBy: many('Instrument', 'instruments', 'Instruments that implement it.'),
    events: many('Event', 'events', 'Events that served it.'),
    themes: many('Theme', 'themes', 'Themes that rest on it.'),
    tasks: many('Task', 'tasks', 'Tasks that rest on it.'),
    ...sourced,
  },
  Motto: {
    body,
    place,
    theme: one('Theme', 'The theme that it goes with.'),
    task: one('Task', 'The task that it goes with.'),
    ...sourced,
  },
  Theme: {
    body,
    place,
    event: one('Event', 'The event that it is the theme of.'),
    instrument: one('Instrument', 'The instrument that it rests on.'),
    mottos: many('Motto', 'mottos', 'Mottos that go with it.'),
    tasks: many('Task', 'tasks', 'Tasks under the theme.'),
    ...sourced,
  },
  Task: {
    parent: one('Task', 'The task that it is a part of.'),
    subtasks: many('Task', 'tasks', 'Its parts, in printed order.'),
    body,
    place,
    responsible: many('Body', 'bodies', 'The bodies that are to do it.'),
    supporting: many('Body', 'bodies', 'The bodies that support it or are to be reported to.'),
    localities: many('Place', 'places', 'Where it is to be done, if narrower than its place.'),
    theme: one('Theme', 'The theme that it belongs to.'),
    event: one('Event', 'The event at which it was set.'),
    instrument: one('Instrument', 'The instrument that it rests on.'),
    repeats: one('Task', 'The task that it says again.'),
    repeatedBy: many('Task', 'tasks', 'Tasks that say it again.'),
    mottos: many('Motto', 'mottos', 'Mottos that go with it.'),
    ...sourced,
  },
  Indicator: {
    possiblySameAs: many('Indicator', 'indicators', 'Indicators that sources may mean alike.'),
    observations: many('Observation', 'observations', 'Its figures.'),
    targets: many('Target', 'targets', 'Its targets, with what came of them.'),
    ...sourced,
  },
  Observation: {
    indicator,
    place,
    issuer: one('Body', 'The body that set or reported the figure.'),
    subsetOf: one('Observation', 'The total that this figure is a part of.'),
    subsets: many('Observation', 'observations', 'Figures that are a part of this one.'),
    dataset: one('Dataset', 'The imported table that the figure stands in.'),
    ...sourced,
  },
  Target: {
    observation: one('Observation', 'The observation that states it.'),
    indicator: one('Indicator', 'What is measured.'),
    place,
    issuer: one('Body', 'The body that set the target, or reported the share of the plan.'),
    subsetOf: one('Observation', 'The total that the figure is a part of.'),
    ...sourced,
  },
  TargetResult: {
    observation: one('Observation', 'The result; null where there is none, or several that disagree.'),
  },
  TargetInput: {
    observation: one('Observation', 'The observation.'),
    place,
  },
  Scorecard: {
    place: one('Place', 'The place, in the version in force at the end of the year, or the nearest.'),
    themes: many('Theme', 'themes', 'Its guiding themes.'),
    targets: many('Target', 'targets', 'Its targets, each with its result.'),
    observations: many(
      'Observation',
      'observations',
      'What came of it in numbers: results that are no ranks.',
    ),
    rankings: many('Observation', 'observations', 'Its ranks, and the places it gained or lost in rankings.'),
    findings: many(
      'Observation',
      'observations',
      'What came of it without a number: results that are no ranks.',
    ),
    tasks: many('Task', 'tasks', 'Its tasks and their parts; those with a deadline in the year, too.'),
    contradictions: many(
      'Contradiction',
      'contradictions',
      'Contradictions with a side among all these records.',
    ),
  },
  Claims: { observations: many('Observation', 'observations', 'The observations that state it.') },
  Comparability: {
    place: one('Place', 'The place of that day; null where there is none, or several.'),
  },
  ComparabilityInput: {
    place: one('Place', 'The place that the territory was made of.'),
    observation: one('Observation', 'Its figure; null where none is known.'),
  },
  Series: { indicator, place: one('Place', 'The place as it is today, or was last.') },
  SeriesPoint: {
    observation: one('Observation', 'The whole observation; null for a residual.'),
    indicator,
    place,
    issuer: one('Body', 'The body that set or reported the figure.'),
    dataset: one('Dataset', 'The imported table that the figure stands in.'),
    contradictions: sourced.contradictions,
    inputs: many('Observation', 'observations', 'What a residual was computed of.'),
  },
  SeriesBreak: { since: one('Observation', 'The point before.') },
  CoverageCell: {
    place: one('Place', 'The place, in its last version of that year.'),
    indicator,
    observations: many('Observation', 'observations', 'The figures and findings.'),
    documents: many('Document', 'documents', 'The documents that print a figure of the place for that year.'),
  },
  Basis: { issuer: one('Body', 'Whose plan or estimate it was.') },
  Contradiction: { citations: sourced.citations },
  Side: { fact: one('Fact', 'The record.') },
  Fact: { record: one('Node', 'The whole record.'), ...sourced },
  Citation: {
    fact: one('Fact', 'The record that it proves.'),
    document: one('Document', 'The document that it points into.'),
    dataset: one('Dataset', 'The imported table that it points into.'),
  },
  Document: { citations: many('Citation', 'documentCitations', 'Every citation that points into it.') },
  Hit: {
    record: one('Node', 'The whole record.'),
    place: one('Place', 'The place of the record.'),
  },
} satisfies Record<string, Record<string, Link>>;

export type LinkedType = keyof typeof links;
/** The links of any published type, empty where it has none. */
export const linksOf = (type: string): Record<string, Link> =>
  (links as Record<string, Record<string, Link>>)[type] ?? {};
