/** Series: the figures of an indicator and a place in order of time, with what breaks them, as far as one page asks. */

import { type Group, groupBy } from '../lists.ts';
import type { Args } from '../schema/operations.ts';
import type { Series, SeriesBreak, SeriesPoint } from '../schema/series.ts';
import { addComparability } from './comparability.ts';
import { breaksOf, type Graph } from './series-breaks.ts';
import { readFigures, type SeriesFigure } from './series-figures.ts';
import { residualsOf } from './series-residuals.ts';
import { type Found, pickKeys, type Slice } from './slices.ts';
import { readTerritories } from './territory-graph.ts';
import type { Context, Scope } from './types.ts';

type Asked = Args<'series'>;

/** A page, in two statements: the figures and the territories that they are of; two more with `territory`. */
export async function findSeries(context: Context, scope: Scope, args: Asked, slice: Slice): Promise<Found> {
  const groups = groupBy(await readFigures(context, scope, args), keyOf);
  const sortKeys = pickKeys([...groups.keys()].sort(), slice);
  const chosen = sortKeys.map((key) => groups.get(key) as Group<SeriesFigure>);
  const figures = chosen.flat();
  const graph = await territoriesOf(context, scope, figures);
  if (args.territory !== undefined) await addComparability(context, scope, figures, args.territory);
  const withResiduals = args.include?.includes('residuals') ?? false;
  return { rows: chosen.map((some) => seriesOf(graph, some, withResiduals)), sortKeys, total: groups.size };
}

/** What the figures of a series have in common, as a text that is never empty; figures of all first. */
function keyOf({ basis, dimensions, unit }: SeriesFigure): string {
  const named = Object.entries(dimensions)
    .map((pair) => pair.join('='))
    .sort();
  return `${basis?.kind ?? ''} ${named.join(',')} ${unit}`;
}

/** All that lies between the versions of the figures, the oldest and the youngest. */
async function territoriesOf(
  context: Context,
  scope: Scope,
  figures: readonly SeriesFigure[],
): Promise<Graph> {
  const versions = [...new Set(figures.map(({ place }) => place.id))];
  const ends = figures.map(({ period }) => period.end).sort();
  if (versions.length < 2) return new Map();
  return readTerritories(context, scope, versions, ends.at(-1) as string);
}

function seriesOf(graph: Graph, figures: Group<SeriesFigure>, withResiduals: boolean): Series {
  const [{ asked, measure, unit, dimensions, basis }] = figures;
  const breaks = breaksOf(graph, figures);
  const points = figures.map((figure) => pointOf(figure, breaks.get(figure.id) as SeriesBreak[]));
  const residuals = withResiduals ? residualsOf(graph, figures) : [];
  return {
    ...asked,
    measure,
    unit,
    dimensions,
    basisKind: basis?.kind ?? null,
    points: [...points, ...residuals].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1)),
  };
}

const timeOf = ({ period, scenario, observation, inputs }: SeriesPoint): string =>
  [period.end, period.start, scenario, observation ?? inputs.join(' ')].join(' ');

function pointOf(figure: SeriesFigure, breaks: SeriesBreak[]): SeriesPoint {
  const { id, asked, exact: _exact, additive: _additive, readings: _readings, ...rest } = figure;
  const { measure: _measure, unit: _unit, dimensions: _dimensions, subsetOf: _subsetOf, ...said } = rest;
  return {
    kind: 'reported',
    observation: id,
    possiblySame: figure.indicator.id !== asked.indicator.id,
    ...said,
    breaks,
    formula: null,
    inputs: [],
    obstacle: null,
  };
}
