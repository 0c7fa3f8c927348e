/**
 * Writes public/openapi-examples.json: what the service answers to the example of each operation, and a problem document
 * for each error of REST. It seeds an embedded database of its own for that.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { buildApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { connect, type Database } from '../src/db/client.ts';
import { openEmbedded } from '../src/db/embedded.ts';
import { setUp } from '../src/import/setup.ts';
import { type Example, type Examples, examplesFile } from '../src/routes/openapi-examples.ts';
import { operationNames, operationOf } from '../src/schema/operations.ts';

/** The day on which the examples are asked for, and on which their release is made: so they do not age. */
const askedAt = new Date('2026-11-22T05:00:00Z');
/** Sent with each question, since the service answers with it. */
const requestId = '5d0c2f6e-93c1-4a0f-b5b7-1f6f4f0a7c52';

type Question = InjectOptions & { url: string };

/** All examples, from a database that holds the published data. */
export async function askExamples(database: Database): Promise<Examples> {
  const elsewhere = new URL(database.url);
  elsewhere.pathname = '/govdata_not_made_yet';
  const missing = connect(elsewhere.href, { role: 'reader' });
  const apps = {
    sound: await appOn(database, () => askedAt),
    failing: await appOn(database, () => {
      throw new Error('The clock is broken.');
    }),
    unavailable: await appOn(missing, () => askedAt),
    limited: await appOn(database, () => askedAt, { RATE_LIMIT: '1' }),
  };
  try {
    const answers: Record<string, Example> = {};
    for (const [name, question] of Object.entries(questions())) {
      answers[name] = await ask(apps.sound, question, 200);
    }
    // All that one address may ask for.
    await apps.limited.inject('/v1/themes');
    const problems: Record<string, Example> = {};
    for (const [code, { app = 'sound', status, ...question }] of Object.entries(mistakes)) {
      problems[code] = await ask(apps[app], question, status);
    }
    return { answers, problems };
  } finally {
    for (const app of Object.values(apps)) await app.close();
    await missing.close();
  }
}

const appOn = (
  database: Database,
  now: () => Date,
  settings: Record<string, string> = {},
): Promise<FastifyInstance> =>
  buildApp({
    database,
    now,
    config: loadConfig({ LOG_LEVEL: 'silent', ...settings }),
    pendingMigrations: async () => 0,
  });

/** What each operation is asked: its example, of lists one record. Where nothing is published to ask for, there is none. */
function questions(): Record<string, Question> {
  const all = operationNames.flatMap((name): [string, Question][] => {
    const { path, kind, method, example, args } = operationOf(name);
    const needed: readonly string[] = args.required ?? [];
    if (needed.some((one) => example[one] === undefined)) return [];
    if (method === 'POST') return [[name, { method, url: `/v1${path}`, payload: example }]];
    const inPath = path.replace(/\{(\w+)\}/g, (_, key: string) => `${example[key]}`);
    const query = new URLSearchParams(
      Object.entries(example)
        .filter(([key]) => !path.includes(`{${key}}`))
        .map(([key, value]): [string, string] => [key, `${value}`]),
    );
    if (kind === 'list') query.set('limit', '1');
    return [[name, { url: `/v1${inPath}${query.size === 0 ? '' : `?${query}`}` }]];
  });
  return Object.fromEntries(all);
}

interface Mistake extends Question {
  status: number;
  /** Which service is asked, unless it is a sound one. */
  app?: 'failing' | 'unavailable' | 'limited';
}

/** A question for each error that REST answers with at an address of an operation. */
const mistakes: Record<string, Mistake> = {
  bad_argument: { url: '/v1/communes?within=province:8', status: 400 },
  unknown_argument: { url: '/v1/tasks?yaer=2024', status: 400 },
  repeated_argument: { url: '/v1/tasks?year=2023&year=2024', status: 400 },
  missing_argument: { url: '/v1/series?place=province:37', status: 400 },
  bad_cursor: { url: '/v1/tasks?after=second-page', status: 400 },
  bad_request: { url: '/v1/search?q=%FF', status: 400 },
  not_found: { url: '/v1/provinces/98', status: 404 },
  no_such_route: { url: '/v1/provincs', status: 404 },
  method_not_allowed: { method: 'DELETE', url: '/v1/themes', status: 405 },
  not_acceptable: { url: '/v1/themes', headers: { accept: 'image/png' }, status: 406 },
  precondition_failed: { url: '/v1/themes', headers: { 'if-match': '"of-another"' }, status: 412 },
  body_too_large: {
    method: 'POST',
    url: '/v1/places/lookup',
    payload: { items: ['x'.repeat(300_000)] },
    status: 413,
  },
  uri_too_long: { url: `/v1/themes/theme:${'x'.repeat(300)}`, status: 414 },
  unsupported_media_type: {
    method: 'POST',
    url: '/v1/places/lookup',
    headers: { 'content-type': 'text/plain' },
    payload: '14404',
    status: 415,
  },
  too_many_requests: { url: '/v1/themes', app: 'limited', status: 429 },
  internal: { url: '/v1/themes', app: 'failing', status: 500 },
  unavailable: { url: '/v1/themes', app: 'unavailable', status: 503 },
};

async function ask(app: FastifyInstance, question: Question, status: number): Promise<Example> {
  const { headers = {}, ...rest } = question;
  const response = await app.inject({ ...rest, headers: { ...headers, 'x-request-id': requestId } });
  const asked = asRead(`${question.method ?? 'GET'} ${question.url}`);
  if (response.statusCode !== status) {
    throw new Error(`${asked} answers ${response.statusCode}, not ${status}: ${response.body}`);
  }
  const whole: unknown = response.json();
  const answer = shortened(whole);
  return { question: asked, cut: JSON.stringify(answer) !== JSON.stringify(whole), answer };
}

/** As a person reads it: what is percent-encoded stays, unless it is plain ASCII; a long one is cut. */
function asRead(address: string): string {
  const plain = address.replaceAll(/%([2-7][0-9A-F])/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return plain.length > 120 ? `${plain.slice(0, 60)}…` : plain;
}

/** Of a list of records the first one, of a list of words three. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.slice(0, typeof value[0] === 'object' ? 1 : 3).map(shortened);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shortened(part)]));
}

async function onOwnDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'govdata-examples-'));
  // As root, the database runs as another user, who has to be able to enter.
  chmodSync(home, 0o755);
  const embedded = await openEmbedded(home, () => undefined);
  const database = connect(embedded.url, { role: 'writer' });
  try {
    // Nobody misses it after a power cut.
    await database.pool.query('alter system set fsync = off');
    await database.pool.query('select pg_reload_conf()');
    await setUp(database, () => undefined);
    await database.pool.query('update releases set created_at = $1', [askedAt]);
    return await work(database);
  } finally {
    await database.close();
    await embedded.close();
    rmSync(home, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const examples = await onOwnDatabase(async ({ url }) => {
    const reader = connect(url, { role: 'reader' });
    return askExamples(reader).finally(() => reader.close());
  });
  writeFileSync(examplesFile, `${JSON.stringify(examples, null, 2)}\n`);
}
