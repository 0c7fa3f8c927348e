/**
 * Every parameter of every operation, fuzzed from the OpenAPI document that the service serves. The same questions
 * each time, unless `npm run test:deep` asks more of them, other ones each time: `GOVDATA_TEST_SEED` repeats those.
 */
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { isDeep, runsOr, seedOr } from '../deep.ts';
import { testService } from '../service.ts';
import { type Draft, draftsAbout, draftsOf, draftsWithout, type Intent } from './arbitraries.ts';
import { countryAt, poolOfCountry } from './country.ts';
import { type Fuzzed, faultsOfCourse } from './course.ts';
import { type DescribedOperation, type Json, type OpenApi, type Parameter, readOpenApi } from './document.ts';
import { Ledger } from './ledger.ts';
import { type Pool, poolOf } from './pool.ts';
import { type Ask, askOf, jsonOf } from './service.ts';

const runs = runsOr(0);
const seed = seedOr(20261125);

interface Country extends Fuzzed {
  pool: Pool;
}

function countryOf(ask: Ask, openApi: OpenApi, pool: Pool): Country {
  const ledger = new Ledger();
  const counted: Ask = async (question) => {
    const answer = await ask(question);
    ledger.count(answer);
    return answer;
  };
  return { ask: counted, openApi, ledger, pool };
}

interface Theme {
  operation: DescribedOperation;
  /** Neither a parameter nor `none` of them: any together. */
  about?: { parameter: Parameter; intent: Intent } | 'none';
  numRuns: number;
}

/** The formats of a list take the same parameters: unless the run is deep, each is asked in one of five of them, by turns. */
function askedOf({ operations }: OpenApi): DescribedOperation[] {
  const names = [...new Set(operations.flatMap((one) => one.parameters.map(({ name }) => name)))];
  return operations.map((operation, at) => ({
    ...operation,
    parameters: operation.parameters.filter(
      ({ name }) => isDeep || !operation.path.includes('.') || (at + names.indexOf(name)) % 5 === 0,
    ),
  }));
}

/** Each parameter as it may be and as it may not, then none, then any together. */
const themesOf = (
  operation: DescribedOperation,
  parameters: readonly Parameter[],
  numRuns: { each: number; any: number },
): Theme[] => [
  ...parameters.flatMap((parameter) =>
    (['right', 'wrong'] as const).map((intent) => ({
      operation,
      about: { parameter, intent },
      numRuns: numRuns.each,
    })),
  ),
  { operation, about: 'none', numRuns: numRuns.each },
  { operation, numRuns: numRuns.any },
];

/** What is wrong, with the smallest question that shows it. */
async function findingsOf(country: Country, { operation, about, numRuns }: Theme): Promise<string[]> {
  const { openApi, pool } = country;
  const [said, drafts] =
    about === undefined
      ? [' ', draftsOf(openApi, pool, operation)]
      : about === 'none'
        ? ['none', draftsWithout(openApi, pool, operation)]
        : [
            `${about.parameter.name} ${about.intent}`,
            draftsAbout(openApi, pool, operation, about.parameter, about.intent),
          ];
  const name = `${operation.id} ${said}`;
  const property = fc.asyncProperty(drafts, async (draft: Draft) => {
    const faults = await faultsOfCourse(country, draft);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });
  const { failed, errorInstance, counterexamplePath } = await fc.check(property, {
    seed: seed ^ hashOf(name),
    numRuns,
  });
  return failed ? [`${name}: ${errorInstance} (path ${counterexamplePath})`] : [];
}

/** So that themes differ in what they ask. */
const hashOf = (text: string): number =>
  [...text].reduce((hash, one) => (hash * 31 + one.charCodeAt(0)) | 0, 7);

async function fuzz(t: Test, country: Country, numRuns: { each: number; any: number }): Promise<void> {
  const { openApi, ledger } = country;
  const asked = askedOf(openApi);
  const themes = openApi.operations.flatMap((operation, at) =>
    themesOf(operation, asked[at]?.parameters ?? [], numRuns),
  );
  const findings: string[] = [];
  // A few at once, since most of the time goes by in the database.
  const work = async (): Promise<void> => {
    for (let theme = themes.pop(); theme; theme = themes.pop())
      findings.push(...(await findingsOf(country, theme)));
  };
  await Promise.all([work(), work(), work(), work()]);
  const parameters = asked.flatMap((one) => one.parameters).length;
  t.comment(`${ledger.requests} requests, ${openApi.operations.length} operations, ${parameters} parameters`);
  t.comment(`seed ${seed}; ${ledger.report()}`);
  for (const finding of findings) t.comment(finding.slice(0, 1500));
  t.strictSame(findings, []);
  for (const type of ledger.types) {
    const page = await country.ask({ method: 'GET', target: type.replace(/#.*/, '') });
    t.equal(page.status, 200, `${type} can be read`);
    t.match(page.body.toString('utf8'), type.replace(/.*[#/]/, ''));
  }
}

t.test('what the document promises holds in a country of three releases, whatever is asked', async (t) => {
  const { ask, openApi } = await countryAt(3);
  const country = countryOf(ask, openApi, await poolOfCountry());
  await fuzz(
    t,
    country,
    isDeep ? { each: Math.ceil(runs / 50), any: Math.ceil(runs / 5) } : { each: 1, any: 2 },
  );
  t.strictSame(country.ledger.missing(askedOf(openApi)), []);
});

if (isDeep) {
  t.test('and with the facts that are published', async (t) => {
    const { app } = await testService(t);
    const ask = await askOf(t, app);
    const openApi = readOpenApi(jsonOf(await ask({ method: 'GET', target: '/openapi.json' })) as Json);
    const country = countryOf(ask, openApi, await poolOf(ask, openApi));
    await fuzz(t, country, { each: Math.ceil(runs / 100), any: Math.ceil(runs / 10) });
    t.comment('not seen:', country.ledger.missing(country.openApi.operations).join('; '));
  });
}
