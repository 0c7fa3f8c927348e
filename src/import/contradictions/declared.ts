/** Compares the contradictions that rules find with those that are declared, and tells in words what does not fit. */

import { groupBy } from '../../lists.ts';
import type { Row, Rows } from '../desired.ts';
import { keyOf as idKeyOf } from '../ids.ts';
import { figureOf } from './claims.ts';
import { findContradictions } from './find.ts';
import { type Facts, type Finding, keyOf } from './finding.ts';

export type Disputed = Facts & Pick<Rows, 'contradictions' | 'contradictionSides'>;
/** How a record is named to who has to mend it: `observation:x at seeds/003.yml:12`. */
export type Name = (id: string) => string;

export interface ContradictionFault {
  code: string;
  message: string;
  /** The record at which it is told. */
  id: string;
}

/** Contradictions that are not declared, or as something else; and declared ones that are none any more. */
export function contradictionFaults(facts: Disputed, name: Name): ContradictionFault[] {
  const declared = new Declared(facts);
  return [
    ...findContradictions(facts).flatMap((finding) => faultOf(finding, declared, name) ?? []),
    ...settled(facts, declared, name),
  ];
}

class Declared {
  readonly sides: Map<string, string[]>;
  readonly #ofRecord: Map<string, Row<'contradictions'>[]>;

  constructor({ contradictions, contradictionSides }: Disputed) {
    const ids = (side: { factId: string }) => side.factId;
    const byId = groupBy(contradictionSides, ({ contradictionId }) => contradictionId);
    this.sides = new Map([...byId].map(([id, sides]) => [id, sides.map(ids)]));
    const pairs = contradictions.flatMap((row) => this.sidesOf(row.id).map((fact) => ({ fact, row })));
    this.#ofRecord = new Map(
      [...groupBy(pairs, ({ fact }) => fact)].map(([fact, all]) => [fact, all.map(({ row }) => row)]),
    );
  }

  sidesOf(id: string): string[] {
    return this.sides.get(id) ?? [];
  }

  /** Those that have the record and one of the others as sides; where there are no others, those that have the record. */
  holding({ sides: [{ id }], others }: Finding): Row<'contradictions'>[] {
    const all = this.#ofRecord.get(id) ?? [];
    return others.size === 0
      ? all
      : all.filter((row) => this.sidesOf(row.id).some((side) => others.has(side)));
  }
}

function faultOf(finding: Finding, declared: Declared, name: Name): ContradictionFault | undefined {
  const { kind, sides, others, why } = finding;
  const holding = declared.holding(finding);
  if (holding.some((contradiction) => contradiction.kind === kind)) return undefined;
  const [record] = sides;
  const says = sides.map(({ id, states }) => `${name(id)} says ${states}`).join(', but ');
  if (others.size === 0) {
    const message = `${says}: ${why}; if it is printed so, the probable reading belongs into "readings"`;
    return { code: 'self_contradiction', message, id: record.id };
  }
  const [other] = holding;
  if (other) {
    const message = `the kind is ${other.kind}, but ${kind} is in what the sides differ: ${says}; ${why}`;
    return { code: 'contradiction_of_other_kind', message, id: other.id };
  }
  const message = `contradiction of kind ${kind}: ${says}; ${why}. If all is printed so, declare it: ${stub(finding)}`;
  return { code: 'unlinked_contradiction', message, id: record.id };
}

/** One line for `contradictions.yml`, to be worded by the curator. */
function stub({ kind, sides, why }: Finding): string {
  const id = sides
    .slice(0, 2)
    .map((side) => idKeyOf(side.id))
    .join('-against-')
    .slice(0, 150);
  const list = sides.map((side) => `{fact: ${side.id}, states: ${JSON.stringify(side.states)}}`);
  return `- {id: contradiction:${id}, kind: ${kind}, name: {en: ${JSON.stringify(why)}}, sides: [${list.join(', ')}]}`;
}

/** Sides that are observations of one thing and say the same: at most who reports it differs. */
function settled(facts: Disputed, declared: Declared, name: Name): ContradictionFault[] {
  const observations = new Map(facts.observations.map((row) => [row.id, row]));
  return facts.contradictions.flatMap(({ id, kind }) => {
    const sides = [...new Set(declared.sidesOf(id))];
    const said = sides.map((side) => {
      const row = observations.get(side);
      return row ? `${keyOf(row, ['issuer'])} ${figureOf(row)}` : side;
    });
    if (kind === 'count' || kind === 'name' || sides.length < 2 || new Set(said).size > 1) return [];
    const message = `${sides.map(name).join(' and ')} say the same: nothing differs any more`;
    return [{ code: 'settled_contradiction', message, id }];
  });
}
