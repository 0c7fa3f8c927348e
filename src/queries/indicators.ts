import type { SQL } from 'drizzle-orm';
import { indicators as table } from '../db/tables.ts';
import type { Indicator } from '../schema/indicator.ts';
import type { Args } from '../schema/operations.ts';
import { ofSources, ofText, oneOf } from './filters.ts';
import { indicatorsLinkedTo } from './refs.ts';
import { stateSource } from './source.ts';
import { sourcedMembers } from './sourced.ts';
import type { Scope } from './types.ts';

export const indicators = stateSource<Indicator>(
  'Indicator',
  table,
  (scope) => ({
    id: table.id,
    code: table.code,
    name: table.name,
    definition: table.definition,
    unit: table.unit,
    topic: table.topic,
    direction: table.direction,
    additive: table.additive,
    possiblySameAs: indicatorsLinkedTo(table.id, scope),
    ...sourcedMembers(table, scope),
  }),
  table.code,
);

export const whichIndicators = (args: Args<'indicators'>, scope: Scope): SQL[] => [
  ...oneOf(table.topic, args.topic),
  ...oneOf(table.direction, args.direction),
  ...ofSources(table.id, args, scope),
  ...ofText(table.folded, args.q),
];
