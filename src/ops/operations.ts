/** `govdata operations`: which documents clients may name. Each write is one transaction, under a lock. */
import type pg from 'pg';
import type { Database } from '../db/client.ts';
import { holdingLock } from '../db/locks.ts';
import { requireMigrated } from '../db/migrated.ts';
import { type Fault, FaultsError, nearest } from '../errors.ts';
import { withoutAlgorithm } from '../schema/operation-name.ts';
import type { Candidate } from './candidate.ts';
import { checkDocument } from './check-document.ts';
import { readOperationFiles } from './operation-files.ts';

export interface Operation {
  /** SHA-256 of the document in hex. */
  hash: string;
  /** Of the operations in the document. */
  names: string[];
  /** What clients call it besides its hash. */
  ids: string[];
  /** The file that it was first registered from. */
  file: string;
}

export interface ListedOperation extends Operation {
  characters: number;
  registeredAt: string;
}

export interface RegisterReport {
  /** New documents. */
  registered: Operation[];
  /** Documents that were there already, and have got another id. */
  named: Operation[];
  /** How many were there already, just as they are. */
  unchanged: number;
}

export interface WriteOptions {
  /** Check and compare, and write nothing. */
  dryRun?: boolean | undefined;
}

interface Wanted extends Operation {
  document: string;
}

/** Of more faults the first are told, and how many there are. */
const faultsShown = 50;

function refuse(summary: string, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  throw new FaultsError(summary, faults.slice(0, faultsShown), Math.max(0, faults.length - faultsShown));
}

/** Reads and checks everything before anything is written; what is there already is left as it is. */
export async function registerOperations(
  database: Database,
  paths: readonly string[],
  { dryRun = false }: WriteOptions = {},
): Promise<RegisterReport> {
  await requireMigrated(database);
  const { candidates, faults } = await readOperationFiles(paths);
  const wanted = new Map<string, Wanted>();
  const owners = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const { hash, id, text, file } = candidate;
    const checked = checkDocument(candidate);
    faults.push(...checked.faults);
    const one = wanted.get(hash) ?? { hash, names: checked.names, ids: [], file, document: text };
    wanted.set(hash, one);
    if (id === undefined) continue;
    if ((owners.get(id) ?? candidate).hash !== hash) faults.push(takenId(candidate, owners.get(id)?.file));
    owners.set(id, candidate);
    if (!one.ids.includes(id)) one.ids.push(id);
  }
  return writing(database, dryRun, async (client) => {
    const known = new Map((await readOperations(client)).map((one) => [one.hash, one]));
    for (const { hash, ids } of known.values()) {
      const taken = ids.map((id) => owners.get(id)).filter((owner) => owner !== undefined);
      faults.push(...taken.filter((owner) => owner.hash !== hash).map((owner) => takenId(owner, hash)));
    }
    refuse('The operations cannot be registered; nothing was changed.', faults);
    const { report, rows, ids } = compare([...wanted.values()], known);
    await insert(client, rows, ids);
    return report;
  });
}

const takenId = ({ id, file, placeOf }: Candidate, owner: string | undefined): Fault => ({
  code: 'taken_id',
  message: `the id "${id}" is that of another document (${owner})`,
  file,
  ...placeOf(0),
});

function compare(wanted: readonly Wanted[], known: ReadonlyMap<string, Operation>) {
  const published = ({ document: _document, ...operation }: Wanted): Operation => operation;
  const rows = wanted.filter(({ hash }) => !known.has(hash));
  const lacking = wanted
    .map((one) => ({ ...one, ids: one.ids.filter((id) => !known.get(one.hash)?.ids.includes(id)) }))
    .filter(({ ids }) => ids.length > 0);
  const named = lacking.filter(({ hash }) => known.has(hash));
  const report: RegisterReport = {
    registered: rows.map(published),
    named: named.map(published),
    unchanged: wanted.length - rows.length - named.length,
  };
  return { report, rows, ids: lacking.flatMap(({ hash, ids }) => ids.map((id) => ({ id, hash }))) };
}

async function insert(client: pg.PoolClient, rows: readonly Wanted[], ids: readonly object[]): Promise<void> {
  await client.query(
    `insert into persisted_operations (hash, names, document, file)
    select hash, names, document, file
    from jsonb_to_recordset($1) as t (hash text, names text[], document text, file text)`,
    [JSON.stringify(rows)],
  );
  await client.query(
    `insert into persisted_operation_ids (id, hash)
    select id, hash from jsonb_to_recordset($1) as t (id text, hash text)`,
    [JSON.stringify(ids)],
  );
}

async function readOperations(client: pg.Pool | pg.PoolClient): Promise<ListedOperation[]> {
  const { rows } = await client.query<ListedOperation>(
    `select hash, names,
      array(select id from persisted_operation_ids i where i.hash = o.hash order by id collate "C") as ids,
      file, length(document) as characters,
      to_char(registered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "registeredAt"
    from persisted_operations o order by names collate "C", hash`,
  );
  return rows;
}

export async function listOperations(database: Database): Promise<ListedOperation[]> {
  await requireMigrated(database);
  return readOperations(database.pool);
}

/** Named by their hash, by its beginning of at least 8 digits, or by the id of a client. */
export async function removeOperations(
  database: Database,
  names: readonly string[],
  { dryRun = false }: WriteOptions = {},
): Promise<ListedOperation[]> {
  await requireMigrated(database);
  return writing(database, dryRun, async (client) => {
    const known = await readOperations(client);
    const removed = new Set<ListedOperation>();
    const faults: Fault[] = [];
    for (const name of names) {
      const hash = withoutAlgorithm(name);
      const matches = known.filter(
        (one) => one.ids.includes(name) || (hash.length >= 8 && one.hash.startsWith(hash)),
      );
      const [match] = matches;
      if (match !== undefined && matches.length === 1) removed.add(match);
      else faults.push(match === undefined ? unknownName(name, known) : ambiguousName(name, matches));
    }
    refuse('The operations cannot be removed; nothing was changed.', faults);
    await client.query('delete from persisted_operations where hash = any ($1)', [
      [...removed].map(({ hash }) => hash),
    ]);
    return [...removed];
  });
}

/** Who gives the name of an operation means its document. */
function unknownName(name: string, known: readonly Operation[]): Fault {
  const named = known.find(({ names }) => names.includes(name))?.hash.slice(0, 12);
  const suggestion =
    named ?? nearest(name, [...known.map(({ hash }) => hash), ...known.flatMap(({ ids }) => ids)]);
  return {
    code: 'unknown_operation',
    message: `nothing is registered under "${name}"`,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function ambiguousName(name: string, matches: readonly Operation[]): Fault {
  const hashes = matches.map(({ hash }) => hash.slice(0, name.length + 8)).join(', ');
  return { code: 'ambiguous_hash', message: `"${name}" begins more than one hash: ${hashes}` };
}

/** One transaction at a time; a dry run is one that is taken back. */
function writing<T>(
  database: Database,
  dryRun: boolean,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return holdingLock(database.pool, 'operations', async (client) => {
    await client.query('begin');
    const result = await work(client);
    await client.query(dryRun ? 'rollback' : 'commit');
    return result;
  });
}
