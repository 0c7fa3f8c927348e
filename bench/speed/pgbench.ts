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

/** pgbench takes no more files than this. */
const mostFiles = 100;

const folder = mkdtempSync(join(tmpdir(), 'govdata-bench-pgbench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** With the parameters in their places: its variables are numbers, ours are texts. Each question is a file of its own. */
export function pgbench(
  name: string,
  server: Postgres,
  url: string,
  statement: string,
  questions: readonly string[][],
): Contender {
  const files = questions.slice(0, mostFiles).map((values, index) => {
    const file = join(folder, `${name.replace(/\W+/g, '-')}-${index}.sql`);
    const text = statement.replace(/\$(\d)/g, (_, number: string) => `'${values[Number(number) - 1]}'`);
    writeFileSync(file, `${text.replace(/\s+/g, ' ').trim()};\n`);
    return file;
  });
  const own = join(server.bin, 'pgbench');
  const program = existsSync(own) ? own : 'pgbench';
  return {
    name: 'pgbench',
    peak: () => Number.NaN,
    async run(seconds) {
      const before = cpuOf(server.pid);
      const args = ['-n', '-M', 'prepared', `-c${settings.pool}`, '-j1', `-T${seconds}`];
      const { stdout } = await promisify(execFile)(
        program,
        [...args, ...files.flatMap((file) => ['-f', file]), url],
        { maxBuffer: 1 << 26 },
      ).catch((error: NodeJS.ErrnoException) => {
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
