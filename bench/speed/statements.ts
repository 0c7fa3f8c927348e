/**
 * The SQL of the hand-written peer: the current state alone, one statement an answer, JSON made where that was quicker.
 * pgbench asks the very same.
 */

const named = (alias: string): string =>
  `json_build_object('id', ${alias}.id, 'placeId', ${alias}.place_id, 'level', ${alias}.level, 'code', ${alias}.code,
    'name', ${alias}.name, 'validFrom', ${alias}.valid_from, 'validTo', ${alias}.valid_to)`;
const current = (alias: string): string => `${alias}.until_release is null`;
const inForce = (alias: string, day: string): string =>
  `(${alias}.valid_from is null or ${alias}.valid_from <= ${day}) and (${alias}.valid_to is null or ${alias}.valid_to > ${day})`;
const latest = (alias: string): string => `${alias}.valid_from desc nulls last`;

/** What lies above on the day of the version, one step. */
const above = (step: number, parent: string): string => `
  left join lateral (
    select ${named('x')} as ref, x.parent_id from place_versions x
    where x.place_id = ${parent} and ${current('x')} and ${inForce('x', 'v.day')} order by ${latest('x')} limit 1
  ) a${step} on true`;

const lineage = (near: string, far: string): string => `(
  select coalesce(json_agg(json_build_object('place', case when x.id is not null then ${named('x')} end,
      'coverage', l.coverage, 'changeId', c.id, 'kind', c.kind, 'effectiveOn', c.effective_on, 'enactedOn', c.enacted_on,
      'legalBasis', c.legal_basis, 'dataset', l.dataset_id
    ) order by c.effective_on, x.code collate "C", c.id collate "C"), '[]')
  from place_links l join place_changes c on c.id = l.change_id and ${current('c')}
    left join place_versions x on x.id = l.${far} and ${current('x')}
  where l.${near} = v.id and ${current('l')})`;

const contradictions = (id: string): string => `(
  select coalesce(json_agg(s.contradiction_id order by s.contradiction_id collate "C"), '[]')
  from contradiction_sides s where s.fact_id = ${id} and ${current('s')})`;

const citations = (id: string): string => `(
  select coalesce(json_agg(json_build_object('id', c.id, 'kind', c.kind,
      'fact', json_build_object('type', split_part(c.fact_id, ':', 1), 'id', c.fact_id),
      'document', case when c.document_id is not null then (
        select json_build_object('id', d.id, 'fileName', d.file_name) from documents d where d.id = c.document_id and ${current('d')}
      ) end, 'paragraph', c.paragraph, 'start', c.start_offset, 'end', c.end_offset, 'printed', c.printed,
      'sha256', c.sha256, 'inferred', c.inferred, 'dataset', c.dataset_id, 'sheet', c.sheet, 'row', c.row_number,
      'column', c.column_name, 'resolution', c.resolution, 'date', c.resolution_date, 'packageName', c.package_name,
      'packageVersion', c.package_version
    ) order by c.ordinal), '[]')
  from citations c where c.fact_id = ${id} and ${current('c')})`;

