/** `npm run bench`: every benchmark, or those that are named. Each prints a table for RESULTS.md. */
const benchmarks: Record<string, () => Promise<unknown>> = {
  seed: () => import('./seed.ts'),
  places: () => import('./places.ts'),
  releases: () => import('./releases.ts'),
  export: () => import('./export.ts'),
  table: () => import('./table.ts'),
  explorer: () => import('./explorer.ts'),
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  throw new Error(
    `no benchmark is named ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`,
  );
}
for (const [name, run] of Object.entries(benchmarks)) {
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`\n${name}\n`);
  await run();
}
