/** What there is: how many records of each kind each document states. */
import type { SeedCitation } from '../../src/import/shape-parts.ts';
import type { Seeds } from '../../src/import/shapes.ts';
import { paragraphs, sentence, table } from './markdown.ts';
import { keyOf } from './wording.ts';

const sections = [
  'bodies',
  'persons',
  'events',
  'instruments',
  'themes',
  'mottos',
  'tasks',
  'indicators',
  'observations',
] as const;

interface Cited {
  citations?: readonly SeedCitation[];
}

/** Kind → records with all their citations; a contradiction has those of its sides. */
export function recordsOf(seeds: Seeds): [kind: string, records: Cited[]][] {
  const { places, contradictions } = seeds;
  const citationsOf = citationsById(seeds);
  return [
    ['place versions', places.flatMap(({ versions }) => versions)],
    ...sections.map((section): [string, Cited[]] => [section, seeds[section]]),
    [
      'contradictions',
      contradictions.map(({ sides }) => ({
        citations: sides.flatMap(({ fact }) => citationsOf.get(fact) ?? []),
      })),
    ],
  ];
}

export function citationsById(seeds: Seeds): Map<string, readonly SeedCitation[]> {
  return new Map(
    Object.values(seeds)
      .flat()
      .flatMap((record) =>
        'citations' in record && 'id' in record ? [[record.id, record.citations ?? []]] : [],
      ),
  );
}

export function statedBy(document: string, records: readonly Cited[]): number {
  return records.filter(({ citations = [] }) =>
    citations.some((citation) => 'document' in citation && citation.document === document),
  ).length;
}

/** A record that two documents state counts in both, and once in all. */
export function overview(seeds: Seeds): string {
  const { documents } = seeds;
  const rows = recordsOf(seeds).map(([kind, records]) => [
    kind,
    ...documents.map(({ id }) => String(statedBy(id, records))),
    String(records.length),
  ]);
  const about = documents.map(({ id, byline, note }) => {
    const by = byline ? ` Byline: ${sentence(byline)}` : '';
    return `- [${keyOf(id)}](curation/${keyOf(id)}.md): ${note ?? ''}${by}`;
  });
  return paragraphs(
    '## What there is',
    about.join('\n'),
    table(['records', ...documents.map(({ id }) => keyOf(id)), 'in all'], rows),
    'Places that no document names are there for what became of the others.',
  );
}
