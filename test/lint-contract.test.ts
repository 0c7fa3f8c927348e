/** The linters of others find what is wrong. That they find nothing in the contract shows `npm run lint:openapi`, which .ci/run runs. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { findingsOf } from '../scripts/lint-contract.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

t.test('both find what is wrong, with the line, and the command fails', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'govdata-lint-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const broken = join(folder, 'openapi.json');
  const document = {
    openapi: '3.1.0',
    info: { title: 'Broken', version: '1' },
    paths: {
      '/v1/themes': {
        get: {
          parameters: [{ name: 'on', in: 'query', schema: { $ref: '#/components/schemas/Nowhere' } }],
          responses: { 200: { description: 'Themes.' } },
        },
      },
    },
    components: {
      schemas: {
        Level: { type: 'string', enum: ['province', 'province'] },
        Place: { type: 'object', required: 'id' },
      },
    },
  };
  writeFileSync(broken, JSON.stringify(document, null, 2));
  const findings = await findingsOf(broken);
  const codes = findings.map(({ code }) => code);
  for (const code of [
    'redocly/operation-summary',
    'redocly/no-unresolved-refs',
    'redocly/struct',
    'spectral/invalid-ref',
    'spectral/duplicated-entry-in-enum',
  ]) {
    t.ok(codes.includes(code), code);
  }
  const lines = readFileSync(broken, 'utf8').split('\n');
  for (const { line } of findings.filter(({ code }) => code === 'spectral/invalid-ref')) {
    t.match(lines[Number(line) - 1], 'Nowhere');
  }
  const args = [...process.execArgv, 'scripts/lint-contract.ts', broken];
  await t.rejects(promisify(execFile)(process.execPath, args, { cwd: root }), {
    code: 1,
    stdout: '',
    stderr: /openapi\.json:\d+ {2}redocly\/operation-summary {2}/,
  });
});

t.test('the linters send nothing anywhere when they are installed', async (t) => {
  // Later versions of Spectral report each installation: `overrides` in package.json holds them back.
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const paths = Object.keys(lock.packages);
  t.ok(paths.includes('node_modules/@stoplight/spectral-core'));
  t.strictSame(
    paths.filter((path) => path.includes('scarf')),
    [],
  );
});
