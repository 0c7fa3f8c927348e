/** What can go wrong while a copy is made: it goes on, or stays the whole release that it was, and says why. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import t, { type Test } from 'tap';
import { fixtureService } from '../second-release.ts';
import type { TestService } from '../service.ts';
import { statesOf } from '../stored-states.ts';
import { badLine } from './bad-line.ts';
import { type Copy, newCopy } from './copy.ts';
import { firstRelease, listening, secondRelease } from './served.ts';

/** That the copy is release 1, whole, and says so. */
async function staysAtFirst(t: Test, copy: Copy, { url }: TestService): Promise<void> {
  t.match(copy.rows('pragma integrity_check'), [{ integrity_check: 'ok' }]);
  t.match(copy.rows('select number from releases'), [{ number: 1 }]);
  t.strictSame(copy.states(), await statesOf(url, 1));
  t.match(copy.rows('select count(*) as ended from ended'), [{ ended: 0 }]);
}

t.test('a transfer that is cut off, wherever, goes on behind the last whole line', async (t) => {
  const { service, address } = await secondRelease();
  const line = await badLine(t, address, [{ cut: 5_000 }, { cut: 30 }, { busy: true }, { cut: 20_001 }]);
  const copy = newCopy(t);
  t.match(await copy.sync(line.address), { code: 0, err: '', out: /first load → release 2/ });
  t.strictSame(copy.states(), await statesOf(service.url, 2));

  t.strictSame(
    line.files.map(({ query, arrived }) => [query.get('release'), arrived.endsWith('\n')]),
    [
      ['1', false],
      ['1', false],
      ['1', false],
      ['1', false],
      ['1', true],
      ['2', true],
    ],
  );
  const [whole, cut, busy, again, rest, second] = line.files.map(({ query }) => query.get('after'));
  const cursors = line.files.map(({ arrived }) => lastCursorOf(arrived));
  t.ok(cursors[0] && cursors[3] && cursors[0] !== cursors[3]);
  t.strictSame(
    [whole, cut, busy, again, rest, second],
    // Of the second file not even a line arrived, of the third nothing.
    [null, cursors[0], cursors[0], cursors[0], cursors[3], null],
  );
});

/** Of the last whole line. */
const lastCursorOf = (arrived: string): string | undefined =>
  arrived
    .split('\n')
    .slice(0, -1)
    .map((line): string => JSON.parse(line).cursor)
    .at(-1);

t.test(
  'a program that is killed within a release leaves the one before it, and the next run goes on',
  async (t) => {
    const { service, address } = await secondRelease();
    const copy = newCopy(t);
    // The first file is release 1, whole.
    const line = await badLine(t, address, [{ cut: 1e9 }, { hold: 9_000 }].slice(1));
    t.match(await copy.sync((await firstRelease()).address), { code: 0 });
    const running = copy.start(line.address);
    while (line.files.length === 0 || !isWriting(copy)) await sleep(20);
    t.match(line.files[0]?.arrived, /"release":2.*\n.*"release":2/);
    running.kill('SIGKILL');
    await once(running, 'exit');
    await staysAtFirst(t, copy, service);
    t.match(await copy.sync(address), { code: 0, out: /release 1 → release 2/ });
    t.strictSame(copy.states(), await statesOf(service.url, 2));
  },
);

/** Whether somebody is within a transaction that writes. */
function isWriting({ file }: Copy): boolean {
  const db = new Database(file);
  try {
    db.exec('begin immediate; rollback');
    return false;
  } catch {
    return true;
  } finally {
    db.close();
  }
}

t.test('a copy at release 1 stays what it is', async (t) => {
  const copy = newCopy(t);
  const { service: first, address: firstAddress } = await firstRelease();
  await copy.sync(firstAddress);
  const { service: second, address } = await secondRelease();
  const fails = async (t: Test, at: string, message: RegExp, tries = 1): Promise<void> => {
    const { code, out, err } = await copy.sync(at, { tries });
    t.strictSame({ code, out }, { code: 1, out: '' });
    t.match(err, message);
    t.match(err, /; govdata\.db is at release 1$/);
    await staysAtFirst(t, copy, first);
  };

  await t.test('of a service that holds other data', async (t) => {
    const service = await fixtureService(t, 1);
    await service.writer.pool.query("update releases set hash = repeat('0', 64)");
    const other = await listening(service);
    await fails(
      t,
      other,
      /^release 1 of the service holds other data; ask the one that the copy was made from/,
    );
  });
  await t.test('when the connection is lost too often', async (t) => {
    const line = await badLine(t, address, [{ cut: 3 }, { cut: 3 }]);
    await fails(t, line.address, /^(terminated|other side closed)/, 2);
    t.equal(line.files.length, 2);
  });
  await t.test('when a file seems to be whole, and is not', async (t) => {
    const line = await badLine(t, address, [{ end: 4 }]);
    await fails(t, line.address, /^4 of \d\d+ changes arrived/);
  });
  await t.test('when nobody answers, or somebody else', async (t) => {
    await fails(t, 'http://127.0.0.1:1', /^fetch failed: .*\(asked http:\/\/127\.0\.0\.1:1\)/);
    await fails(t, `${address}/elsewhere`, /^404 There is nothing at .*\(no_such_route, request [-\w]+\)/);
    await fails(t, await nobodyWeKnow(t), /^403 Forbidden \(asked/);
  });
  await t.test('when another process writes it', async (t) => {
    const db = new Database(copy.file);
    db.exec('begin immediate');
    const { code, err } = await copy.sync(address);
    db.close();
    t.equal(code, 1);
    t.match(err, /^database is locked .*; govdata\.db is at release 1$/);
    await staysAtFirst(t, copy, first);
  });
  await t.test('of a service that has no release yet', async (t) => {
    const empty = await listening(await fixtureService(t, 0));
    await fails(t, empty, /^(503|the service has no releases)/);
  });

  t.match(await copy.sync(address), { code: 0, out: /release 1 → release 2/ });
  await t.test('and one at release 2 does so when the service has gone back to release 1', async (t) => {
    const { code, err } = await copy.sync(firstAddress);
    t.equal(code, 1);
    t.match(err, /^the service is at release 1, before that of the copy; .*; govdata\.db is at release 2$/);
    t.strictSame(copy.states(), await statesOf(second.url, 2));
  });
});

/** A server between us that answers in its own way. */
async function nobodyWeKnow(t: Test): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(403).end('<html>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

t.test('says how it is used when no file is named', async (t) => {
  const { code, out, err } = await newCopy(t).run([]);
  t.strictSame({ code, out }, { code: 1, out: '' });
  t.equal(err, 'usage: node sync.mjs <file of the copy> [address of the service]');
});
