/** Plants contradictions of each kind and sees them found; and pairs that only look alike, and sees them pass. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { checkSeeds } from '../../src/import/check.ts';
import type { Observation } from '../../src/import/contradictions/claims.ts';
import { contradictionFaults } from '../../src/import/contradictions/declared.ts';
import { type Found, findContradictions, rules } from '../../src/import/contradictions/find.ts';
import { readSeeds } from '../../src/import/read.ts';
import { seedsFolder } from '../../src/import/seed.ts';
import { plantTree } from '../../src/import/tree/plant.ts';
import { ContradictionKind } from '../../src/schema/contradiction.ts';
import { runsOr } from '../deep.ts';
import { alone, contradictions, fitting, lookAlikes, type Planted } from './contradictions-planted.ts';
import { faultsOf, linesOf } from './country.ts';
import { realFacts } from './real-facts.ts';

/** A record a line, so that each has a line of its own. */
const yamlOf = (planted: Planted): string =>
  Object.entries(planted)
    .flatMap(([section, records]) => [
      `${section}:`,
      ...records.map((record) => `  - ${JSON.stringify(record)}`),
    ])
    .join('\n');

const lineOf = (text: string, id: string): number =>
  text.split('\n').findIndex((line) => line.includes(`"id":"${id}"`)) + 1;

/** `- {id: contradiction:…}`, as the fault suggests it. */
const stubIn = (fault: string): string => fault.slice(fault.indexOf('- {'));
const declaring = (text: string, stub: string): string => `${text}\ncontradictions:\n  ${stub}\n`;

const kinds: readonly string[] = ContradictionKind.enum;

for (const [sentence, kind, planted, [first, second]] of contradictions) {
  t.test(`${sentence}: a contradiction of kind ${kind}, until it is declared as that`, async (t) => {
    const text = yamlOf(planted);
    const faults = await faultsOf(t, text);
    const [fault = ''] = faults;
    t.equal(faults.length, 1, faults.join('\n'));
    const [where, code, message = ''] = fault.split('  ');
    t.equal(code, 'unlinked_contradiction');
    const named =
      /^contradiction of kind (\w+): (\S+) at seeds\/zz\.yml:(\d+) says (.*?), but (\S+) at seeds\/zz\.yml:(\d+) says (.*?)(?:;|, but )/;
    const [, told, record = '', line, says, other = '', otherLine, otherSays] = named.exec(message) ?? [];
    t.strictSame([told, says, otherSays], [kind, first, second]);
    t.not(record, other);
    t.strictSame([Number(line), Number(otherLine)], [lineOf(text, record), lineOf(text, other)]);
    t.equal(where, `seeds/zz.yml:${line}:5`);

    const stub = stubIn(message);
    t.strictSame(await faultsOf(t, declaring(text, stub)), [], 'declared as suggested, it is accepted');

    const another = kinds.find((one) => one !== kind);
    const misnamed = await faultsOf(t, declaring(text, stub.replace(`kind: ${kind}`, `kind: ${another}`)));
    t.equal(misnamed.length, 1, 'declared as another kind, it is refused');
    const start = `seeds/zz.yml:${text.split('\n').length + 2}:5  contradiction_of_other_kind  the kind is ${another}, but ${kind} is in what the sides differ: ${record} at seeds/zz.yml:${line} says ${first}, but ${other} at`;
    t.ok(misnamed[0]?.startsWith(start), `${misnamed[0]}`);
  });
}

for (const [sentence, planted] of lookAlikes) {
  t.test(`${sentence}: no contradiction`, async (t) => {
    t.strictSame(await faultsOf(t, yamlOf(planted)), []);
  });
}

for (const [sentence, record, told, field] of alone) {
  t.test(`${sentence}: wrong by itself, unless the probable reading is given`, async (t) => {
    t.strictSame(await faultsOf(t, yamlOf({ observations: [record] })), [
      `seeds/zz.yml:2:5  self_contradiction  observation:one at seeds/zz.yml:2 ${told}; if it is printed so, the probable reading belongs into "readings"`,
    ]);
    const readings = [{ field, printed: 'x', probable: null, reason: 'So.' }];
    t.strictSame(await faultsOf(t, yamlOf({ observations: [{ ...record, readings }] })), []);
  });
}

for (const [sentence, record] of fitting) {
  t.test(`${sentence}: right by itself`, async (t) => {
    t.strictSame(await faultsOf(t, yamlOf({ observations: [record] })), []);
  });
}

