/** The list of what the program is made of, as `npm run sbom` writes it. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import t from 'tap';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const parsed = (name: string) => JSON.parse(readFileSync(`${root}/${name}`, 'utf8'));
const { dependencies }: Record<string, Record<string, string>> = parsed('package.json');
const { packages }: { packages: Record<string, { version: string; dev?: boolean }> } =
  parsed('package-lock.json');

interface Component {
  name: string;
  version: string;
  purl: string;
  hashes?: object[];
}
// An address where nobody listens: no registry is asked.
const env = { ...process.env, npm_config_registry: 'http://127.0.0.1:1/' };
const { stdout } = await run('npm', ['run', '--silent', 'sbom'], { cwd: root, env, maxBuffer: 2 ** 24 });
const bom: { specVersion: `${Spec.Version}`; metadata: { component: Component }; components: Component[] } =
  JSON.parse(stdout);

const version = Object.values(Spec.Version).find((one) => one === bom.specVersion);
if (version === undefined) throw new Error(`CycloneDX ${bom.specVersion} is not known`);
const validator = new Validation.JsonStrictValidator(version);

t.test('is CycloneDX, by its strict schema', async (t) => {
  t.equal(await validator.validate(stdout), null);
  const [first] = bom.components;
  const wrong = { ...bom, components: [{ ...first, type: 'libary' }] };
  t.ok(await validator.validate(JSON.stringify(wrong)), 'it finds faults');
});

t.test('names every dependency of production with its exact version and checksum', async (t) => {
  for (const [name, version] of Object.entries(dependencies ?? {})) {
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    t.match(
      bom.components.find((one) => one.purl === purl),
      { name, version, hashes: [{ alg: 'SHA-512' }] },
      purl,
    );
  }
});

t.test('is the whole tree that runs in production, and nothing beside it', async (t) => {
  const locked = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`);
  t.strictSame(
    [...new Set(bom.components.map(({ name, version }) => `${name}@${version}`))].sort(),
    [...new Set(locked)].sort(),
  );
  t.match(bom.metadata.component, { name: 'govdata', purl: /^pkg:npm\/govdata@\d/ });
});
