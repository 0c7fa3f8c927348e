/** Places for tests, written as only an importer may: versions and the changes that lead from one to another. */
import type { Test } from 'tap';
import { connect } from '../src/db/client.ts';

export interface TestVersion {
  /** `70010@2026-01-01`, or only the code where the start is not known. */
  key: string;
  place: string;
  level?: string;
  type?: string;
  parent: string;
  to?: string;
  observedFrom?: string;
}

export interface TestLink {
  change: string;
  on: string;
  kind?: string;
  from: string;
  to: string | null;
  coverage: string;
}

const insertVersion = `insert into place_versions (id, since_release, place_id, level, code, type, name, full_name, aliases,
  parent_id, valid_from, valid_from_basis, valid_to, valid_to_basis, observed_from, flags, folded)
  values ($1, 1, $2, $3, $4, $5, $6, $6, '[]', $7, $8::date, case when $8::date is not null then 'observed' end,
    $9::date, case when $9::date is not null then 'observed' end, $10, '{}', $4)`;
const insertChange = `insert into place_changes (id, since_release, kind, effective_on, legal_basis, flags, folded)
  values ($1, 1, $2, $3, 'No. ' || $1, '{}', 'change')`;
const insertLink = `insert into place_links (change_id, from_id, to_id, coverage, since_release) values ($1, $2, $3, $4, 1)`;

/** Adds them to release 1. */
export async function addPlaces(
  t: Test,
  url: string,
  versions: readonly TestVersion[],
  links: readonly TestLink[] = [],
): Promise<void> {
  const { pool, close } = connect(url, { role: 'writer' });
  t.teardown(close);
  const identify = (id: string) =>
    pool.query('insert into identities (id, since_release) values ($1, 1) on conflict do nothing', [id]);
  for (const { key, place, level = 'commune', type = level, parent, to, observedFrom } of versions) {
    const [code, validFrom = null] = key.split('@');
    await identify(place);
    await identify(`place_version:${key}`);
    const name = JSON.stringify({ vi: `=1, Xã ${key}`, en: `"${key}"`, ar: null, he: null });
    const values = [`place_version:${key}`, place, level, code, type, name, parent, validFrom, to ?? null];
    await pool.query(insertVersion, [...values, observedFrom ?? null]);
  }
  const changes = new Map(links.map((link) => [link.change, link]));
  for (const [id, { kind = 'merge', on }] of changes) {
    await identify(`place_change:${id}`);
    await pool.query(insertChange, [`place_change:${id}`, kind, on]);
  }
  for (const { change, from, to, coverage } of links) {
    const target = to === null ? null : `place_version:${to}`;
    await pool.query(insertLink, [`place_change:${change}`, `place_version:${from}`, target, coverage]);
  }
}