const citations = [{ package: 'p', version: '1' }];
t.test('a motto with more items than announced is wrong by itself, unless a count is disputed', async (t) => {
  const items = ['a', 'b'].map((en) => ({ en }));
  const motto = { id: 'motto:x', kind: 'model', name: { en: 'X' }, announcedCount: 1, items, citations };
  const text = yamlOf({ mottos: [motto] });
  t.match(await faultsOf(t, text), [
    /^seeds\/zz\.yml:2:5 {2}self_contradiction {2}motto:x at seeds\/zz\.yml:2 says 1 announced, 2 listed: more is listed/,
  ]);
  const sides = '[{fact: motto:x, states: a}, {fact: motto:three-clears, states: b}]';
  const declared = (kind: string) =>
    declaring(text, `- {id: contradiction:x, kind: ${kind}, name: {en: X}, sides: ${sides}}`);
  t.strictSame(await faultsOf(t, declared('count')), []);
  t.match(await faultsOf(t, declared('name')), [/self_contradiction/]);
});

const figure = (id: string, rest: object) => ({
  ...{ id: `observation:${id}`, indicator: 'indicator:income', measure: 'value', scenario: 'actual' },
  ...{ comparator: 'eq', unit: 'million_dong', place: 'place:an-khe-701', period: '2023', citations },
  ...rest,
});

t.test('a declared contradiction in which nothing differs any more is told', async (t) => {
  const issuers = [{ issuer: 'body:front' }, { issuer: 'body:an-khe-party' }];
  const observations = issuers.map((issuer, index) => figure(`x${index}`, { ...issuer, value: 5 }));
  const sides = observations.map(({ id }) => ({ fact: id, states: 'x' }));
  const declared = (rest: object) => [
    { id: 'contradiction:x', kind: 'value', name: { en: 'X' }, sides, ...rest },
  ];
  t.strictSame(await faultsOf(t, yamlOf({ observations, contradictions: declared({}) })), [
    'seeds/zz.yml:5:5  settled_contradiction  observation:x0 at seeds/zz.yml:2 and observation:x1 at seeds/zz.yml:3 say the same: nothing differs any more',
  ]);
  t.strictSame(await faultsOf(t, yamlOf({ observations, contradictions: declared({ kind: 'name' }) })), []);
  const more = [...sides, { fact: 'person:lan', states: 'y' }];
  t.strictSame(await faultsOf(t, yamlOf({ observations, contradictions: declared({ sides: more }) })), []);
});

t.test('two figures whose place is unclear are not compared', async (t) => {
  const place = 'place:ho-dao-70001';
  const observations = [1, 2].map((value) =>
    figure(`x${value}`, { place, value, period: '2031', on: '1999-01-01' }),
  );
  const ended = observations.map((record) => ({ ...record, place: 'place:an-khe-701', on: '2026-01-01' }));
  t.match(await faultsOf(t, yamlOf({ observations: ended })), [/place_not_in_force/, /place_not_in_force/]);
  t.match(await faultsOf(t, yamlOf({ observations })), [/unlinked_contradiction/]);
});

t.test(
  'a task that repeats itself in a circle, and records that are there twice, are told as that',
  async (t) => {
    const task = (id: string, repeats: string) => ({
      id: `task:${id}`,
      kind: 'task',
      name: { en: id },
      repeats,
      citations,
    });
    const act = {
      id: 'instrument:x',
      kind: 'plan',
      number: '1/KH',
      name: { en: 'X' },
      body: 'body:front',
      citations,
    };
    const event = { id: 'event:x', kind: 'other', name: { en: 'X' }, citations };
    const planted = {
      tasks: [
        task('a', 'task:b'),
        task('b', 'task:a'),
        { ...task('c', 'task:a'), deadline: { date: '2024-01-01', comparator: 'le' } },
      ],
      instruments: [
        { ...act, issuedOn: '2023-01-01' },
        { ...act, issuedOn: '2023-01-02' },
      ],
      events: [
        { ...event, period: '2023-01' },
        { ...event, period: '2023-02' },
      ],
      observations: [figure('x', { value: 1 }), figure('x', { value: 2 })],
    };
    const codes = (await faultsOf(t, yamlOf(planted))).map((fault) => fault.split('  ')[1]);
    t.strictSame(codes, ['circle', 'duplicate_id', 'duplicate_id', 'duplicate_id']);
  },
);

const whole = realFacts().then(checkSeeds);

