/** The roof: pgbench asks the hand-written peer's statements, prepared, with nobody between it and PostgreSQL. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Contender } from './measure.ts';
import type { Postgres } from './postgres.ts';
import { cpuOf } from './processes.ts';
import { settings } from './settings.ts';

/** Different questions; more would make the statement long. */
const most = 200;

const folder = mkdtempSync(join(tmpdir(), 'govdata-bench-pgbench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** What follows a colon would be a variable to pgbench. */
const literal = (value = ''): string => `E'${value.replaceAll(':', '\\x3a')}'`;

/** Variables of pgbench are numbers, ours are texts: so each parameter is one of a list of texts, by its number. */
export function pgbench(
  name: string,
  server: Postgres,
  url: string,
  statement: string,
  questions: readonly string[][],
): Contender {
  const asked = questions.slice(0, most);
  const text = statement.replace(/\$(\d)/g, (_, number: string) => {
    const values = [...new Set(asked.map((one) => one[Number(number) - 1]))];
    return values.length === 1
      ? literal(values[0])
      : `(array[${asked.map((one) => literal(one[Number(number) - 1])).join()}])[:question]`;
  });
  const file = join(folder, `${name.replace(/\W+/g, '-')}.sql`);
  writeFileSync(file, `\\set question random(1, ${asked.length})\n${text.replace(/\s+/g, ' ').trim()};\n`);
  const own = join(server.bin, 'pgbench');
  const program = existsSync(own) ? own : 'pgbench';
  return {
    name: 'pgbench',
    peak: () => Number.NaN,
    async run(seconds) {
      const before = cpuOf(server.pid);
      const args = ['-n', '-M', 'prepared', `-c${settings.pool}`, '-j1', `-T${seconds}`];
      const { stdout } = await promisify(execFile)(program, [...args, '-f', file, url], {
        maxBuffer: 1 << 26,
      }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        throw new Error('pgbench is not here: apt-get install postgresql-contrib or postgresql.');
      });
      const told = (pattern: RegExp): number => Number(pattern.exec(stdout)?.[1]);
      const count = told(/number of transactions actually processed: (\d+)/);
      return {
        perSecond: told(/tps = ([\d.]+)/),
        // It tells the mean alone.
        ...{ p50: Number.NaN, p99: Number.NaN, bytes: Number.NaN, programUs: Number.NaN },
        postgresUs: (cpuOf(server.pid) - before) / count,
        errors: told(/number of failed transactions: (\d+)/) || 0,
      };
    },
  };
}
