/** `govdata status`: what is in the database. */
import type { Database } from '../db/client.ts';
import { planMigrations } from '../db/migrate.ts';
import { madeAt } from './releases.ts';

export interface StatusReport {
  schema: { current: string | null; pending: string[] };
  /** Null if there is none yet. */
  release: CurrentRelease | null;
  /** Current records by type. */
  records: Record<string, number>;
  documents: CitedDocument[];
}

interface CurrentRelease {
  number: number;
  createdAt: string;
  hash: string;
  note: string | null;
}

interface CitedDocument {
  id: string;
  fileName: string;
  /** Citations into the document, by type of their facts. */
  citations: Record<string, number>;
}

export async function status({ pool }: Database): Promise<StatusReport> {
  const { applied, pending } = await planMigrations(pool);
  const schema = { current: applied.at(-1)?.tag ?? null, pending: pending.map(({ tag }) => tag) };
  if (pending.length > 0) return { schema, release: null, records: {}, documents: [] };
  const [release, records, documents] = await Promise.all([
    pool.query<CurrentRelease>(`
      select number, ${madeAt} as "createdAt",
        hash, note from releases order by number desc limit 1`),
    pool.query<{ type: string; count: number }>(`
      select type, count(*)::int as count from (
        select type from records where until_release is null
        union all select 'document' from documents where until_release is null
        union all select 'citation' from all_citations where until_release is null
      ) r group by type order by type collate "C"`),
    pool.query<CitedDocument>(`
      select d.id, d.file_name as "fileName",
        coalesce(jsonb_object_agg(c.type, c.count) filter (where c.type is not null), '{}') as citations
      from documents d left join (
        select document_id, split_part(fact_id, ':', 1) as type, count(*) from citations
        where until_release is null group by 1, 2
      ) c on c.document_id = d.id
      where d.until_release is null group by d.id, d.file_name order by d.id collate "C"`),
  ]);
  return {
    schema,
    release: release.rows[0] ?? null,
    records: Object.fromEntries(records.rows.map(({ type, count }) => [type, count])),
    documents: documents.rows,
  };
}
