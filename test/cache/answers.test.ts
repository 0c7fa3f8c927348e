/** Answers kept as bytes: how many, for how long, and who computes them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import t from 'tap';
import { Answers } from '../../src/cache/answers.ts';
import { KeptAnswer } from '../../src/cache/kept-answer.ts';

const { signal } = new AbortController();
const ofLength = (length: number): KeptAnswer => new KeptAnswer('x'.repeat(length));

t.test('an answer is computed once, and then kept', async (t) => {
  const answers = new Answers(10_000);
  let computed = 0;
  const ask = () =>
    answers.answer('a', signal, async () => {
      computed += 1;
      return ofLength(10);
    });
  t.equal(await ask(), await ask());
  t.equal(computed, 1);
  t.strictSame(answers.size, { answers: 1, bytes: 13 });
  t.equal(answers.get('a')?.bytesIn('identity')?.toString(), 'x'.repeat(10));
});

t.test('of many who ask at once, one has it computed, and all are told the same', async (t) => {
  const answers = new Answers(10_000);
  let computed = 0;
  const compute = async () => {
    computed += 1;
    await sleep(20);
    return ofLength(computed);
  };
  const told = await Promise.all(Array.from({ length: 50 }, () => answers.answer('a', signal, compute)));
  t.equal(computed, 1);
  t.equal(new Set(told).size, 1);
});

t.test('what was not asked for longest goes first, and what is too large is never kept', async (t) => {
  const answers = new Answers(10_000);
  for (let key = 0; key < 10; key += 1) {
    await answers.answer(`${key}`, signal, async () => ofLength(1000));
    t.ok(answers.get('0'));
  }
  t.notOk(answers.get('1'));
  t.ok(answers.get('9'));
  t.strictSame(answers.size, { answers: 8, bytes: 8 * 1201 });
  t.ok(await answers.answer('large', signal, async () => ofLength(2000)));
  t.notOk(answers.get('large'));
});

t.test('a failure is told to all who wait, and the next one tries again', async (t) => {
  const answers = new Answers(10_000);
  let tried = 0;
  const ask = () =>
    answers.answer('a', signal, async () => {
      tried += 1;
      await sleep(5);
      if (tried === 1) throw new Error('lost');
      return ofLength(1);
    });
  const first = await Promise.allSettled([ask(), ask()]);
  t.strictSame(
    first.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  t.ok(await ask());
  t.equal(tried, 2);
});

t.test('what is no answer to keep is told, and forgotten', async (t) => {
  const answers = new Answers(10_000);
  t.equal(await answers.answer('a', signal, async () => null), null);
  t.equal(answers.size.answers, 0);
  t.ok((await answers.answer('a', signal, async () => ofLength(1))) instanceof KeptAnswer);
});

t.test('who goes is told why, and the others still get their answer', async (t) => {
  const answers = new Answers(10_000);
  const [one, other] = [new AbortController(), new AbortController()];
  let given: AbortSignal | undefined;
  const compute = async (over: AbortSignal) => {
    given = over;
    await sleep(20);
    return ofLength(1);
  };
  const leaves = answers.answer('a', one.signal, compute);
  const stays = answers.answer('a', other.signal, compute);
  one.abort(new Error('gone'));
  await t.rejects(leaves, { message: 'gone' });
  t.equal(given?.aborted, false);
  t.ok(await stays);
});

t.test('once all have gone the computation is given up, and whoever comes next starts another', async (t) => {
  const answers = new Answers(10_000);
  const only = new AbortController();
  let given: AbortSignal | undefined;
  const lasting = answers.answer('a', only.signal, (over) => {
    given = over;
    return new Promise((_resolve, reject) => {
      over.addEventListener('abort', () => reject(over.reason), { once: true });
    });
  });
  only.abort(new Error('gone'));
  await t.rejects(lasting, { message: 'gone' });
  t.equal(given?.aborted, true);
  t.ok(await answers.answer('a', signal, async () => ofLength(1)));
  t.equal(answers.size.answers, 1);
});

t.test('who has gone before gets nothing', async (t) => {
  const gone = AbortSignal.abort(new Error('gone'));
  await t.rejects(
    new Answers(10_000).answer('a', gone, async () => ofLength(1)),
    { message: 'gone' },
  );
});

t.test('what was begun before all was forgotten is told, and not kept', async (t) => {
  const answers = new Answers(10_000);
  let told: (answer: KeptAnswer) => void = () => undefined;
  const old = answers.answer('a', signal, () => new Promise<KeptAnswer>((resolve) => (told = resolve)));
  answers.clear();
  const fresh = await answers.answer('a', signal, async () => ofLength(2));
  told(ofLength(1));
  t.not(await old, fresh);
  t.equal(answers.get('a'), fresh);
});

t.test('with no bytes nothing is kept, and everybody computes', async (t) => {
  const answers = new Answers(0);
  let computed = 0;
  const ask = () =>
    answers.answer('a', signal, async (own) => {
      t.equal(own, signal);
      computed += 1;
      return ofLength(1);
    });
  await Promise.all([ask(), ask()]);
  t.equal(computed, 2);
  t.strictSame(answers.size, { answers: 0, bytes: 0 });
  t.equal(answers.get('a'), undefined);
  answers.clear();
});

t.test('an answer is packed once for each encoding, and small ones are not', async (t) => {
  const text = 'figure '.repeat(1000);
  const answer = new KeptAnswer(text);
  t.equal(answer.encodingFor('gzip, br'), 'br');
  t.equal(answer.encodingFor('gzip'), 'gzip');
  t.equal(answer.encodingFor(undefined), 'identity');
  t.equal(answer.bytesIn('br'), undefined);
  const [br, again] = await Promise.all([answer.in('br'), answer.in('br')]);
  t.equal(br, again);
  t.equal(answer.bytesIn('br'), br);
  t.equal(brotliDecompressSync(br).toString(), text);
  t.equal(gunzipSync(await answer.in('gzip')).toString(), text);
  t.equal((await answer.in('identity')).toString(), text);

  const small = new KeptAnswer('{}');
  t.equal(small.encodingFor('gzip, br'), 'identity');
  t.equal(small.encodingFor('gzip, identity;q=0'), 'gzip');
});
