/**
 * `npm run bench`: every benchmark, or those that are named. Each prints a table for RESULTS.md; of the parts of `speed`
 * some may be named, too.
 */
import { type PartName, partNames } from './speed/parts.ts';

const benchmarks: Record<string, () => Promise<unknown>> = {
  seed: () => import('./seed.ts'),
  places: () => import('./places.ts'),
  releases: () => import('./releases.ts'),
  export: () => import('./export.ts'),
  table: () => import('./table.ts'),
  json: () => import('./json.ts'),
  explorer: () => import('./explorer.ts'),
  speed: async () => (await import('./speed/index.ts')).speed(parts),
};

const isPart = (name: string): name is PartName => (partNames as readonly string[]).includes(name);
const parts = process.argv.slice(2).filter(isPart);
const others = process.argv.slice(2).filter((name) => !isPart(name));
const named = parts.length > 0 ? [...others, 'speed'] : others;
const unknown = named.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  throw new Error(
    `no benchmark is named ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}, and of speed ${partNames.join(', ')}`,
  );
}
for (const [name, run] of Object.entries(benchmarks)) {
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`\n${name}\n`);
  await run();
}