/** $1 code of a commune, $2 today. */
const place = `
  select json_build_object('id', v.id, 'placeId', v.place_id, 'level', v.level, 'code', v.code, 'type', v.type,
    'name', v.name, 'fullName', v.full_name, 'nameBasis', v.name_basis, 'aliases', v.aliases, 'parent', a1.ref,
    'ancestors', case when a1.ref is null then '[]' when a2.ref is null then json_build_array(a1.ref)
      when a3.ref is null then json_build_array(a1.ref, a2.ref) else json_build_array(a1.ref, a2.ref, a3.ref) end,
    'validFrom', v.valid_from, 'validTo', v.valid_to, 'observedFrom', v.observed_from,
    'validFromBasis', v.valid_from_basis, 'validToBasis', v.valid_to_basis,
    'status', case when v.today then 'in_force' when now.ref is not null then 'superseded' else 'abolished' end,
    'current', case when not v.today then now.ref end,
    'predecessors', ${lineage('to_id', 'from_id')}, 'successors', ${lineage('from_id', 'to_id')},
    'otherVersions', (
      select coalesce(json_agg(${named('x')} order by x.valid_from nulls first), '[]') from place_versions x
      where x.level = v.level and x.code = v.code and x.id <> v.id and ${current('x')}),
    'flags', v.flags, 'note', v.note, 'contradictions', ${contradictions('v.id')}, 'citations', ${citations('v.id')})
  from (
    select x.*, (${inForce('x', '$2::date')}) as today, greatest(least($2::date, x.valid_to - 1), x.valid_from) as day
    from place_versions x where x.level = 'commune' and x.code = $1 and ${current('x')}
    order by (${inForce('x', '$2::date')}) desc, ${latest('x')} limit 1
  ) v ${above(1, 'v.parent_id')} ${above(2, 'a1.parent_id')} ${above(3, 'a2.parent_id')}
  left join lateral (
    select ${named('x')} as ref from place_versions x
    where not v.today and x.place_id = v.place_id and ${current('x')} and ${inForce('x', '$2::date')}
    order by ${latest('x')} limit 1
  ) now on true`;

const indicator = (id: string): string => `(
  select json_build_object('id', i.id, 'code', i.code, 'name', i.name, 'unit', i.unit) from indicators i
  where i.id = ${id} and ${current('i')})`;
const body = (id: string): string => `case when ${id} is not null then (
  select json_build_object('id', b.id, 'name', b.name) from bodies b where b.id = ${id} and ${current('b')}) end`;

/** What an observation and a point of a series both say; the order is that in which the peer reads them. */
const figure = `o.id, o.period_start::text, o.period_end::text, o.period_cumulative, o.period_label, o.scenario,
  o.comparator, o.value::float8, o.value_code, o.trend, o.numerator::float8, o.denominator::float8, o.out_of::float8,
  case when o.basis_kind is not null then json_build_object('kind', o.basis_kind, 'start', o.basis_start,
    'end', o.basis_end, 'issuer', ${body('o.basis_issuer_id')}) end, ${body('o.issuer_id')}, o.scope, o.dataset_id,
  to_json(o.flags), ${contradictions('o.id')}, o.unit, o.dimensions, v.ref`;

/** $1 indicator, $2 place, $3 today. Who is asked about is told with the first row alone. */
const series = `
  select ${figure}, o.basis_kind, case when row_number() over () = 1 then json_build_array(${indicator("'indicator:' || $1")}, (
    select ${named('x')} from place_versions x where x.place_id = $2 and ${current('x')}
    order by (${inForce('x', '$3::date')}) desc, ${latest('x')} limit 1)) end
  from (
    select x.id, ${named('x')} as ref from place_versions x where x.place_id = $2 and ${current('x')} offset 0
  ) v cross join lateral (
    select * from observations o
    where o.indicator_id = 'indicator:' || $1 and o.place_version_id = v.id and o.measure = 'value' and ${current('o')}
    order by o.period_end offset 0
  ) o
  order by o.period_end, o.period_start, o.scenario collate "C", o.id collate "C"`;

/** $1 indicator, $2 the id to start after. */
const page = `
  select ${figure}, o.measure, o.subset_of_id, o.readings, o.note, o.sheet, o.row_number, o.column_name,
    case when o.dataset_id is null then ${citations('o.id')} end,
    case when row_number() over () = 1 then ${indicator("'indicator:' || $1")} end
  from (
    select * from observations o where o.indicator_id = 'indicator:' || $1 and o.id collate "C" > $2 and ${current('o')}
    order by o.id collate "C" limit 101
  ) o cross join lateral (
    select ${named('x')} as ref from place_versions x where x.id = o.place_version_id and ${current('x')} offset 0
  ) v order by o.id collate "C"`;

/** $1 indicator. As the answers have it: exact to a hundred thousand. */
const total = `
  select count(*)::int from (
    select from observations o where o.indicator_id = 'indicator:' || $1 and ${current('o')} limit 100001) every`;

export const statements = { place, series, page, total };
