/** Figures and findings, by topic and indicator. */

import type { SeedRecord, Seeds } from '../../src/import/shapes.ts';
import { compareTexts, groupBy } from '../../src/lists.ts';
import { capital, paragraphs, sentence, table } from './markdown.ts';
import { figureOf, nameOf, periodOf, plain, type Wording } from './wording.ts';

type Observation = SeedRecord<'observations'>;
type Indicator = SeedRecord<'indicators'>;

const better = { up: 'More is better.', down: 'Less is better.', none: '' };

export function figures(seeds: Seeds, words: Wording): string {
  const topics = [...groupBy(seeds.indicators, ({ topic }) => topic)].sort(([a], [b]) => compareTexts(a, b));
  const parts = topics.flatMap(([topic, indicators]) => [
    `### ${capital(plain(topic))}`,
    ...indicators.map((indicator) => figuresOf(indicator, seeds, words)),
  ]);
  return paragraphs('## Figures and findings', ...parts);
}

function figuresOf(indicator: Indicator, seeds: Seeds, words: Wording): string {
  const { id, name, definition, unit, direction, possiblySameAs = [] } = indicator;
  const alike = possiblySameAs.map((other) => `“${words.name(other)}”`).join(', ');
  const about = [
    sentence(nameOf(definition)),
    `Unit: ${plain(unit)}.`,
    better[direction],
    alike === '' ? '' : `Possibly the same as ${alike}.`,
  ];
  const rows = seeds.observations
    .filter((observation) => observation.indicator === id)
    .sort((a, b) => compareTexts(a.place, b.place) || compareTexts(a.period, b.period))
    .map((observation) => [
      words.place(observation.place),
      periodOf(observation.period),
      `${figureOf(observation)}${words.basis(observation)}`,
      observation.scenario,
      words.sources(observation.citations),
      remarksOn(observation, seeds, words),
    ]);
  return paragraphs(
    `#### ${nameOf(name)}`,
    about.filter((part) => part !== '').join(' '),
    table(['place', 'period', 'figure', 'kind', 'where', 'read with care'], rows),
  );
}

function remarksOn(observation: Observation, seeds: Seeds, words: Wording): string {
  const { id, scope, dimensions = {}, subsetOf, issuer, readings = [] } = observation;
  const contradicted = seeds.contradictions.some(({ sides }) => sides.some(({ fact }) => fact === id));
  return [
    scope ? `For: ${scope}.` : '',
    ...Object.entries(dimensions).map(
      ([dimension, value]) => `${capital(plain(dimension))}: ${plain(value)}.`,
    ),
    issuer ? `Issuer: ${words.name(issuer)}.` : '',
    subsetOf ? `Part of: “${words.name(subsetOf)}”.` : '',
    ...readings.map(({ printed, probable, reason }) =>
      sentence(`Printed “${printed}”${probable ? `, probably “${plain(probable)}”` : ''}: ${reason}`),
    ),
    contradicted ? '[Contradicted](#contradictions).' : '',
    words.remarks(observation),
  ]
    .filter((part) => part !== '')
    .join(' ');
}
