/** What the service answers is what the seed files say, read here by other code than the loader's. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { parse } from 'yaml';
import { seedsFolder } from '../../src/import/seed.ts';
import { keeping } from '../service.ts';
import { sharedService } from '../shared-service.ts';

type Seed = Record<string, unknown> & { id: string; citations?: Record<string, unknown>[] };

const files = readdirSync(seedsFolder, { recursive: true, encoding: 'utf8' }).filter(
  // Those of tables describe, and state nothing.
  (name) => name.endsWith('.yml') && !name.startsWith('specs'),
);
const seeds = files.map(
  (name) => parse(readFileSync(join(seedsFolder, name), 'utf8')) as Record<string, Seed[]>,
);
const section = (name: string): Seed[] => seeds.flatMap((file) => file[name] ?? []);

const addresses: Record<string, string> = {
  documents: 'documents',
  bodies: 'bodies',
  persons: 'persons',
  events: 'events',
  instruments: 'instruments',
  themes: 'themes',
  mottos: 'mottos',
  tasks: 'tasks',
  observations: 'observations',
  contradictions: 'contradictions',
};

const contradicted = new Set(
  section('contradictions').flatMap(({ sides }) => (sides as { fact: string }[]).map(({ fact }) => fact)),
);

const names = (value: unknown) => ({
  vi: null,
  en: null,
  ar: null,
  he: null,
  ...(value as object | undefined),
});
const idOf = (value: unknown) => (value as { id: string } | null)?.id ?? null;
const idsOf = (value: unknown) => (value as { id: string }[]).map(({ id }) => id);

/** How each member of a seed shows in the answer; what is not listed must be equal as it is. */
const compared: Record<string, (seeded: unknown, answered: Record<string, unknown>) => [unknown, unknown]> = {
  name: (seeded, { name }) => [names(seeded), name],
  title: (seeded, { title }) => [names(seeded), title],
  definition: (seeded, { definition }) => [names(seeded), definition],
  elements: (seeded, { elements }) => [(seeded as unknown[]).map(names), elements],
  items: (seeded, { items }) => [(seeded as unknown[]).map(names), items],
  place: (seeded, { place }) => [seeded, (place as { placeId: string } | null)?.placeId ?? null],
  period: (seeded, { period }) => [seeded, (period as { label: string }).label],
  basis: (seeded, { basis }) => [(seeded as { kind: string }).kind, (basis as { kind: string }).kind],
  localities: (seeded, { localities }) => [
    seeded,
    (localities as { placeId: string }[]).map(({ placeId }) => placeId),
  ],
  sides: (seeded, { sides }) => [
    (seeded as { fact: string }[]).map(({ fact }) => fact),
    (sides as { fact: { id: string } }[]).map(({ fact }) => fact.id),
  ],
  citations: (seeded, { citations }) => [
    (seeded as Record<string, unknown>[]).map(
      (citation) => citation['sha256'] ?? citation['resolution'] ?? citation['package'],
    ),
    (citations as Record<string, unknown>[]).map(
      (citation) => citation['sha256'] ?? citation['resolution'] ?? citation['packageName'],
    ),
  ],
  offices: (seeded, { offices }) => [(seeded as unknown[]).map(names), offices],
  // The side of a contradiction is flagged by the loader.
  flags: (seeded, { id, flags }) => [
    [...(seeded as string[]), ...(contradicted.has(id as string) ? ['in_contradiction'] : [])].sort(),
    [...(flags as string[])].sort(),
  ],
  aliases: (seeded, { aliases }) => [
    (seeded as { text: string }[]).map(({ text }) => text),
    (aliases as { text: string }[]).map(({ text }) => text),
  ],
};
const references = [
  'body',
  'parent',
  'event',
  'instrument',
  'theme',
  'task',
  'implements',
  'repeats',
  'issuer',
  'indicator',
];
for (const name of references) compared[name] = (seeded, answered) => [seeded, idOf(answered[name])];
for (const name of ['responsible', 'supporting', 'possiblySameAs']) {
  compared[name] = (seeded, answered) => [seeded, idsOf(answered[name])];
}
/** `on` only picks the version, `cumulative` stands within the period. */
const unpublished = new Set(['on', 'cumulative']);

t.test('every record of the seed files is answered with every member that the file gives it', async (t) => {
  const service = await sharedService('real', keeping);
  let members = 0;
  for (const [name, address] of Object.entries(addresses)) {
    for (const seed of section(name)) {
      const { status, body } = await service.get(`/v1/${address}/${seed.id}`);
      if (status !== 200) t.fail(`${seed.id} is answered ${status}`);
      for (const [member, value] of Object.entries(seed).filter(([key]) => !unpublished.has(key))) {
        const [wanted, found] = compared[member]?.(value, body) ?? [value, body[member]];
        if (!isDeepStrictEqual(found, wanted)) t.strictSame(found, wanted, `${seed.id} ${member}`);
        members += 1;
      }
    }
  }
  for (const seed of section('indicators')) {
    const { body } = await service.get(`/v1/indicators/${seed.id.replace('indicator:', '')}`);
    for (const [member, value] of Object.entries(seed)) {
      const [wanted, found] = compared[member]?.(value, body) ?? [value, body[member]];
      if (!isDeepStrictEqual(found, wanted)) t.strictSame(found, wanted, `${seed.id} ${member}`);
    }
  }
  t.ok(members > 500, `${members} members compared`);
});

t.test('lists count what the seed files hold', async (t) => {
  const service = await sharedService('real', keeping);
  for (const [name, address] of Object.entries(addresses)) {
    t.equal((await service.get(`/v1/${address}`)).body['total'], section(name).length, name);
  }
});

t.test('what documents print of a place is joined to the version that the tree has of it', async (t) => {
  const service = await sharedService('real', keeping);
  t.ok(section('placeCitations').length > 10);
  for (const { version, citations = [], aliases = [], note } of section('placeCitations')) {
    const { status, body } = await service.get(`/v1/places/${version}`);
    t.equal(status, 200, `${version}`);
    const cited = (body['citations'] as { sha256: string | null }[]).map(({ sha256 }) => sha256);
    for (const { sha256 } of citations) t.ok(cited.includes(sha256 as string), `${version} ${sha256}`);
    const texts = (list: unknown) => (list as { text: string }[]).map(({ text }) => text);
    t.strictSame(texts(body['aliases']), texts(aliases));
    if (note !== undefined) t.equal(body['note'], note);
  }
});