t.test('the facts have one contradiction that rules can find, and it is declared', async (t) => {
  const found = findContradictions(await whole);
  t.match(
    found.map(({ rule, kind, sides }) => [rule, kind, ...sides.map(({ id }) => id)]),
    [
      [
        'two_base_periods',
        'base',
        'observation:ninh-binh-2022-pci-rank-change-since-2022',
        'observation:ninh-binh-2022-pci-rank-change-since-2021',
      ],
    ],
  );
});

t.test('every kind is planted', async (t) => {
  const seen = new Set(contradictions.map(([, kind]) => kind));
  t.strictSame([...seen].sort(), [...kinds].sort());
});

t.test('every rule has its row in the guide of the curators', async (t) => {
  const guide = await readFile(new URL('../../docs/curation.md', import.meta.url), 'utf8');
  const cells = [...guide.matchAll(/^\| [a-z]+ \| (`[a-z_`, ]+`) \|/gm)].map(([, cell = '']) => cell);
  const named = new Set(cells.flatMap((cell) => cell.replaceAll('`', '').split(', ')));
  t.strictSame([...named].sort(), Object.keys(rules).sort());
});

t.test('planted beside the facts, contradictions of each kind are told all at once', async (t) => {
  const folder = join(t.testdir(), 'seeds');
  await cp(seedsFolder, folder, { recursive: true });
  const { seeds } = await realFacts();
  const copyOf = (id: string, rest: object) => {
    const original = [...seeds.observations, ...seeds.events, ...seeds.instruments, ...seeds.tasks].find(
      (one) => one.id === id,
    );
    return { ...original, id: `${id}-planted`, citations, flags: [], ...rest };
  };
  const text = yamlOf({
    observations: [
      copyOf('observation:ninh-binh-2023-grdp', { value: 53398.7 }),
      copyOf('observation:ninh-binh-2022-par-index-rank', { value: 18 }),
      copyOf('observation:ninh-binh-2023-grdp-growth', { basis: { kind: 'earlier_period', period: '2021' } }),
      copyOf('observation:ninh-binh-2023-9m-tourism-revenue', { unit: 'million_vnd' }),
      copyOf('observation:ninh-binh-2023-6m-state-budget-revenue', { period: '2023-01-01/2023-08-31' }),
    ],
    events: [copyOf('event:nghe-an-2023-dialogue', { period: '2023-08-13/2023-08-14' })],
    instruments: [
      copyOf('instrument:nghe-an-39-nq-tw', { issuedOn: '2023-07-28', name: { en: 'Planted' } }),
      { ...copyOf('instrument:nghe-an-39-nq-tw', { kind: 'directive' }), id: 'instrument:planted' },
    ],
    tasks: [
      {
        ...copyOf('task:bao-yen-2024-key-tasks', { parent: 'task:bao-yen-2024-key-tasks', ordinal: 6 }),
        announcedCount: null,
      },
    ],
  });
  await writeFile(join(folder, 'zz.yml'), text);
  const faults = await linesOf(async () => checkSeeds(await plantTree(await readSeeds(folder))));
  t.strictSame(
    faults.map((fault) => /contradiction of kind (\w+)/.exec(fault)?.[1]).sort(),
    ['base', 'count', 'date', 'date', 'date', 'name', 'rank', 'unit', 'value'],
    faults.join('\n'),
  );
});

t.test('one figure against one base twice is a double and no contradiction', async (t) => {
  const basis = { kind: 'earlier_period', period: '2021' };
  const observations = ['x', 'y'].map((id) => figure(id, { measure: 'growth', value: 5, basis }));
  t.match(await faultsOf(t, yamlOf({ observations })), [/duplicate_observation/]);
});

t.test('any importer can use the rules: of rows, with its own names', async (t) => {
  const rows = await whole;
  const tasks = rows.tasks.map((task) => ({ ...task, announcedCount: task.announcedCount && 1 }));
  // The contradiction of the base is left without sides.
  const contradictionSides = rows.contradictionSides.filter(({ factId }) => !/pci/.test(factId));
  const faults = contradictionFaults({ ...rows, tasks, contradictionSides }, (id) => `row of ${id}`);
  t.match(faults, [
    { code: 'unlinked_contradiction', message: /^contradiction of kind base: row of observation:/ },
    { code: 'unlinked_contradiction', message: /^contradiction of kind count: row of task:/ },
    { code: 'unlinked_contradiction', message: /^contradiction of kind count: row of task:/ },
  ]);
  t.equal(faults.length, 3);
});

/** Each way in which a record beside the row, of the same thing, cannot be true; `by` is from 1 to 1000. */
function perturbations(row: Observation, by: number): { kind: string; planted: Partial<Observation> }[] {
  const { value, valueCode, trend, numerator, outOf, comparator, scenario, basisStart } = row;
  const kind = row.measure === 'rank' ? 'rank' : 'value';
  const otherwise: { kind: string; planted: Partial<Observation> }[] = [];
  if (value !== null) {
    const lastDigit = 10 ** -(String(value).split('.')[1] ?? '').length;
    const aside = Number((value + by * lastDigit).toPrecision(15));
    const far = { eq: aside, approx: value * 1.2 + by, ge: value - by, gt: value, le: value + by, lt: value };
    const planted: Partial<Observation> = { comparator: 'eq', value: far[comparator] };
    otherwise.push({ kind, planted }, { kind: 'unit', planted: { unit: 'planted' } });
    if (scenario === 'actual') otherwise.push({ kind, planted: { ...planted, issuerId: 'body:planted' } });
  }
  if (numerator !== null) otherwise.push({ kind, planted: { numerator: numerator + by } });
  if (outOf !== null) otherwise.push({ kind: 'rank', planted: { outOf: outOf + by } });
  if (valueCode !== null) otherwise.push({ kind, planted: { valueCode: `planted_${by}` } });
  if (trend !== null) otherwise.push({ kind, planted: { trend: trend === 'up' ? 'down' : 'up' } });
  const year = 1000 + (by % 900);
  const base = { basisStart: `${year}-01-01`, basisEnd: `${year}-12-31` };
  if (basisStart) otherwise.push({ kind: 'base', planted: base });
  return otherwise;
}

/** What is found of a record that is planted beside all observations of the facts. */
async function foundOf(planted: Observation): Promise<Found[]> {
  const rows = await whole;
  const found = findContradictions({ ...rows, observations: [...rows.observations, planted] });
  return found.filter(({ sides }) => sides.some(({ id }) => id === planted.id));
}

const anyRow = fc.record({
  index: fc.nat(),
  way: fc.nat(),
  by: fc.integer({ min: 1, max: 1000 }),
});
const plantedOf = (row: Observation, rest: Partial<Observation>): Observation => ({
  ...{ ...row, id: 'observation:planted', subsetOfId: null },
  ...rest,
});
const settings = { seed: 20231031, numRuns: runsOr(80) };

t.test('any figure of the facts, planted again otherwise, is found', async (t) => {
  const { observations } = await whole;
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyRow, async ({ index, way, by }) => {
      const row = observations[index % observations.length] as Observation;
      const ways = perturbations(row, by);
      const { kind, planted } = ways[way % ways.length] as (typeof ways)[number];
      const found = await foundOf(plantedOf(row, planted));
      seen.add(kind);
      const hit = found.some(
        ({ kind: of, others, sides: [{ id }] }) =>
          of === kind && id === 'observation:planted' && others.has(row.id),
      );
      if (!hit)
        throw new Error(`${kind} of ${row.id} by ${JSON.stringify(planted)}: ${JSON.stringify(found)}`);
    }),
    settings,
  );
  t.strictSame([...seen].sort(), ['base', 'rank', 'unit', 'value']);
});

t.test('any figure of the facts, planted again of another thing, is none', async (t) => {
  const { observations } = await whole;
  await fc.assert(
    fc.asyncProperty(anyRow, async ({ index, way, by }) => {
      const row = observations[index % observations.length] as Observation;
      const value = row.value === null ? null : row.value + by;
      const things: Partial<Observation>[] = [
        { dimensions: { ...row.dimensions, planted: 'yes' } },
        { scope: 'planted' },
        { placeVersionId: 'place_version:planted' },
        { periodStart: '2999-01-01', periodEnd: '2999-12-31' },
        // Of which there is no fact yet: any other might meet one.
        { scenario: 'preliminary' },
      ];
      // Not past the last, which would be wrong of any thing.
      const thing = { outOf: null, ...things[way % things.length] };
      const found = await foundOf(plantedOf(row, { value, valueCode: row.valueCode && 'planted', ...thing }));
      if (found.length > 0)
        throw new Error(`${row.id} by ${JSON.stringify(thing)}: ${JSON.stringify(found)}`);
    }),
    settings,
  );
  t.ok(observations.length > 150);
});
