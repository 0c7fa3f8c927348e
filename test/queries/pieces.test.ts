import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import t from 'tap';
import { inTurn, nextSize, pieceSizes, readingAhead } from '../../src/queries/pieces.ts';

t.test(
  'pieces grow fourfold at most, up to the most, as far as the time allows, and never below a row',
  async (t) => {
    t.equal(nextSize(100, 1), 400);
    t.equal(nextSize(1000, 1), pieceSizes.most);
    t.equal(nextSize(1000, 500), 500);
    t.equal(nextSize(100, 0), 400, 'a clock that stood still');
    t.equal(nextSize(1, 60_000), 1);
  },
);

t.test('files have half of the connections, and go on where one of them fails', async (t) => {
  for (const [max, half] of [
    [5, 2],
    [1, 1],
  ] as const) {
    const database = { pool: new pg.Pool({ max }) };
    const context = { database, now: () => new Date() };
    let [running, most] = [0, 0];
    const read = async (fails: boolean): Promise<boolean> => {
      running += 1;
      most = Math.max(most, running);
      await setTimeout(5);
      running -= 1;
      if (fails) throw new Error('broken');
      return true;
    };
    const all = await Promise.allSettled(
      Array.from({ length: 9 }, (_, index) => inTurn(context, () => read(index === 4))),
    );
    t.equal(most, half, `of ${max}`);
    t.equal(all.filter(({ status }) => status === 'fulfilled').length, 8);
  }
});

t.test('while a piece is written the two behind it are read, in order, and no more', async (t) => {
  const read: number[] = [];
  const pieces = readingAhead(0, async (piece) => {
    await setTimeout(1);
    read.push(piece + 1);
    return piece < 5 ? piece + 1 : undefined;
  });
  for (let piece = 0; piece <= 5; piece += 1) {
    t.strictSame(await pieces.next(), { value: piece, done: false });
    await setTimeout(20);
    t.equal(read.at(-1), Math.min(piece + 2, 6));
  }
  t.strictSame(await pieces.next(), { value: undefined, done: true });
  t.strictSame(read, [1, 2, 3, 4, 5, 6]);
});

t.test('a piece that fails is heard of when its turn comes, and nothing is read behind it', async (t) => {
  const read: number[] = [];
  const pieces = readingAhead(10, async (piece) => {
    read.push(piece + 1);
    if (piece === 11) throw new Error('gone');
    return piece + 1;
  });
  t.match(await pieces.next(), { value: 10 });
  await setTimeout(5);
  t.match(await pieces.next(), { value: 11 });
  await t.rejects(pieces.next(), { message: 'gone' });
  t.strictSame(read, [11, 12]);
});
