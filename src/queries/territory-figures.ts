/** The figures of other places that are of one kind with a figure: its natural key without place and issuer. */
import { sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import { groupBy } from '../lists.ts';
import type { Comparator, Flag } from '../schema/common.ts';
import type { Observation, Reading } from '../schema/observation.ts';
import { live, run } from './sql.ts';
import type { Context, Row, Scope } from './types.ts';

export interface Figure {
  id: string;
  /** As PostgreSQL prints it, so that nothing is lost. */
  value: string | null;
  /** Why it gives no exact sum; null: it does. */
  obstacle: 'no_number' | 'bound_not_exact' | 'subset_of_another' | 'figure_in_doubt' | null;
  /** Whether it is a side of a contradiction. */
  disputed: boolean;
}

export interface Figures {
  /** Whether values of the indicator may be added up at all. */
  additive: boolean;
  /** Those of a version, by id. */
  of: (versionId: string) => Figure[];
}

/** What the printed figure counts may be something else, or as of another day, than in another place. */
export const doubts: readonly Flag[] = [
  'unit_suspect',
  'translation_suspect',
  'sense_ambiguous',
  'scope_not_printed',
  'cutoff_not_printed',
];

const table = t.observations;

/** What two figures have alike that can be added up: as one text, whatever the place and issuer. */
const kindOfFigure = sql`jsonb_build_array(${sql.join(
  [
    table.indicatorId,
    table.periodStart,
    table.periodEnd,
    table.periodCumulative,
    table.measure,
    table.scenario,
    table.dimensions,
    table.scope,
    table.unit,
    table.basisKind,
    table.basisStart,
    table.basisEnd,
  ],
  sql`, `,
)})::text`;

/**
 * By the id of the figure that is to be added to others, which are looked for in the versions. They are
 * matched here: PostgreSQL knows too little of the arrays to choose a good join for every page.
 */
export async function readFigures(
  context: Context,
  scope: Scope,
  observations: readonly Observation[],
  versions: readonly string[],
): Promise<Map<string, Figures>> {
  const distinct = (texts: readonly string[]) => sql.param([...new Set(texts)]);
  const indicators = distinct(observations.map(({ indicator }) => indicator.id));
  const ends = distinct(observations.map(({ period }) => period.end));
  const rows = await run(
    context,
    sql`select ${t.indicators.additive} as additive, ${table.placeVersionId} as version, ${kindOfFigure} as kind,
      ${table.id} as id, ${table.value}::text as value, ${table.comparator} as comparator,
      ${table.subsetOfId} as "subsetOf", ${table.flags} as flags, ${table.readings} as readings
    from ${table} join ${t.indicators} on ${t.indicators.id} = ${table.indicatorId} and ${live(t.indicators, scope)}
    where ${table.placeVersionId} = any(${distinct(versions)}::text[]) and ${table.indicatorId} = any(${indicators}::text[])
      and ${table.periodEnd} = any(${ends}::date[]) and ${live(table, scope)}
    order by ${table.id} collate "C"`,
  );
  return figuresOf(rows as Found[]);
}

interface Found extends Row, Printed {
  additive: boolean;
  version: string;
  kind: string;
}

interface Printed {
  id: string;
  value: string | null;
  comparator: Comparator;
  subsetOf: string | null;
  flags: Flag[];
  readings: Reading[];
}

function figuresOf(rows: readonly Found[]): Map<string, Figures> {
  const alike = groupBy(rows, ({ version, kind }) => `${version} ${kind}`);
  return new Map(
    rows.map(({ id, additive, kind }) => [
      id,
      { additive, of: (version) => (alike.get(`${version} ${kind}`) ?? []).map(figureOf) },
    ]),
  );
}

function figureOf(printed: Printed): Figure {
  const { id, value, flags } = printed;
  return { id, value, obstacle: obstacleOf(printed), disputed: flags.includes('in_contradiction') };
}

function obstacleOf({ value, comparator, subsetOf, flags, readings }: Printed): Figure['obstacle'] {
  if (value === null) return 'no_number';
  if (comparator !== 'eq') return 'bound_not_exact';
  if (subsetOf !== null) return 'subset_of_another';
  const inDoubt = readings.length > 0 || flags.some((flag) => doubts.includes(flag));
  return inDoubt ? 'figure_in_doubt' : null;
}
