/**
 * A service that keeps answers, asked without a pause while releases are made: each answer is, to the byte, that of a
 * service that keeps none, of the one release that it says it is of.
 */
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import t, { type Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { connect } from '../../src/db/client.ts';
import { rollback } from '../../src/import/rollback.ts';
import { seed } from '../../src/import/seed.ts';
import { secondSeeds } from '../second-release.ts';
import { seededDatabase, testNow } from '../service.ts';

interface Question {
  path: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | undefined;
}

const document = `query ($first: Int) {
  config { release }
  places(first: $first) { release nodes { id name { vi } observations(first: 3) { nodes { id value citations(first: 2) { nodes { id } } } } } }
  observations(first: $first) { totalCount nodes { id value indicator { code } place { id code } } }
  tasks(first: 5) { nodes { id responsible(first: 5) { nodes { id name { vi } } } } }
}`;
const encodings = ['identity', 'br', 'gzip'];

const get = (path: string): Question[] =>
  encodings.map((encoding) => ({
    ...{ path, method: 'GET' as const, body: undefined },
    headers: { 'accept-encoding': encoding },
  }));
const post = (first: number): Question => {
  const body = JSON.stringify({ query: document, variables: { first } });
  const headers = { 'content-type': 'application/json', 'content-length': `${body.length}` };
  return { path: '/graphql', method: 'POST', headers, body };
};
const inAddress = (first: number): string =>
  `/graphql?${new URLSearchParams({ query: document, variables: JSON.stringify({ first }) })}`;

const questions: readonly Question[] = [
  ...['/v1/config', '/v1/provinces', '/v1/places?limit=3&lang=en', '/v1/observations?limit=20'].flatMap(get),
  ...['/v1/tasks', '/v1/targets?limit=5', '/v1/indicators', '/v1/documents', '/v1/search?q=an'].flatMap(get),
  ...['/v1/observations?release=1&limit=5', '/v1/changes?limit=20', '/v1/releases?limit=1'].flatMap(get),
  ...[1, 2, 3].flatMap((first) => get(inAddress(first))),
  ...[1, 2, 3].map(post),
];

interface Answer {
  question: Question;
  status: number | undefined;
  release: number;
  text: string;
  begun: number;
}

const unpack = { br: brotliDecompressSync, gzip: gunzipSync };
const agent = new Agent({ keepAlive: true, maxSockets: 16 });
t.teardown(() => agent.destroy());

async function ask(port: number, question: Question): Promise<Answer> {
  const { path, method, headers, body } = question;
  const begun = performance.now();
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers, agent }, resolve).on('error', reject).end(body);
  });
  const bytes = await buffer(response);
  const encoding = response.headers['content-encoding'] as keyof typeof unpack | undefined;
  const text = String(encoding === undefined ? bytes : unpack[encoding](bytes));
  const parsed = JSON.parse(text);
  const said = response.headers['govdata-release'] ?? parsed.release ?? parsed.data?.config.release;
  return { question, status: response.statusCode, release: Number(said), text, begun };
}

async function serviceOn(t: Test, url: string, cacheMegabytes: string) {
  const database = connect(url, { role: 'reader' });
  let routed = 0;
  const app = await buildApp({
    database,
    config: loadConfig({ LOG_LEVEL: 'silent', CACHE_MB: cacheMegabytes }),
    now: testNow,
    pendingMigrations: async () => 0,
  });
  app.addHook('onRequest', async () => {
    routed += 1;
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.teardown(async () => {
    await app.close();
    await database.close();
  });
  return { port: (app.server.address() as AddressInfo).port, routed: () => routed };
}

/** Releases with two contents in turn: that of the seeds, and that of other seeds. */
const turns = 8;

t.test('no answer mixes two releases, and none is older than it may be', async (t) => {
  const { url } = await seededDatabase(t, 'fixture');
  const writer = connect(url, { role: 'writer' });
  t.teardown(() => writer.close());
  const folder = await secondSeeds(t);
  const keeping = await serviceOn(t, url, '2');
  const plain = await serviceOn(t, url, '0');

  const expected = new Map<string, string>();
  const keyOf = ({ path, method, body = '' }: Question, release: number) =>
    `${release} ${method} ${path} ${body}`;
  const madeAt = new Map<number, number>();
  const note = async (release: number): Promise<void> => {
    madeAt.set(release, performance.now());
    for (const question of questions) {
      const { text } = await ask(plain.port, question);
      expected.set(keyOf(question, release), text);
    }
  };

  const answers: Answer[] = [];
  let stopping = false;
  const hammer = async (seed: number): Promise<void> => {
    for (let at = seed; !stopping; at += 7) {
      answers.push(await ask(keeping.port, questions[at % questions.length] as Question));
    }
  };
  await note(1);
  const hammers = Array.from({ length: 12 }, (_, index) => hammer(index * 5));
  await sleep(300);
  for (let release = 2; release <= 1 + turns; release += 1) {
    if (release % 2 === 0) await (release === 2 ? seed(writer, { folder }) : rollback(writer, 2));
    else await rollback(writer, 1);
    await note(release);
    await sleep(200);
  }
  stopping = true;
  await Promise.all(hammers);

  const wrong = answers.filter(
    ({ question, status, release, text }) =>
      status !== 200 || expected.get(keyOf(question, release)) !== text,
  );
  t.strictSame(
    wrong.slice(0, 3).map(({ question, status, release }) => [question.path, status, release]),
    [],
  );
  const releases = new Set(answers.map(({ release }) => release));
  t.equal(releases.size, 1 + turns, 'of each release');
  const old = answers.filter(({ release, begun, question }) => {
    const next = madeAt.get(release + 1);
    return !question.path.includes('release=') && next !== undefined && begun > next + 2000;
  });
  t.equal(old.length, 0, 'two seconds after a release nobody is told what was before');
  const before = answers.length - keeping.routed();
  t.ok(before > answers.length / 2, 'most of them were there');
  t.comment(
    `${answers.length} answers in ${releases.size} releases, ${before} of them before routing; ${wrong.length} wrong`,
  );
});
