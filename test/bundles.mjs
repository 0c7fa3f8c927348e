/**
 * Packages of many small modules, each bundled into few once an installation: a process asks for a thousand modules
 * otherwise, each through the thread of the hooks, which takes longer than most test files do.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Everything that is imported from these packages, so that no module is there twice. */
const specifiers = [
  'drizzle-orm',
  'drizzle-orm/errors',
  'drizzle-orm/node-postgres',
  'drizzle-orm/node-postgres/migrator',
  'drizzle-orm/pg-core',
  'hyparquet-writer',
  'typebox',
  'typebox/compile',
  'typebox/format',
  'typebox/schema',
  'typebox/value',
];
const names = new Set(specifiers.map((specifier) => specifier.split('/')[0]));
const packages = fileURLToPath(new URL('../node_modules/', import.meta.url));
const folder = join(packages, '.cache', `bundles-${keyOfBundles()}`);

/** Another version of a package, or another list, is another folder. */
function keyOfBundles() {
  const hash = createHash('sha256').update(readFileSync(new URL(import.meta.url)));
  for (const name of names) hash.update(readFileSync(join(packages, name, 'package.json')));
  return hash.digest('hex').slice(0, 16);
}

/** Makes the bundles, unless they are there. */
export function makeBundles() {
  if (existsSync(folder)) return;
  // The one of what runs the scripts.
  const { buildSync } = createRequire(join(packages, 'tsx/package.json'))('esbuild');
  const draft = `${folder}.${process.pid}`;
  buildSync({
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    entryPoints: specifiers.map((specifier) => ({ in: specifier, out: specifier })),
    outdir: draft,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    keepNames: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // It is not written as modules.
    external: ['pg'],
    logLevel: 'error',
  });
  try {
    renameSync(draft, folder);
  } catch {
    // Another process was quicker.
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The address of the bundle of what code of the project imports; undefined for what is not bundled. */
export function bundleOf(specifier, parent = '') {
  if (!names.has(specifier.split('/')[0]) || parent.includes('/node_modules/')) return undefined;
  if (!specifiers.includes(specifier)) throw new Error(`Add '${specifier}' to test/bundles.mjs.`);
  return pathToFileURL(join(folder, `${specifier}.mjs`)).href;
}
