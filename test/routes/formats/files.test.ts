/** What holds for files of every format: the same bytes for the same tag, no more memory than is needed, no half of one. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import type { Piece } from '../../../src/queries/answer.ts';
import type { WriteFile } from '../../../src/routes/formats/file.ts';
import { writerOf } from '../../../src/routes/formats/index.ts';
import { type Format, formatOf, formats } from '../../../src/schema/formats.ts';
import { testService } from '../../service.ts';
import { emptyRow, madeFile, written } from './made.ts';

/** Of lists that are records as they come; those of statistics take figures alone. */
const tables: readonly Format[] = ['ndjson', 'csv', 'xlsx', 'parquet'];

const rows = Array.from({ length: 12_000 }, (_, index) => ({
  ...emptyRow,
  id: `row ${index}`,
  text: createHash('sha256').update(String(index)).digest('base64'),
  number: index / 8,
}));

const withCursors = (file: ReturnType<typeof madeFile>, cursors: readonly string[]) => ({
  ...file,
  pieces: (async function* () {
    let at = 0;
    for await (const { rows: some } of file.pieces) {
      yield { rows: some, cursors: cursors.slice(at, at + some.length) };
      at += some.length;
    }
  })(),
});

t.test('the bytes do not depend on how the records were read, nor on when', async (t) => {
  const cursors = rows.map(({ id }) => id);
  for (const format of tables) {
    const write: WriteFile = (file) => writerOf(format)(file);
    const one = await written(write, withCursors(madeFile(rows, { sizes: [12_000] }), cursors));
    const sizes = [1, 7, 2000, 333];
    await setTimeout(1100);
    const other = await written(write, withCursors(madeFile(rows, { sizes }), cursors));
    t.ok(one.length > 100_000 && one.equals(other), `${format}: ${one.length} bytes`);
  }
});

/** Records without end, of which is counted how many were taken, and whether it was told that no more are wanted. */
function endless() {
  const seen = { pieces: 0, ended: false };
  const pieces = async function* (): AsyncGenerator<Piece> {
    try {
      for (; ; seen.pieces += 1) {
        const some = rows.slice(0, 500).map((row) => ({ ...row, text: randomBytes(300).toString('base64') }));
        yield { rows: some, cursors: some.map(({ id }) => id) };
      }
    } finally {
      seen.ended = true;
    }
  };
  return { seen, file: { ...madeFile([]), pieces: pieces() } };
}

/** How many pieces were taken when no more are, for half a second. */
async function still(seen: { pieces: number }): Promise<number> {
  for (let before = -1, since = 0; since < 10; ) {
    since = before === seen.pieces ? since + 1 : 0;
    before = seen.pieces;
    await setTimeout(50);
  }
  return seen.pieces;
}

t.test('nothing is read while the reader takes nothing, and no more when he is gone', async (t) => {
  for (const format of tables) {
    const { seen, file } = endless();
    const stream = await writerOf(format)(file);
    await once(stream, 'readable');
    stream.read();
    const held = await still(seen);
    t.ok(held < 60, `${format}: stands still after ${held} pieces`);
    stream.read();
    await once(stream, 'readable');
    t.ok((await still(seen)) < 100, `${format}: goes on no further than is needed`);
    stream.destroy();
    for (let wait = 0; wait < 50 && !seen.ended; wait += 1) await setTimeout(20);
    t.ok(seen.ended, `${format}: ended`);
  }
});

t.test('what cannot be read to its end fails, in the middle or at once', async (t) => {
  for (const format of tables) {
    for (const many of [0, 3]) {
      const failing = async function* (): AsyncGenerator<Piece> {
        for (let count = 0; count < many; count += 1) {
          yield { rows: rows.slice(0, 2000), cursors: rows.slice(0, 2000).map(({ id }) => id) };
        }
        throw new Error('gone');
      };
      const file = { ...madeFile([]), pieces: failing() };
      await t.rejects(written(writerOf(format), file), { message: 'gone' }, `${format} after ${many}`);
    }
  }
});

t.test('a file is answered with its own tag, 304 and HEAD, whatever its format', async (t) => {
  const { app, reader } = await testService(t);
  const tags = new Set<unknown>();
  for (const format of [...tables, 'csv-metadata.json']) {
    const suffix = format === 'csv-metadata.json' ? format : formatOf(format as Format).suffix;
    const url = `/v1/observations.${suffix}`;
    const whole = await app.inject(url);
    const again = await app.inject(url);
    t.ok(whole.rawPayload.equals(again.rawPayload), `${format} twice`);
    tags.add(whole.headers.etag);
    const kept = await app.inject({ url, headers: { 'if-none-match': String(whole.headers.etag) } });
    t.equal(kept.statusCode, 304);
    let asked = 0;
    const connect = reader.pool.connect.bind(reader.pool);
    t.intercept(reader.pool, 'connect', {
      value: async () => {
        asked += 1;
        return connect();
      },
    });
    const head = await app.inject({ method: 'HEAD', url });
    t.match(head, { statusCode: 200, body: '' });
    t.equal(head.headers.etag, whole.headers.etag);
    t.equal(head.headers['content-type'], whole.headers['content-type']);
    t.equal(asked, 3, `${format}: HEAD asks for the release, for one piece, and for what its records share`);
  }
  t.equal(tags.size, 5);
  t.strictSame(Object.keys(formats).slice(0, 4), [...tables]);
});
