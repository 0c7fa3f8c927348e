/** Uncached GraphQL: a place, a series, and a nested screen of two sizes, beside PostGraphile on the same tables. */
import { agree } from './answers.ts';
import type { Asked } from './load.ts';
import { measure, overHttp, type Result } from './measure.ts';
import type { Part } from './parts.ts';
import { documents, graphqlPost, type Questions, readQuestions } from './questions.ts';
import { Servers } from './servers.ts';

interface Kind {
  name: string;
  goal: number;
  longer: number;
  /** Few questions, and small answers, would be held by any cache. */
  cache: 'overrun' | 'none';
  ours: Asked[];
  theirs: Asked[];
  /** What is compared, from the answers of either. */
  facts: readonly [(answer: unknown) => unknown, (answer: unknown) => unknown];
}

export async function graphql({ server, data }: Part): Promise<Result[]> {
  const { url } = await data();
  const servers = new Servers();
  const results: Result[] = [];
  try {
    const services = {
      overrun: await servers.service(url, { cache: 'overrun' }),
      none: await servers.service(url, { cache: 'none' }),
    };
    const postgraphile = await servers.postgraphile(url);
    for (const { name, goal, longer, cache, ours, theirs, facts } of kindsOf(await readQuestions(url))) {
      const service = services[cache];
      await agree(
        name,
        { address: service.address, requests: ours, facts: facts[0] },
        { address: postgraphile.address, requests: theirs, facts: facts[1] },
      );
      results.push(
        ...(await measure({
          ...{ name, goal, longer },
          contenders: [
            overHttp('govdata', service, ours, server.pid),
            overHttp('PostGraphile', postgraphile, theirs, server.pid),
          ],
        })),
      );
    }
    return results;
  } finally {
    await servers.stop();
  }
}

const kindsOf = ({ series, indicators }: Questions): Kind[] => [
  {
    ...{ name: 'GraphQL: a place', goal: 1.5, longer: 1, cache: 'none' as const },
    ours: series.map(({ version: id }) => graphqlPost(documents.place.ours, { id })),
    theirs: series.map(({ version: id }) => graphqlPost(documents.place.theirs, { id })),
    facts: [ourPlace, theirPlace],
  },
  {
    ...{ name: 'GraphQL: a series', goal: 1.5, longer: 1, cache: 'overrun' as const },
    ours: series.map(({ indicator: i, place: p }) => graphqlPost(documents.series.ours, { i, p })),
    theirs: series.map(({ indicator, version: p }) =>
      graphqlPost(documents.series.theirs, { i: `indicator:${indicator}`, p }),
    ),
    facts: [ourSeries, theirSeries],
  },
  ...[3, 30].map((n) => ({
    ...{
      name: `GraphQL: 20 × 10 × ${n} figures`,
      goal: 1,
      longer: n === 3 ? 1 : 3,
      cache: 'none' as const,
    },
    ours: indicators.map((i) => graphqlPost(documents.nested.ours, { i: [i], n })),
    theirs: indicators.map((i) => graphqlPost(documents.nested.theirs, { i: `indicator:${i}`, n })),
    facts: [ourNested, theirNested] as const,
  })),
];

type Names = Record<'vi' | 'en', string>;
interface List<T> {
  nodes: T[];
}

interface PlaceFacts {
  placeId: string;
  level: string;
  code: string;
  type: string;
  name: Names;
  fullName: Names;
  validFrom: string | null;
  validTo: string | null;
}
const both = ({ vi, en }: Names): string[] => [vi, en];
const factsOfPlace = (id: string, one: PlaceFacts): unknown[] => [
  ...[id, one.placeId, one.level, one.code, one.type, both(one.name), both(one.fullName)],
  ...[one.validFrom, one.validTo],
];
function ourPlace(answer: unknown): unknown {
  const { place } = (answer as { data: { place: PlaceFacts & { id: string } } }).data;
  return factsOfPlace(place.id, place);
}
function theirPlace(answer: unknown): unknown {
  const { data } = answer as { data: Record<string, PlaceFacts & { rowId: string }> };
  const place = data['placeVersionByRowIdAndSinceRelease'];
  return place && factsOfPlace(place.rowId, place);
}

interface Point {
  period: { start: string; end: string; label: string };
  scenario: string;
  comparator: string;
  value: number;
}
function ourSeries(answer: unknown): unknown {
  const { series } = (answer as { data: { series: List<{ unit: string; points: Point[] }> } }).data;
  return series.nodes.flatMap(({ unit, points }) =>
    points.map(({ period: { start, end, label }, scenario, comparator, value }) => [
      ...[unit, start, end, label, scenario, comparator, value],
    ]),
  );
}
interface FlatPoint extends Omit<Point, 'period' | 'value'> {
  unit: string;
  periodStart: string;
  periodEnd: string;
  periodLabel: string;
  value: string | null;
}
/** It gives numbers as texts. */
const figureOf = (text: string | null): number | null => (text === null ? null : Number(text));
function theirSeries(answer: unknown): unknown {
  const { allObservations } = (answer as { data: { allObservations: List<FlatPoint> } }).data;
  return allObservations.nodes.map((one) => [
    ...[one.unit, one.periodStart, one.periodEnd, one.periodLabel, one.scenario, one.comparator],
    figureOf(one.value),
  ]);
}

interface Nested<F> {
  code: string;
  name: Names;
  children: List<{ code: string; name: Names; observations: List<F> }>;
}
const factsOfNested = <F>(provinces: Nested<F>[], factOf: (figure: F) => unknown): unknown =>
  provinces.map(({ code, name, children }) => [
    ...[code, both(name)],
    children.nodes.map((one) => [one.code, both(one.name), one.observations.nodes.map(factOf)]),
  ]);
function ourNested(answer: unknown): unknown {
  type Figure = Pick<Point, 'period' | 'value'>;
  const { provinces } = (answer as { data: { provinces: List<Nested<Figure>> } }).data;
  return factsOfNested(provinces.nodes, ({ period, value }) => [period.end, value]);
}
function theirNested(answer: unknown): unknown {
  type Figure = Pick<FlatPoint, 'periodEnd' | 'value'>;
  const { allPlaceVersions } = (answer as { data: { allPlaceVersions: List<Nested<Figure>> } }).data;
  return factsOfNested(allPlaceVersions.nodes, ({ periodEnd, value }) => [periodEnd, figureOf(value)]);
}
