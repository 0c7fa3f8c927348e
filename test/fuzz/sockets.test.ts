/**
 * WebSockets of GraphQL, whatever is said over them: a connection goes on, or is closed with a code and a reason that blame
 * the client; the service logs no failure, and answers afterwards. `GOVDATA_TEST_SEED` repeats what `npm run test:deep` said.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { errorCodes } from '../../src/errors.ts';
import { loggedService } from '../cache/logged-service.ts';
import { runsOr, seedOr } from '../deep.ts';
import { Bare, subscription } from '../resolvers/subscriber.ts';
import { hostileTexts, oddValues } from './hostile.ts';

const seed = seedOr(20261129);
const service = await loggedService(t);
const url = `ws://127.0.0.1:${(service.app.server.address() as AddressInfo).port}/graphql`;

const text = fc.oneof(fc.constantFrom(...hostileTexts), fc.string());
const odd = fc.oneof(fc.constantFrom(...oddValues), fc.jsonValue(), text);
const fairQueries = [subscription, 'subscription { releasePublished(since: 0) { number } }'];
const query = fc.oneof(
  fc.constantFrom(
    ...fairQueries,
    'subscription { releasePublished(since: 9999999) { number } }',
    'subscription { releasePublished { number } other: releasePublished { hash } }',
    'subscription { releasePublished { colour } }',
    'query Two { provinces(first: 1) { nodes { id } } } subscription One { releasePublished { number } }',
    '{ provinces(first: 1) { nodes { id } } }',
    'mutation { drop }',
  ),
  text,
);
const asked = fc.record(
  { query, variables: odd, operationName: fc.oneof(fc.constantFrom('One', 'Two'), odd), extensions: odd },
  { requiredKeys: [] },
);
const message = fc.record(
  {
    type: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('connection_init', 'subscribe', 'complete', 'ping', 'pong') },
      { weight: 1, arbitrary: fc.constantFrom('next', 'error', 'connection_ack', 'start') },
      { weight: 1, arbitrary: odd },
    ),
    id: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('1', '2') }, { weight: 1, arbitrary: odd }),
    payload: fc.oneof({ weight: 4, arbitrary: asked }, { weight: 1, arbitrary: odd }),
  },
  { requiredKeys: ['type'] },
);
/** What is as it should be but for its document, so that what follows it is heard at all. */
const subscribing = (query: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .record({
      type: fc.constant('subscribe'),
      id: fc.nat(9).map(String),
      payload: fc.record({ query }),
    })
    .map((one) => JSON.stringify(one));
const said: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 14, arbitrary: subscribing(fc.constantFrom(...fairQueries)) },
  { weight: 6, arbitrary: subscribing(query) },
  { weight: 6, arbitrary: message.map((one) => JSON.stringify(one)) },
  {
    weight: 1,
    arbitrary: fc.tuple(message, fc.nat(60)).map(([one, at]) => JSON.stringify(one).slice(0, at)),
  },
  { weight: 1, arbitrary: odd.map((one) => `${JSON.stringify(one)}`) },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.uint8Array() },
);
interface Talk {
  /** Whether the handshake was made before. */
  isReady: boolean;
  all: (string | Uint8Array)[];
  /** How long the client stays after it has said all. */
  staysMs: number;
}
const talk: fc.Arbitrary<Talk> = fc.record({
  isReady: fc.nat(4).map((one) => one > 0),
  all: fc.array(said, { minLength: 1, maxLength: 6 }),
  staysMs: fc.constantFrom(0, 5, 20),
});

/** By which graphql-transport-ws blames the client; 1000: it was not closed, and left by itself. */
const blaming = new Set([1000, 4400, 4401, 4409, 4429]);
/** How often each was told, and how often connections were closed with each code. */
const told = new Map<string, number>();
const note = (what: string): Map<string, number> => told.set(what, (told.get(what) ?? 0) + 1);

interface Told {
  type: string;
  payload?: unknown;
}

/** Codes of the errors in a message. */
const codesOf = ({ type, payload }: Told): unknown[] => {
  const errors = type === 'error' ? payload : (payload as { errors?: unknown } | undefined)?.errors;
  return ((errors ?? []) as { extensions?: { code?: unknown } }[]).map(({ extensions }) => extensions?.code);
};

async function faultsOf(t: Test, { isReady, all, staysMs }: Talk): Promise<string[]> {
  const bare = await (isReady ? Bare.ready(t, url) : Bare.open(t, url));
  const faults: string[] = [];
  bare.socket.on('message', (data) => {
    const heard: Told = JSON.parse(String(data));
    note(heard.type);
    for (const code of codesOf(heard)) {
      if (code === 'internal' || !Object.hasOwn(errorCodes, `${code}`)) faults.push(`told of ${code}`);
    }
  });
  for (const one of all) bare.socket.send(one);
  bare.socket.ping();
  await Promise.race([once(bare.socket, 'pong'), bare.closed]);
  // Documents are executed after the messages have been read.
  await sleep(staysMs);
  bare.socket.close(1000);
  const { code, reason } = await bare.closed;
  note(`${code}`);
  if (!blaming.has(code)) faults.push(`closed with ${code}`);
  if (code !== 1000 && reason === '') faults.push(`closed with ${code} for no reason`);
  return faults;
}

t.test('whatever is said over a WebSocket, who says it is to blame, and the service goes on', async (t) => {
  await fc.assert(
    fc.asyncProperty(talk, async (one) => {
      const faults = await faultsOf(t, one);
      if (faults.length > 0) throw new Error(faults.join('; '));
    }),
    { seed, numRuns: runsOr(200) },
  );
  for (const what of ['next', 'error', 'pong', '1000', '4400', '4401', '4409', '4429']) {
    t.ok(told.get(what), `${what}: ${told.get(what)} of ${JSON.stringify([...told])}`);
  }
  const failures = service.lines.filter(({ level }) => Number(level) >= 40);
  t.strictSame(failures, []);
  t.equal((await service.app.inject('/v1/provinces/71')).statusCode, 200);
});
