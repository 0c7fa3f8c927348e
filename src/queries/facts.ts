/** Any sourced record by its id, through the view of all records. */
import { type SQL, sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import type { Fact } from '../schema/fact.ts';
import { comparatorWords } from '../schema/figure.ts';
import { operations } from '../schema/operations.ts';
import { recordTypes } from '../schema/ref.ts';
import { changesOf, correctionsOf } from './changes.ts';
import { rememberScope } from './scopes.ts';
import { findEach, stateSource } from './source.ts';
import { sourcedMembers } from './sourced.ts';
import { figure, live, run } from './sql.ts';
import type { Context, Row, Scope } from './types.ts';

const { indicators, records: view } = t;

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

/** The figure of an observation in words: `growth 7.27 percent, 2023 (estimate)`. */
const figureInWords = (scope: Scope): SQL => {
  const { measure, comparator, value, numerator, denominator, unit, valueCode, trend } = t.observations;
  const qualified = sql`${JSON.stringify(comparatorWords)}::jsonb ->> ${comparator}`;
  const number = sql`coalesce(${figure(value)}::text, ${figure(numerator)}::text || '/' || ${figure(denominator)}::text)`;
  const finding = sql`coalesce((${qualified}) || ${number} || ' ' || replace(${unit}, '_', ' '), replace(${valueCode}, '_', ' '), ${trend})`;
  return sql`(select concat(', ', replace(${measure}, '_', ' '), ' ', ${finding}, ', ', ${t.observations.periodLabel}, ' (', ${t.observations.scenario}, ')')
    from ${t.observations} where ${t.observations.id} = ${view.id} and ${live(t.observations, scope)})`;
};

/** Some imported changes of places have dozens. */
const toldSources = 3;

/** Where a record is printed or enacted, by its first citations. */
const sourcesInWords = (scope: Scope): SQL => {
  const { kind, paragraph, start, end, resolution, packageName, packageVersion, sheet, row, column } =
    t.allCitations;
  const source = sql`case ${kind}
    when 'text' then concat(${t.documents.fileName}, ', paragraph ', ${paragraph}, ', characters ', ${start}, '–', ${end})
    when 'cell' then concat(coalesce(${t.datasets.title}->>'en', ${t.datasets.title}->>'vi'), ', ', ${sheet} || ', ', 'row ', ${row}, ', ', ${column})
    when 'legal' then ${resolution}
    else concat(${packageName}, ' ', ${packageVersion}) end`;
  const told = sql`select ${t.allCitations.ordinal} as place, ${source} as source from ${t.allCitations}
    left join ${t.documents} on ${t.documents.id} = ${t.allCitations.documentId} and ${live(t.documents, scope)}
    left join ${t.datasets} on ${t.datasets.id} = ${t.allCitations.datasetId} and ${live(t.datasets, scope)}
    where ${t.allCitations.factId} = ${view.id} and ${live(t.allCitations, scope)} order by place limit ${toldSources + 1}`;
  return sql`(select string_agg(case when number > ${toldSources} then '…' else source end, '; ' order by number)
    from (select source, row_number() over (order by place) as number from (${told}) first_of_all) numbered)`;
};

/** The place of a record, as a person writes it. */
const placeInWords = (scope: Scope): SQL => {
  const { fullName } = t.placeVersions;
  return sql`(select ', ' || coalesce(${fullName}->>'vi', ${fullName}->>'en') from ${t.placeVersions}
    where ${t.placeVersions.id} = ${view.placeVersionId} and ${view.type} <> 'place_version' and ${live(t.placeVersions, scope)})`;
};

const citeAs = (scope: Scope): SQL => {
  const name = recordName(scope);
  const inWords = sql`coalesce(${name}->>'vi', ${name}->>'en', ${name}->>'ar', ${name}->>'he')`;
  const madeOn = sql`(select to_char(${t.releases.createdAt} at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') from ${t.releases} where ${t.releases.number} = ${scope.release})`;
  return sql`concat(${inWords}, ${figureInWords(scope)}, ${placeInWords(scope)}, '. Source: ' || ${sourcesInWords(scope)},
    '. govdata, release ', ${scope.release}::int, ' of ', ${madeOn}, ', /v1/facts/', ${view.id}, '.')`;
};

export const facts = stateSource<Fact>('Fact', view, (scope) => ({
  id: view.id,
  type: view.type,
  name: recordName(scope),
  status: sql`'current'`,
  mergedInto: sql`null::text`,
  sinceRelease: view.sinceRelease,
  path: address,
  citeAs: citeAs(scope),
  corrections: correctionsOf(view.id, scope),
  history: changesOf(view.id, scope),
  ...sourcedMembers(view, scope),
}));

/** A record by its id; one that ended as it was last, with how it ended. */
export async function findFact(context: Context, scope: Scope, id: string): Promise<Row | null> {
  const current = (await findEach(context, scope, facts, view.id, [id])).get(id);
  if (current) return current;
  const [end] = await run(
    context,
    sql`select ${t.changes.release} as release, ${t.changes.reason} as reason, (
      select ${t.corrections.mergedIntoId} from ${t.corrections}
      where ${t.corrections.id} = ${t.changes.correctionId} and ${t.corrections.sinceRelease} = ${t.changes.release}
    ) as "mergedInto" from ${t.changes}
    where ${t.changes.recordId} = ${id} and ${t.changes.release} <= ${scope.release}
    order by ${t.changes.release} desc limit 1`,
  );
  if (end === undefined) return null;
  const before: Scope = { ...scope, release: (end['release'] as number) - 1 };
  const last = (await findEach(context, before, facts, view.id, [id])).get(id);
  if (last === undefined) return null;
  const [ended] = await run(
    context,
    sql`select ${changesOf(sql`${id}::text`, scope)} as history, ${correctionsOf(sql`${id}::text`, scope)} as corrections`,
  );
  const { reason: status, mergedInto } = end;
  const path = `${last['path']}?release=${before.release}`;
  return rememberScope({ ...last, ...ended, path, status, mergedInto }, before);
}
