/** Any sourced record by its id, through the view of all records. */
import { sql } from 'drizzle-orm';
import { indicators, records as view } from '../db/tables.ts';
import type { Fact } from '../schema/fact.ts';
import { operations } from '../schema/operations.ts';
import { recordTypes } from '../schema/ref.ts';
import { sourcedMembers } from './refs.ts';
import { stateSource } from './source.ts';
import { live } from './sql.ts';
import type { Scope } from './types.ts';

/** A record's name; an observation bears that of its indicator. */
export const recordName = (scope: Scope) =>
  sql`coalesce(${view.name}, (select ${indicators.name} from ${indicators} where ${indicators.id} = ${view.indicatorId} and ${live(indicators, scope)}))`;

/** Where REST serves a whole record: the item operation of its type, else its fact. */
const addresses = Object.fromEntries(
  recordTypes.map((type) => {
    const name = type === 'place_version' ? 'place' : type;
    const path = name in operations ? operations[name as keyof typeof operations].path : operations.fact.path;
    return [type, `/v1${path.slice(0, path.lastIndexOf('/'))}/`];
  }),
);

const address = sql`case ${view.type} ${sql.join(
  Object.entries(addresses).map(
    ([type, path]) => sql`when ${sql.raw(`'${type}'`)} then ${sql.raw(`'${path}'`)}`,
  ),
  sql` `,
)} end || case when ${view.type} = 'indicator' then split_part(${view.id}, ':', 2) else ${view.id} end`;

export const facts = stateSource<Fact>('Fact', view, (scope) => ({
  id: view.id,
  type: view.type,
  name: recordName(scope),
  sinceRelease: view.sinceRelease,
  path: address,
  ...sourcedMembers(view, scope),
}));
