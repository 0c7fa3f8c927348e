/**
 * Prints what the program is made of, as CycloneDX (npm run sbom). It is npm's own list, made in a folder that
 * holds what package-lock.json says of production alone: asked to leave out what is for development, npm also leaves
 * out what production and development share. The folder bears the program's name, since npm calls the program by it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../', import.meta.url);
const parsed = (name: string) => JSON.parse(readFileSync(new URL(name, root), 'utf8'));

interface Locked {
  dev?: boolean;
  devDependencies?: object;
}

const { devDependencies: _, scripts: __, ...manifest } = parsed('package.json');
const lock: { packages: Record<string, Locked> } = parsed('package-lock.json');
const { devDependencies: ___, ...program } = lock.packages[''] ?? {};
const packages = Object.fromEntries(Object.entries(lock.packages).filter(([, { dev }]) => !dev));

const temporary = mkdtempSync(join(tmpdir(), 'govdata-sbom-'));
try {
  const folder = join(temporary, manifest.name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ ...lock, packages: { ...packages, '': program } }),
  );
  const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
} finally {
  rmSync(temporary, { recursive: true });
}
