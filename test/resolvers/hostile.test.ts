/** Nothing that a client sends hurts the service: each is answered as the table says, within bounds. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import t, { type Test } from 'tap';
import { type TestService, testService } from '../service.ts';
import { defaultHeaders, type Hostile, hostile } from './hostile.ts';

const mebibyte = 2 ** 20;

async function listening(t: Test): Promise<TestService & { url: string }> {
  const service = await testService(t);
  return { ...service, url: `${await service.app.listen({ host: '127.0.0.1', port: 0 })}/graphql` };
}

/** Runs what is hostile, and says what it took at most. */
async function watched(t: Test, run: () => Promise<void>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = process.memoryUsage().rss;
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  delay.enable();
  await run();
  clearInterval(sampling);
  delay.disable();
  const grown = (peak - before) / mebibyte;
  const longest = delay.max / 1e6;
  t.comment(
    `${Math.round(grown)} MiB more than before at most; the event loop waited ${Math.round(longest)} ms at most`,
  );
  t.ok(grown < 400, `${grown} MiB`);
  t.ok(longest < 5000, `${longest} ms`);
}

interface Told {
  errors?: { message: string; extensions: { code: string } }[];
  code?: string;
}

/** The last of a batch is the one that exceeds what all may cost together. */
const told = (body: string): Told => {
  const answer: Told | Told[] = JSON.parse(body);
  return Array.isArray(answer) ? (answer.at(-1) as Told) : answer;
};

t.test('answers each as it deserves', async (t) => {
  const { url } = await listening(t);
  t.ok(hostile.length >= 60, `${hostile.length} hostile requests`);
  const answer = async ({
    fault,
    method = 'POST',
    headers,
    search = '',
    body,
    status,
    code,
    says,
  }: Hostile) => {
    const response = await fetch(`${url}${search}`, {
      method,
      headers: { ...defaultHeaders, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const { errors, code: problem } = told(text);
    t.equal(response.status, status, `${fault}: ${status}`);
    t.equal(errors?.[0]?.extensions.code ?? problem, code, `${fault}: ${code}`);
    t.match(errors?.[0]?.message ?? text, says, fault);
    t.notMatch(text, /select |node_modules|\.ts:/, `${fault}: nothing of the inside`);
  };
  await watched(t, async () => {
    for (const one of hostile) await answer(one);
    // And all at once.
    await Promise.all(hostile.map(answer));
  });
});

t.test('the dearest that is allowed is answered within bounds', async (t) => {
  const { url } = await listening(t);
  // A good part of them is there: the districts and communes of all provinces, twice, and once what is above each.
  const around = (more: string): string =>
    `provinces(on: "2025-06-30", first: 63) { nodes { id descendants(first: 500) { nodes { id code name { vi en } validFrom ${more} } } } }`;
  const query = `{ a: ${around('parent { id type }')} b: ${around('')} }`;
  await watched(t, async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: defaultHeaders,
      body: JSON.stringify({ query }),
    });
    const { data, extensions } = JSON.parse(await response.text());
    t.equal(data.a.nodes.length, 63);
    t.ok(extensions.cost.requested > 90_000, `${extensions.cost.requested} of ${extensions.cost.limit}`);
  });
});

t.test('floods of distinct and of invalid queries leave no trace', async (t) => {
  const { url } = await listening(t);
  const post = async (query: string): Promise<number> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: defaultHeaders,
      body: JSON.stringify({ query }),
    });
    await response.arrayBuffer();
    return response.status;
  };
  const padding = 'x'.repeat(18_000);
  await watched(t, async () => {
    for (let round = 0; round < 8; round += 1) {
      const numbers = Array.from({ length: 50 }, (_, index) => round * 50 + index);
      const good = await Promise.all(numbers.map((n) => post(`{ a${n}: config { version } } #${padding}`)));
      const bad = await Promise.all(numbers.map((n) => post(`{ a${n}: nothing { version } } #${padding}`)));
      const worse = await Promise.all(numbers.map((n) => post(`{ a${n}: config { #${padding}`)));
      t.strictSame([...new Set(good)], [200]);
      t.strictSame([...new Set([...bad, ...worse])], [400]);
    }
  });
});

t.test('a body that comes too slowly, or not to its end, holds nothing up', async (t) => {
  const { url } = await listening(t);
  const { port } = new URL(url);
  const head =
    'POST /graphql HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{';
  const slow = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const socket = connect(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      socket.write(head);
      return socket;
    }),
  );
  const response = await fetch(url, {
    method: 'POST',
    headers: defaultHeaders,
    body: '{"query":"{ config { release } }"}',
  });
  t.match(await response.json(), { data: { config: { release: 1 } } }, 'others are answered meanwhile');
  for (const socket of slow) socket.destroy();
});
