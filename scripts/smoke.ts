/**
 * Runs the built program for real, as the image does: migrate, seed, serve, ask both APIs and the health
 * check, copy, stop. `tsx scripts/smoke.ts <node> <folder of the program> [server]`; without the address of a
 * PostgreSQL server it runs on an embedded database in a new folder.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const [node = process.execPath, folder = '.', server] = process.argv.slice(2);
const name = `govdata_smoke_${process.pid}`;

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  return port;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}

function ensure(holds: boolean, what: string): void {
  if (!holds) throw new Error(`failed: ${what}`);
  console.log(`ok: ${what}`);
}

async function untilReady(address: string, service: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && service.exitCode === null; attempt++) {
    const answer = await fetch(`${address}/readyz`).catch(() => undefined);
    if (answer?.ok) return ensure(true, `/readyz says ${await answer.text()}`);
    await sleep(100);
  }
  ensure(false, '/readyz says that the service is ready');
}

async function ask(address: string): Promise<void> {
  const rest = await fetch(`${address}/v1/themes?place=district:087`);
  const { items } = (await rest.json()) as { items: { id: string }[] };
  ensure(items[0]?.id === 'theme:bao-yen-2024', 'REST answers with a seeded theme');
  const graphql = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ district(code: "087") { name { vi } themes { nodes { id } } } }' }),
  });
  const { data } = (await graphql.json()) as { data: { district: { name: { vi: string } } } };
  ensure(data.district.name.vi === 'Bảo Yên', 'GraphQL answers with a seeded district');
}

/** What a partner runs with this Node, which may have SQLite built in. */
function copy(): void {
  const program = fileURLToPath(new URL('../examples/rest/sync.mjs', import.meta.url));
  const said = execFileSync(node, [program, join(home, 'copy.db'), address], { encoding: 'utf8' });
  ensure(/first load → release 1: (\d+) new; \1 records/.test(said), 'examples/rest/sync.mjs makes a copy');
}

/** The very words of the Dockerfile. */
function healthCheck(env: NodeJS.ProcessEnv): void {
  const dockerfile = readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8');
  const [, words = '[]'] = /HEALTHCHECK (?:.*\\\n\s*)?CMD (\[.+\])/.exec(dockerfile) ?? [];
  const [, ...args] = JSON.parse(words) as string[];
  execFileSync(node, args, { env });
  ensure(args.length > 0, 'the health check of the Dockerfile passes');
}

const home = mkdtempSync(join(tmpdir(), 'govdata-smoke-'));
// As root, the database runs as another user, who has to be able to enter.
chmodSync(home, 0o755);
const port = await freePort();
const env: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: String(port),
  GOVDATA_HOME: home,
  LOG_LEVEL: 'warn',
};
if (server !== undefined) {
  const url = new URL(server);
  url.pathname = `/${name}`;
  env['DATABASE_URL'] = url.href;
  await onServer(server, `create database ${name}`);
}
const govdata = (...args: string[]): void =>
  void execFileSync(node, ['dist/cli.js', ...args], { cwd: folder, env, stdio: 'inherit' });
const address = `http://127.0.0.1:${port}`;
let service: ChildProcess | undefined;
try {
  console.log(
    `${execFileSync(node, ['--version'])}`.trim(),
    server === undefined ? 'embedded' : 'PostgreSQL',
  );
  govdata('migrate');
  govdata('seed');
  service = spawn(node, ['dist/cli.js', 'serve'], { cwd: folder, env, stdio: 'inherit' });
  await untilReady(address, service);
  await ask(address);
  copy();
  healthCheck(env);
  const ended = once(service, 'exit');
  service.kill('SIGTERM');
  const [code] = await ended;
  ensure(code === 0, 'the service stops on SIGTERM with exit code 0');
} finally {
  if (service?.exitCode === null) service.kill('SIGKILL');
  if (server !== undefined) await onServer(server, `drop database if exists ${name} with (force)`);
  rmSync(home, { recursive: true, force: true });
}
