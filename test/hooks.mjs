/**
 * Blanks types out, so that lines stay where they are, and keeps what that gave: the processes of a run load the same
 * files, and most of them need no compiler then. What only takes time of packages is left away.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bundleOf, makeBundles } from './bundles.mjs';

const { version } = createRequire(import.meta.url)('ts-blank-space/package.json');
const folder = fileURLToPath(new URL(`../node_modules/.cache/ts-blank-space-${version}/`, import.meta.url));

const domain = new URL('domain.mjs', import.meta.url).href;

/** In this thread, whose code is no part of the coverage. */
export const initialize = makeBundles;

export async function resolve(specifier, context, nextResolve) {
  const url = specifier === 'async-hook-domain' ? domain : bundleOf(specifier, context.parentURL);
  return url === undefined ? nextResolve(specifier, context) : { url, format: 'module', shortCircuit: true };
}

export async function load(url, context, nextLoad) {
  if (!/\.m?ts$/.test(url)) return nextLoad(url, context);
  const { source } = await nextLoad(url, { ...context, format: 'module' });
  const text = await blanked(source.toString());
  return { format: 'module', shortCircuit: true, source: `${text}\n//# sourceURL=${url}` };
}

async function blanked(source) {
  const file = `${folder}${createHash('sha256').update(source).digest('hex')}.js`;
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept;
  const { default: blank } = await import('ts-blank-space');
  const text = blank(source);
  // Another process may be at the same file; a folder that nobody may write to keeps nothing.
  const draft = `${file}.${process.pid}`;
  await mkdir(folder, { recursive: true })
    .then(() => writeFile(draft, text))
    .then(() => rename(draft, file))
    .catch(() => undefined);
  return text;
}
