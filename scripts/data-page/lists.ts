/** Places, themes, mottos, events, people, bodies, instruments and contradictions: one table or list each. */
import type { Seeds } from '../../src/import/shapes.ts';
import { paragraphs, sentence, table } from './markdown.ts';
import { citationsById } from './overview.ts';
import { keyOf, nameOf, periodOf, plain, type Wording } from './wording.ts';

const doubts = 'read with care';

/** Those that a document names; what they became is a name or two, not a tree. */
export function places({ places, placeChanges }: Seeds, words: Wording): string {
  const named = places
    .flatMap(({ id, versions }) => versions.map((version) => ({ ...version, id })))
    .map((version) => ({ ...version, citations: version.citations.filter((one) => 'document' in one) }))
    .filter(({ citations }) => citations.length > 0);
  const rows = named.map((version) => {
    const { id, code, parent, validFrom, validTo, citations } = version;
    const key = `place_version:${code}${validFrom ? `@${validFrom}` : ''}`;
    const became = placeChanges
      .flatMap(({ links }) => links)
      .filter(({ from }) => from === key)
      .map(({ to, coverage }) => (to ? `${amounts[coverage]} ${codeOf(to)}` : 'not known'));
    return [
      words.place(id),
      code,
      parent ? words.place(parent) : '',
      validTo ? periodOf(validTo) : 'in force',
      became.join(', '),
      words.printed({ ...version, name: {} }),
      words.sources(citations),
      words.remarks(version),
    ];
  });
  const head = ['place', 'code', 'in', 'until', 'then', 'as printed', 'where', doubts];
  const until = '*Until* is the first day on which it was no more; *then* is the code of what it became.';
  return paragraphs('## Places', until, table(head, rows));
}

const amounts = { whole: 'whole of it', part: 'part of it', primary: 'mainly', unknown: 'perhaps' };

/** `place_version:15@2025-07-01` → `15`. */
const codeOf = (version: string): string => version.replace(/^place_version:/, '').replace(/@.*/, '');

export function themes({ themes }: Seeds, words: Wording): string {
  const rows = themes.map((theme) => [
    theme.place ? words.place(theme.place) : '',
    theme.period ? periodOf(theme.period) : '',
    nameOf(theme.name),
    words.printed({ name: theme.name }),
    (theme.elements ?? []).map(nameOf).join('; '),
    [theme.body, theme.event].flatMap((id) => (id ? [words.name(id)] : [])).join('; '),
    words.sources(theme.citations),
    words.remarks(theme),
  ]);
  const head = ['place', 'period', 'theme', 'as printed', 'elements', 'set by, for', 'where', doubts];
  return paragraphs('## Themes', table(head, rows));
}

export function mottos({ mottos }: Seeds, words: Wording): string {
  const itemsOf = ({ items = [], announcedCount }: (typeof mottos)[number]): string => {
    if (items.length > 0) return items.map(nameOf).join('; ');
    return announcedCount ? `${announcedCount} announced, none listed` : '';
  };
  const rows = mottos.map((motto) => [
    motto.place ? words.place(motto.place) : '',
    motto.kind,
    nameOf(motto.name),
    words.printed({ name: motto.name }),
    itemsOf(motto),
    words.sources(motto.citations),
    words.remarks(motto),
  ]);
  const head = ['place', 'kind', 'motto', 'as printed', 'items', 'where', doubts];
  return paragraphs('## Mottos, movements and campaigns', table(head, rows));
}

export function events({ events }: Seeds, words: Wording): string {
  const rows = events.map((event) => [
    nameOf(event.name),
    event.kind,
    event.place ? words.place(event.place) : '',
    event.period ? periodOf(event.period) : 'not printed',
    event.body ? words.name(event.body) : '',
    words.printed({ name: event.name }),
    words.sources(event.citations),
    words.remarks(event),
  ]);
  const head = ['event', 'kind', 'place', 'date', 'held by', 'as printed', 'where', doubts];
  return paragraphs('## Events', table(head, rows));
}

export function people({ persons }: Seeds, words: Wording): string {
  const rows = persons.map((person) => [
    nameOf(person.name),
    words.printed(person),
    (person.offices ?? [])
      .map((office) => `${nameOf(office)} (${words.printed({ name: office })})`)
      .join('; '),
    words.sources(person.citations),
    words.remarks(person),
  ]);
  return paragraphs('## People', table(['name', 'as printed', 'office', 'where', doubts], rows));
}

export function bodies({ bodies }: Seeds, words: Wording): string {
  const rows = bodies.map((body) => [
    nameOf(body.name),
    body.place ? words.place(body.place) : '',
    words.printed({ ...body, citations: [] }),
    words.sources(body.citations),
    words.remarks(body),
  ]);
  return paragraphs('## Bodies', table(['body', 'place', 'as printed', 'where', doubts], rows));
}

export function instruments({ instruments }: Seeds, words: Wording): string {
  const rows = instruments.map((instrument) => [
    nameOf(instrument.name),
    plain(instrument.kind),
    instrument.number ?? '',
    instrument.body ? words.name(instrument.body) : '',
    instrument.issuedOn ? periodOf(instrument.issuedOn) : '',
    instrument.period ? periodOf(instrument.period) : '',
    words.printed(instrument),
    words.sources(instrument.citations),
    words.remarks(instrument),
  ]);
  const head = ['instrument', 'kind', 'number', 'issued by', 'on', 'for', 'as printed', 'where', doubts];
  return paragraphs('## Resolutions, plans and programmes', table(head, rows));
}

export function contradictions(seeds: Seeds, words: Wording): string {
  const citationsOf = citationsById(seeds);
  const parts = seeds.contradictions.map(({ name, kind, sides, outsideEvidence = [], note }) => {
    const stated = sides.map(
      ({ fact, states }) =>
        `- ${sentence(states)} (${words.sources(citationsOf.get(fact) ?? [])}, \`${fact}\`)`,
    );
    const outside = outsideEvidence.map((evidence) => `- Outside the documents: ${sentence(evidence)}`);
    const about = `Differs in: ${kind}. ${words.note(note)}`.trim();
    return paragraphs(`### ${nameOf(name)}`, about, [...stated, ...outside].join('\n'));
  });
  const pages = seeds.documents
    .map(({ id }) => keyOf(id))
    .map((key) => `[${key}](curation/${key}.md#looks-like-a-contradiction-and-is-none)`);
  const near = `What looks like a contradiction and is none is told, with its reason, by document: ${pages.join(', ')}.`;
  return paragraphs('## Contradictions', near, ...parts);
}
