#!/usr/bin/env node
/**
 * Keeps a copy of the data in an SQLite file, and is run as often as you like:
 *
 *     node sync.mjs govdata.db https://govdata.example
 *
 * The first run loads all releases, later ones what is new. Each release is one transaction: whatever happens, the copy is
 * a whole release. Prints one line; where it fails, says why on standard error and ends with 1.
 *
 * Node has SQLite built in from 22.13 on; an older one needs `npm install libsql`.
 */
const Database = await import('node:sqlite').then(
  ({ DatabaseSync }) => DatabaseSync,
  async () => (await import('libsql')).default,
);

const [file, url = process.env['GOVDATA_URL'] ?? 'http://127.0.0.1:3000'] = process.argv.slice(2);
/** How often it asks in vain before it gives up; between two times it waits 1, 2, 4 … seconds. */
const tries = Number(process.env['GOVDATA_TRIES'] ?? 5);

/** Tables of your own may refer to `records.id`: an id is never given to anything else. */
const schema = `
  create table if not exists releases (
    number integer primary key, hash text not null, made_at text not null, changes integer not null
  ) strict;
  create table if not exists records (
    id text primary key, type text not null, release integer not null, state text not null
  ) strict;
  create table if not exists ended (
    id text primary key, type text not null, release integer not null, reason text not null,
    merged_into text, because text
  ) strict;
  create index if not exists records_by_type on records (type);
  create index if not exists citations_by_fact on records (state ->> 'factId') where type = 'citation';

  create view if not exists places as
    select id, state ->> 'placeId' as place_id, state ->> 'level' as level, state ->> 'code' as code,
      coalesce(state ->> '$.name.vi', state ->> '$.name.en') as name,
      state ->> 'validFrom' as valid_from, state ->> 'validTo' as valid_to
    from records where type = 'place_version';
  create view if not exists observations as
    select o.id, i.state ->> 'code' as indicator, i.state ->> '$.name.en' as indicator_name,
      p.level, p.code as place_code, p.name as place, o.state ->> 'periodLabel' as period,
      o.state ->> 'periodStart' as period_start, o.state ->> 'periodEnd' as period_end,
      o.state ->> 'measure' as measure, o.state ->> 'scenario' as scenario, o.state ->> 'comparator' as comparator,
      o.state ->> 'value' as value, o.state ->> 'valueCode' as value_code, o.state ->> 'unit' as unit,
      o.state ->> 'numerator' as numerator, o.state ->> 'denominator' as denominator,
      o.state -> 'flags' as flags, o.release
    from records o
    join records i on i.id = o.state ->> 'indicatorId'
    left join places p on p.id = o.state ->> 'placeVersionId'
    where o.type = 'observation';
  create view if not exists citations as
    select c.id, c.state ->> 'factId' as fact, c.state ->> 'kind' as kind, d.state ->> 'fileName' as file_name,
      c.state ->> 'paragraph' as paragraph, c.state ->> 'start' as start, c.state ->> 'end' as "end",
      c.state ->> 'printed' as printed
    from records c left join records d on d.id = c.state ->> 'documentId'
    where c.type = 'citation';
`;

/** What asking again cannot mend. */
class Refusal extends Error {}

/** Waits before the next try, or throws where there is to be none. */
async function waitAfter(error, failures) {
  if (error instanceof Refusal || failures >= tries) throw error;
  await new Promise((resolve) => setTimeout(resolve, 1000 * (error.retryAfter ?? 2 ** (failures - 1))));
}

/** What `read` makes of the answer. */
async function get(path, args, read = (response) => response.json()) {
  for (let failures = 1; ; failures += 1) {
    try {
      const response = await fetch(`${url}${path}?${new URLSearchParams(args)}`);
      if (response.ok) return await read(response);
      throw await failureOf(response);
    } catch (error) {
      await waitAfter(error, failures);
    }
  }
}

/** From a problem document, or from whatever else stands between the service and us. */
async function failureOf(response) {
  const { detail = response.statusText, code, requestId } = await response.json().catch(() => ({}));
  const more = code === undefined ? '' : ` (${code}, request ${requestId})`;
  const mayPass = response.status >= 500 || [408, 429].includes(response.status);
  const error = new (mayPass ? Error : Refusal)(`${response.status} ${detail}${more}`);
  error.retryAfter = Number(response.headers.get('retry-after')) || undefined;
  return error;
}

async function* linesOf(body) {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop();
    yield* lines;
  }
  if (rest !== '') throw new Error('the file ends in the middle of a line');
}

