/** The ids that the records name, gathered anew when corrections have changed what was read. */
import type { TSchema } from 'typebox';
import type { Position } from './positions.ts';
import type { ReadResult } from './read.ts';
import { recordSections } from './shapes.ts';
import type { Reference, Rule } from './walk.ts';

/** Those of records without faults of their own are gathered anew; those of withdrawn ones are gone. */
export function gatherReferences(read: ReadResult, withdrawn: ReadonlySet<unknown>): Reference[] {
  const sections = Object.entries(recordSections) as [keyof typeof recordSections, TSchema][];
  const roots = new Map<unknown, readonly [object, TSchema]>(
    sections.flatMap(([name, shape]) => read.seeds[name].map((record) => [record, [record, shape]])),
  );
  const others = read.references.filter(({ record }) => !roots.has(record) && !withdrawn.has(record));
  return [...others, ...[...roots.values()].flatMap(([record, shape]) => referencesIn(read, record, shape))];
}

function referencesIn({ positions }: ReadResult, record: object, shape: TSchema): Reference[] {
  const found: Reference[] = [];
  const visit = (value: unknown, rule: Rule, position: Position): void => {
    for (const option of rule.anyOf ?? []) visit(value, option, position);
    if (rule.isId && typeof value === 'string') found.push({ id: value, position, record });
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      // A record's own id is no reference.
      const inner = rule.items ?? (key === 'id' ? undefined : rule.properties?.[key]);
      if (inner) visit(member, inner, positions.find(value, key) ?? position);
    }
  };
  visit(record, shape as Rule, positions.of(record));
  return found;
}
