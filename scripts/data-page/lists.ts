/** Themes, mottos, events, people, bodies, instruments and contradictions: one table or list each. */
import type { Seeds } from '../../src/import/shapes.ts';
import { paragraphs, sentence, table } from './markdown.ts';
import { citationsById, keyOf } from './overview.ts';
import { nameOf, periodOf, plain, type Words } from './words.ts';

const printedOf = ({ ar, he }: { ar?: string | null; he?: string | null }): string => ar ?? he ?? '';

export function themes({ themes }: Seeds, words: Words): string {
  const rows = themes.map(({ name, elements = [], place, period, body, event, citations }) => [
    place ? words.place(place) : '',
    period ? periodOf(period) : '',
    nameOf(name),
    printedOf(name),
    elements.map(nameOf).join('; '),
    [body, event].flatMap((id) => (id ? [words.name(id)] : [])).join('; '),
    words.sources(citations),
  ]);
  const head = ['place', 'period', 'theme', 'as printed', 'elements', 'set by, for', 'where'];
  return paragraphs('## Themes', table(head, rows));
}

export function mottos({ mottos }: Seeds, words: Words): string {
  const rows = mottos.map(({ kind, name, announcedCount, items = [], place, citations, note }) => [
    place ? words.place(place) : '',
    kind,
    nameOf(name),
    printedOf(name),
    items.length > 0
      ? items.map(nameOf).join('; ')
      : announcedCount
        ? `${announcedCount} announced, none listed`
        : '',
    words.sources(citations),
    note ?? '',
  ]);
  const head = ['place', 'kind', 'motto', 'as printed', 'items', 'where', 'note'];
  return paragraphs('## Mottos, movements and campaigns', table(head, rows));
}

export function events({ events }: Seeds, words: Words): string {
  const rows = events.map(({ name, kind, place, period, body, citations, note }) => [
    nameOf(name),
    kind,
    place ? words.place(place) : '',
    period ? periodOf(period) : 'not printed',
    body ? words.name(body) : '',
    words.sources(citations),
    note ?? '',
  ]);
  return paragraphs('## Events', table(['event', 'kind', 'place', 'date', 'held by', 'where', 'note'], rows));
}

export function people({ persons }: Seeds, words: Words): string {
  const rows = persons.map(({ name, offices = [], citations, note }) => [
    nameOf(name),
    printedOf(name),
    offices.map(nameOf).join('; '),
    words.sources(citations),
    note ?? '',
  ]);
  return paragraphs('## People', table(['name', 'as printed', 'office', 'where', 'note'], rows));
}

export function bodies({ bodies }: Seeds, words: Words): string {
  const rows = bodies.map(({ name, place, aliases = [], citations, note }) => [
    nameOf(name),
    place ? words.place(place) : '',
    aliases.map(({ text }) => text).join('; '),
    words.sources(citations),
    note ?? '',
  ]);
  return paragraphs('## Bodies', table(['body', 'place', 'as printed', 'where', 'note'], rows));
}

export function instruments({ instruments }: Seeds, words: Words): string {
  const rows = instruments.map(({ name, kind, number, body, issuedOn, period, citations, note }) => [
    nameOf(name),
    plain(kind),
    number ?? '',
    body ? words.name(body) : '',
    issuedOn ? periodOf(issuedOn) : '',
    period ? periodOf(period) : '',
    words.sources(citations),
    note ?? '',
  ]);
  const head = ['instrument', 'kind', 'number', 'issued by', 'on', 'for', 'where', 'note'];
  return paragraphs('## Resolutions, plans and programmes', table(head, rows));
}

export function contradictions(seeds: Seeds, words: Words): string {
  const citationsOf = citationsById(seeds);
  const parts = seeds.contradictions.map(({ name, kind, sides, outsideEvidence = [], note }) => {
    const stated = sides.map(
      ({ fact, states }) =>
        `- ${sentence(states)} (${words.sources(citationsOf.get(fact) ?? [])}, \`${fact}\`)`,
    );
    const outside = outsideEvidence.map((evidence) => `- Outside the documents: ${sentence(evidence)}`);
    const about = [`Differs in: ${kind}.`, note ?? ''].join(' ').trim();
    return paragraphs(`### ${nameOf(name)}`, about, [...stated, ...outside].join('\n'));
  });
  const pages = seeds.documents
    .map(({ id }) => keyOf(id))
    .map((key) => `[${key}](curation/${key}.md#looks-like-a-contradiction-and-is-none)`);
  const near = `What looks like a contradiction and is none is told, with its reason, by document: ${pages.join(', ')}.`;
  return paragraphs('## Contradictions', near, ...parts);
}