/** What a release did, change by change. A transfer that is cut off goes on behind the last line that arrived. */
async function* changesOf({ number }) {
  const args = { since: number - 1, release: number };
  for (let failures = 0; ; ) {
    const body = await get('/v1/changes.ndjson', args, (response) => response.body);
    try {
      for await (const line of linesOf(body)) {
        const change = JSON.parse(line);
        args.after = change.cursor;
        failures = 0;
        yield change;
      }
      return;
    } catch (error) {
      failures += 1;
      await waitAfter(error, failures);
    }
  }
}

/** The releases that the copy has not got, oldest first. */
async function releasesAfter(held) {
  const newer = [];
  for (let after; after !== null; ) {
    const { items, next } = await get('/v1/releases', { limit: 500, ...(after ? { after } : {}) });
    for (const release of items) {
      if (release.number === held?.number && release.hash === held.hash) return newer.reverse();
      if (release.number <= held?.number) throw new Refusal(otherData(held, release));
      newer.push(release);
    }
    after = next;
  }
  if (held) throw new Refusal(`the service has no releases, and the copy has ${held.number}`);
  return newer.reverse();
}

const otherData = (held, { number }) =>
  number < held.number
    ? `the service is at release ${number}, before that of the copy; ask the one that it was made from, or begin a new copy`
    : `release ${number} of the service holds other data; ask the one that the copy was made from, or begin a new copy`;

/** In the transaction of its release. */
function applier(db) {
  const put = db.prepare(`insert into records values (?, ?, ?, ?)
    on conflict (id) do update set release = excluded.release, state = excluded.state`);
  const remove = db.prepare('delete from records where id = ?');
  const bury = db.prepare('insert or replace into ended values (?, ?, ?, ?, ?, ?)');
  const raise = db.prepare('delete from ended where id = ?');
  return ({ record, type, release, reason, correction, state }) => {
    if (state === null) {
      remove.run(record);
      bury.run(record, type, release, reason, correction?.mergedInto ?? null, correction?.reason ?? null);
    } else {
      put.run(record, type, release, JSON.stringify(state));
      raise.run(record);
    }
  };
}

const heldBy = (db) => db.prepare('select number, hash from releases order by number desc limit 1').get();

/** All of a release or, if this throws and the copy is closed, nothing. */
async function applyRelease(db, release, counts) {
  db.exec('begin immediate');
  const held = heldBy(db)?.number ?? 0;
  if (held !== release.number - 1) throw new Error(`another process has brought it to release ${held}`);
  const apply = applier(db);
  let changes = 0;
  for await (const change of changesOf(release)) {
    apply(change);
    changes += 1;
    counts.set(change.reason, (counts.get(change.reason) ?? 0) + 1);
  }
  // The service has counted them too.
  const announced = release.byType
    .flatMap(({ added, revised, corrected, withdrawn }) => [added, revised, corrected, withdrawn])
    .reduce((sum, count) => sum + count, 0);
  if (changes !== announced) throw new Error(`${changes} of ${announced} changes arrived`);
  const log = db.prepare('insert into releases values (?, ?, ?, ?)');
  log.run(release.number, release.hash, release.createdAt, changes);
  db.exec('commit');
}

/** Tells what it did. */
async function sync(db) {
  // Readers of the copy see the last whole release while the next one is written.
  db.exec(`pragma journal_mode = wal; ${schema}`);
  const before = heldBy(db);
  reached = before?.number ?? 0;
  const newer = await releasesAfter(before);
  const counts = new Map();
  for (const release of newer) {
    await applyRelease(db, release, counts);
    reached = release.number;
  }
  db.exec('pragma optimize');
  const { records } = db.prepare('select count(*) as records from records').get();
  const from = before === undefined ? 'first load' : `release ${before.number}`;
  if (newer.length === 0) return `${from}, nothing new; ${records} records`;
  const done = [...counts].map(([reason, count]) => `${count} ${reason}`).join(', ');
  return `${from} → release ${reached}: ${done}; ${records} records`;
}

if (file === undefined) {
  console.error('usage: node sync.mjs <file of the copy> [address of the service]');
  process.exit(1);
}
let reached = 0;
let db;
try {
  db = new Database(file);
  console.log(`${file}: ${await sync(db)}`);
} catch (error) {
  const cause = error.cause?.message ? `: ${error.cause.message}` : '';
  console.error(`${error.message}${cause} (asked ${url}); ${file} is at release ${reached}`);
  process.exitCode = 1;
}
db?.close();
