/** The files of deploy/: what they name is there, and what programs of their own can check of them is checked. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parser } from '@prometheus-io/lezer-promql';
import t from 'tap';
import { parse } from 'yaml';
import { Gathering } from '../../src/metrics/gathering.ts';
import { registryOf } from '../../src/metrics/registry.ts';
import { loggedService } from '../cache/logged-service.ts';
import { read } from '../metrics/scrape.ts';

const run = promisify(execFile);
const root = new URL('../../', import.meta.url);
const fileOf = (name: string): string => readFileSync(new URL(name, root), 'utf8');

interface Rule {
  alert: string;
  expr: string;
}
const rules: Rule[] = parse(fileOf('deploy/alerts.yml')).groups.flatMap(
  ({ rules }: { rules: Rule[] }) => rules,
);
const dashboard: { panels: { title: string; targets: { expr: string }[] }[] } = JSON.parse(
  fileOf('deploy/grafana-dashboard.json'),
);

/** The series that a query names; it is refused where Prometheus could not read it. */
function seriesOf(query: string): string[] {
  const names: string[] = [];
  parser.parse(query).iterate({
    enter({ type, from, to }) {
      if (type.isError) throw new Error(`${query} cannot be read at ${from}`);
      if (type.name === 'Identifier' && /_|^up$/.test(query.slice(from, to)))
        names.push(query.slice(from, to));
    },
  });
  return names;
}

/** All that the service tells, and the process that keeps workers; `up` is told by Prometheus itself. */
async function told(): Promise<Set<string>> {
  const { app } = await loggedService(t);
  const { names } = read(await registryOf(app.measured).metrics());
  const { names: ofWorkers } = read(await new Gathering().text());
  return new Set(['up', ...names, ...ofWorkers]);
}
const known = await told();

t.test('each series that an alert or a panel names is told by the service', async (t) => {
  const queries = [
    ...rules.map(({ expr }) => expr),
    ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ];
  t.ok(queries.length > 20);
  for (const query of queries) {
    const series = seriesOf(query);
    t.ok(series.length > 0, query);
    t.strictSame(
      series.filter((name) => !known.has(name)),
      [],
      query,
    );
  }
  t.strictSame(
    seriesOf('rate(govdata_no_such[5m])'),
    ['govdata_no_such'],
    'one that is not told would be seen',
  );
  t.throws(() => seriesOf('sum(rate(govdata_requests_total[5m])'), 'and so would one that cannot be read');
});

t.test('each series of ours has its place in docs/operations.md, and each alert its heading', async (t) => {
  const page = fileOf('docs/operations.md');
  const ours = [...known]
    .filter((name) => name.startsWith('govdata_'))
    .map((name) => name.replace(/_(bucket|sum|count)$/, ''));
  t.strictSame(
    ours.filter((name) => !page.includes(`\`${name}\``)),
    [],
  );
  t.strictSame(
    [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading),
    rules.map(({ alert }) => alert),
  );
});

const analyze = '/usr/bin/systemd-analyze';
t.test(
  'systemd finds no fault in the unit',
  { skip: !existsSync(analyze) && 'there is no systemd-analyze' },
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'govdata-unit-'));
    t.teardown(() => rmSync(folder, { recursive: true }));
    const verify = async (text: string): Promise<string> => {
      const file = join(folder, 'govdata.service');
      writeFileSync(file, text);
      const { stdout, stderr } = await run(analyze, ['verify', '--man=no', file]).catch((error) => error);
      // Of other units of this machine it may say what it likes.
      return `${stdout}${stderr}`
        .split('\n')
        .filter((line) => line.includes('govdata'))
        .join('\n');
    };
    const unit = fileOf('deploy/govdata.service').replace('/usr/bin/node', process.execPath);
    t.equal(await verify(unit), '');
    t.match(
      await verify(unit.replace('Restart=always', 'Restart=perhaps')),
      'restart specifier',
      'it finds faults',
    );
  },
);
