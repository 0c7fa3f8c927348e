/** The versions of places around some figures, and how much of each went into which: read at once. */
import { sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import type { Coverage, Level, PlaceRef } from '../schema/place.ts';
import { placeMembers } from './refs.ts';
import { arrayOf, day, live, object, run } from './sql.ts';
import type { Context, Row, Scope } from './types.ts';

export interface Version {
  ref: PlaceRef;
  /** The place directly above. */
  parentId: string | null;
  observedFrom: string | null;
  /** What became of it, each later version once; empty where nobody names one. */
  successors: Step[];
  /** What it was made of, places of several levels for one ground among them. */
  predecessors: Step[];
}

/** Of an old version into a new one. */
export interface Step {
  from: Version;
  to: string;
  coverage: Coverage;
}

const before = alias(t.placeVersions, 'before_version');
const after = alias(t.placeVersions, 'after_version');
const link = t.placeLinks;

/** Of several links between two versions the last of these counts: who knows more, and of those who claims less. */
const precedence = sql.param(['unknown', 'primary', 'whole', 'part'] satisfies Coverage[]);

/**
 * What the versions went into as a whole, up to the day, and all that either was made of. A link that leads
 * back in time would be a circle: it leads nowhere.
 */
export async function readTerritories(
  context: Context,
  scope: Scope,
  versionIds: readonly string[],
  territory: string,
): Promise<Map<string, Version>> {
  const onward = sql`${live(link, scope)} and ${live(before, scope)} and ${live(after, scope)}
    and ${after.validFrom} > coalesce(${before.validFrom}, '-infinity')`;
  const steps = sql`${link}
    join ${t.placeVersions} ${before} on ${before.id} = ${link.fromId}
    join ${t.placeVersions} ${after} on ${after.id} = ${link.toId}`;
  const rows = await run(
    context,
    sql`with recursive ahead(id) as (
      select id from unnest(${sql.param(versionIds)}::text[]) as given(id)
      union
      select ${link.toId} from ahead join (${steps}) on ${link.fromId} = ahead.id
      where ${onward} and ${link.coverage} = 'whole' and ${before.validTo} <= ${territory}::date
    ), behind(id) as (
      select id from ahead
      union
      select ${link.fromId} from behind join (${steps}) on ${link.toId} = behind.id where ${onward}
    )
    select ${placeMembers(t.placeVersions)} as ref, ${t.placeVersions.parentId} as "parentId",
      ${day(t.placeVersions.observedFrom)} as "observedFrom", ${arrayOf(
        object({ to: link.toId, coverage: link.coverage }),
        sql`array_position(${precedence}::text[], ${link.coverage})`,
        sql`${steps} where ${link.fromId} = ${t.placeVersions.id} and ${onward}`,
      )} as links
    from behind join ${t.placeVersions} on ${t.placeVersions.id} = behind.id and ${live(t.placeVersions, scope)}`,
  );
  return graphOf(rows as Found[]);
}

interface Found extends Row {
  ref: PlaceRef;
  parentId: string | null;
  observedFrom: string | null;
  links: { to: string; coverage: Coverage }[];
}

function graphOf(rows: readonly Found[]): Map<string, Version> {
  const graph = new Map<string, Version>();
  for (const { ref, parentId, observedFrom } of rows) {
    graph.set(ref.id, { ref, parentId, observedFrom, successors: [], predecessors: [] });
  }
  for (const { ref, links } of rows) {
    const from = graph.get(ref.id) as Version;
    const coverages = new Map(links.map(({ to, coverage }) => [to, coverage]));
    for (const [to, coverage] of coverages) {
      // Nothing goes as a whole to two places: who says so does not know.
      const believed = coverage === 'whole' && coverages.size > 1 ? 'unknown' : coverage;
      const step: Step = { from, to, coverage: believed };
      from.successors.push(step);
      graph.get(to)?.predecessors.push(step);
    }
  }
  return graph;
}

/**
 * The predecessors of a version that together were its ground, seen at a level. A district and its communes
 * are one ground: of those that lie in each other, only those of the level count.
 */
export function piecesOf({ predecessors }: Version, level: Level): Step[] {
  const peers = predecessors.filter(({ from }) => from.ref.level === level);
  const others = predecessors.filter(
    ({ from }) =>
      from.ref.level !== level && !peers.some((peer) => liesIn(from, peer.from) || liesIn(peer.from, from)),
  );
  return [...peers, ...others];
}

const liesIn = (one: Version, other: Version): boolean => one.parentId === other.ref.placeId;

/** As `piecesOf`, at the level of the version, unless at another level one place was all of it. */
export function originsOf(version: Version): Step[] {
  const levels = new Set(version.predecessors.map(({ from }) => from.ref.level));
  const whole = [...levels]
    .map((level) => piecesOf(version, level))
    .find(([first, ...others]) => first?.coverage === 'whole' && others.length === 0);
  return whole ?? piecesOf(version, version.ref.level);
}
