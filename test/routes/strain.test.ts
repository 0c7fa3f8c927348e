/** When a process has too much to do: its loop is really blocked here, and its heap really has a size. */
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { Strain, type StrainLimits } from '../../src/routes/strain.ts';

function strainOf(t: Test, limits: StrainLimits): Strain {
  const strain = new Strain(limits, 100);
  t.teardown(() => strain.close());
  return strain;
}

/** As by a defect that computes for too long, again and again. */
async function block(ms: number, pieceMs = 60): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    for (const until = performance.now() + pieceMs; performance.now() < until; );
    await sleep(1);
  }
}

t.test(
  'a loop that is late for two looks is a strain, says by how much, and is none once it is over',
  async (t) => {
    const strain = strainOf(t, { eventLoopDelayMs: 20, heapPercent: 0 });
    t.equal(strain.reason, undefined);
    // On a machine that is busy with others the loop has fewer pieces of time to be late in.
    for (let tries = 0; strain.reason === undefined && tries < 100; tries += 1) await block(120);
    t.match(strain.reason, /^The process is \d+ ms late with all that it does\.$/);
    let looks = 0;
    while (strain.reason !== undefined && looks++ < 400) await sleep(50);
    t.equal(strain.reason, undefined);
  },
);

t.test('one look at it is not enough', async (t) => {
  const strain = new Strain({ eventLoopDelayMs: 20, heapPercent: 0 }, 1000);
  t.teardown(() => strain.close());
  await block(1100);
  t.equal(strain.reason, undefined);
});

t.test('a heap above its part is a strain, and one below is none', async (t) => {
  const full = strainOf(t, { eventLoopDelayMs: 0, heapPercent: 0.001 });
  const roomy = strainOf(t, { eventLoopDelayMs: 0, heapPercent: 100 });
  const careless = strainOf(t, { eventLoopDelayMs: 0, heapPercent: 0 });
  while (full.reason === undefined) await sleep(20);
  t.match(full.reason, /^The process uses \d+ % of the memory that it may\.$/);
  await block(300);
  t.equal(roomy.reason, undefined);
  t.equal(careless.reason, undefined, 'nor is anything where there is no limit');
});
