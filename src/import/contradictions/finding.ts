/** What a rule finds: records that cannot all be true. Rules take rows, so that any importer can use them. */

import { groupBy, pairsOf } from '../../lists.ts';
import type { ContradictionKind } from '../../schema/contradiction.ts';
import { canonical } from '../canonical.ts';
import type { Rows } from '../desired.ts';
import type { Observation } from './claims.ts';

export interface Side {
  id: string;
  /** What it says, in short. */
  states: string;
}

export interface Finding {
  kind: ContradictionKind;
  /** The record that is told of, then those that it is compared with. */
  sides: readonly [Side, ...Side[]];
  /** Every record that may stand for the others in a declared contradiction; none, where one record is wrong by itself. */
  others: ReadonlySet<string>;
  /** Why they cannot all be true. */
  why: string;
}

export type Facts = Pick<
  Rows,
  'observations' | 'indicators' | 'placeVersions' | 'events' | 'instruments' | 'mottos' | 'tasks'
>;
export type Rule = (facts: Facts) => Finding[];

export function against(
  kind: ContradictionKind,
  record: Side,
  others: readonly Side[],
  why: string,
): Finding {
  return { kind, sides: [record, ...others], others: new Set(others.map(({ id }) => id)), why };
}

/** A record that cannot be right whatever the others say. */
export function alone(kind: ContradictionKind, record: Side, why: string): Finding {
  return against(kind, record, [], why);
}

export const languages = ['vi', 'en', 'ar', 'he'] as const;

type Part = 'period' | 'base' | 'basis' | 'issuer';

/** The natural key of an observation; without some of its parts, two that differ in these only have one key. */
export function keyOf(row: Observation, without: readonly Part[] = []): string {
  const { indicatorId, placeVersionId, measure, scenario, dimensions, scope } = row;
  const parts: Record<Part, unknown> = {
    period: [row.periodStart, row.periodEnd, row.periodCumulative],
    base: [row.basisStart, row.basisEnd],
    basis: [row.basisKind, row.basisIssuerId],
    issuer: row.issuerId,
  };
  for (const part of without) parts[part] = '';
  return canonical([indicatorId, placeVersionId, measure, scenario, dimensions, scope, parts]);
}

/** Pairs that have one key; what is there twice under one id has been told. */
export function pairsBy<T extends { id: string }>(rows: readonly T[], key: (row: T) => string): [T, T][] {
  const groups = [...groupBy(rows, key).values()].filter(({ length }) => length > 1);
  return groups.flatMap((group) => pairsOf(group)).filter(([earlier, later]) => earlier.id !== later.id);
}

/** Each that differs from what most of its group say, or from the norm where some keep to it; and those that do not. */
export function outliers<T>(
  group: readonly T[],
  saidBy: (item: T) => unknown,
  norm?: unknown,
): { odd: T[]; usual: T[] } {
  const counts = new Map<unknown, number>();
  for (const item of group) counts.set(saidBy(item), (counts.get(saidBy(item)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const common = counts.has(norm) ? norm : [...counts].find(([, count]) => count === most)?.[0];
  return {
    odd: group.filter((item) => saidBy(item) !== common),
    usual: group.filter((item) => saidBy(item) === common),
  };
}
