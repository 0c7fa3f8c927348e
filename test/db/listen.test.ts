/** The connection that listens: what it hears, and that nothing which befalls it makes it deaf. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import pg from 'pg';
import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { onServer, testDatabase } from '../helper.ts';
import { OwnPostgres } from '../own-postgres.ts';

interface Ears {
  /** Resolves when the next thing is heard. */
  next(): Promise<void>;
  close(): Promise<void>;
  log: string[];
}

function earsOn(t: Test, url: string): Ears {
  const log: string[] = [];
  const database = connect(url, { role: 'reader', log: (line) => log.push(line) });
  let [heard, told] = [0, 0];
  let wake = (): void => undefined;
  const listening = database.listen('news of "today"', () => {
    heard += 1;
    wake();
  });
  t.teardown(async () => {
    await listening.close();
    await database.close();
  });
  return {
    log,
    close: () => listening.close(),
    async next() {
      told += 1;
      while (heard < told) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

async function asked(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

const news = `select pg_notify('news of "today"', '1')`;

t.test('hears that it is connected, and each notification', async (t) => {
  const { url } = await testDatabase(t);
  const ears = earsOn(t, url);
  await ears.next();
  await asked(url, news);
  await ears.next();
  await asked(url, `${news}; commit; ${news}`);
  await ears.next();
  await ears.next();
  t.strictSame(ears.log, []);
});

t.test('cannot write, and is named', async (t) => {
  const { url, name } = await testDatabase(t);
  await earsOn(t, url).next();
  const { rows } = await onServer((server) =>
    server.query(
      "select count(*)::int from pg_stat_activity where datname = $1 and application_name = 'govdata listener'",
      [name],
    ),
  );
  t.strictSame(rows, [{ count: 1 }]);
});

t.test('a connection that is killed is made again, and that is heard like a notification', async (t) => {
  const { url, name } = await testDatabase(t);
  const ears = earsOn(t, url);
  await ears.next();
  for (const _time of [1, 2]) {
    await onServer((server) =>
      server.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'govdata listener'",
        [name],
      ),
    );
    await ears.next();
  }
  await asked(url, news);
  await ears.next();
  t.equal(ears.log.length, 2, 'each loss is a line');
  t.match(ears.log[0], /^the database tells of no new release just now: /);
});

t.test('waits for a server that is not there yet, and for one that restarts', async (t) => {
  const postgres = await OwnPostgres.prepare(t);
  const ears = earsOn(t, postgres.url);
  await postgres.start();
  await ears.next();
  await postgres.stop('fast');
  await postgres.start();
  await ears.next();
  await asked(postgres.url, news);
  await ears.next();
  const log = ears.log.join('\n');
  t.match(log, 'ECONNREFUSED');
  t.notMatch(log, new URL(postgres.url).password);
  t.ok(ears.log.length <= 3, 'of failures in a row, the first is told');
});

t.test('closes while a server answers nothing, and while it waits to try again', async (t) => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket.on('error', () => undefined))).listen(
    0,
    '127.0.0.1',
  );
  t.teardown(() => silent.close());
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  const ears = earsOn(t, `postgres://u:p@127.0.0.1:${port}/d`);
  await once(silent, 'connection');
  await ears.close();
  t.strictSame(ears.log, [], 'its end is no failure');

  const deaf = earsOn(t, 'postgres://u:p@127.0.0.1:1/d');
  while (deaf.log.length === 0) await new Promise(setImmediate);
  await deaf.close();
  t.equal(deaf.log.length, 1);
  for (const socket of sockets) socket.destroy();
});

t.test('a server that freezes does not keep it from closing', async (t) => {
  const postgres = await OwnPostgres.prepare(t);
  await postgres.start();
  const ears = earsOn(t, postgres.url);
  await ears.next();
  postgres.freeze();
  await ears.close();
  t.strictSame(ears.log, []);
});
