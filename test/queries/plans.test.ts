/**
 * How PostgreSQL goes about what the service really asks of it, among a million figures: every operation, every argument
 * that picks records, every edge, from the beginning of a list and deep within it, currently and as of an early release.
 * Rows and pages are counted, and no time is taken, so that the machine does not matter.
 */
import t from 'tap';
import { connect, type Database } from '../../src/db/client.ts';
import { openScope } from '../../src/queries/answer.ts';
import { limits } from '../../src/schema/config.ts';
import { onlyDeep } from '../deep.ts';
import { seededDatabase, testNow } from '../service.ts';
import { fillMillion } from './million.ts';
import {
  buffersOfPage,
  indexesOf,
  type PlanNode,
  partsOf,
  planRun,
  readWhole,
  rowsCounted,
  rowsRead,
  type Statement,
  watched,
} from './plans.ts';
import { edgeQuestions, operationQuestions, type Question, readParents } from './plans-questions.ts';

/** Those that grow with the figures. */
const large = ['observations', 'citations', 'changes', 'identities'];
const early = 3;

/** Rows of them that a page may look at, its totals aside: those of a province and of twenty bodies are some hundred times a page. */
const pageMost = 25_000;
/** A total looks at up to three rows, a figure and two kinds of citations, for each that it counts. */
const countMost = 3.2 * limits.totalExactTo;
/** What a page deep within a list may cost more than the first, as a factor and in pages of the database. */
const deeper = { times: 2, more: 2000 };

/** Questions that may look at more, and why. */
const exceptions: [question: RegExp, why: string][] = [
  [
    /\btargets .*"status"/,
    'What came of a target is computed, not stored: all targets are judged once a release, a thousand a statement.',
  ],
  [
    /^targets .*"year".*, release 3$/,
    'As of an early release, of a year of which it has nothing: all its targets are passed over.',
  ],
  [
    /^(places|communes) {"within":"country:VN"}/,
    'Of places there are fifteen thousand, however many figures: all of them are sorted, by one plan or another.',
  ],
  [
    /^changes .*"type"/,
    'Within a release the changes of a type stand together: where few are expected, those of other types are passed over.',
  ],
];

interface Seen {
  question: string;
  plan: PlanNode;
}

const isExcepted = (question: string): boolean => exceptions.some(([pattern]) => pattern.test(question));

/** What is wrong with a plan, in words; nothing for most. */
function faultsOf({ question, plan }: Seen): string[] {
  if (isExcepted(question)) return [];
  const { page } = partsOf(plan);
  const whole = readWhole(page).filter((table) => large.includes(table));
  const [read, counted] = [rowsRead(page, large), rowsCounted(plan, large)];
  return [
    ...whole.map((table) => `${question} reads all of ${table}`),
    ...(read > pageMost ? [`${question} looks at ${read} rows for a page`] : []),
    ...(counted > countMost ? [`${question} looks at ${counted} rows for a total`] : []),
  ];
}

/** Asks a question as the service would, and then for the plan of each statement that is new. */
async function see(
  { pool }: Database,
  question: Question,
  { release, isDeep, known }: { release?: number; isDeep: boolean; known: Set<string> },
): Promise<Seen[]> {
  const unwatched = { database: { pool }, now: testNow };
  const scope = await openScope(unwatched, release === undefined ? {} : { release });
  const statements: Statement[] = [];
  const context = watched(pool, testNow, (statement) => statements.push(statement));
  await question.ask({ context, unwatched, scope }, isDeep);
  const seen: Seen[] = [];
  for (const statement of statements) {
    const key = JSON.stringify(statement);
    if (known.has(key)) continue;
    known.add(key);
    const name = `${question.name}${isDeep ? ', deep' : ''}${release === undefined ? '' : `, release ${release}`}`;
    seen.push({ question: name, plan: await planRun(pool, statement) });
  }
  return seen;
}

t.test(
  'a page costs what it holds, whatever there is besides',
  { skip: onlyDeep, timeout: 3_600_000 },
  async (t) => {
    const { url } = await seededDatabase(t);
    const writer = connect(url, { role: 'writer' });
    t.teardown(() => writer.close());
    await fillMillion(writer);
    // Sessions of readers, but for the time that a statement may take: this machine may be slow.
    const reader = connect(url, { role: 'reader', statementTimeoutMs: 120_000 });
    t.teardown(() => reader.close());
    const context = { database: reader, now: testNow };
    const parents = await readParents(context, await openScope(context));
    const questions = [...operationQuestions, ...edgeQuestions(parents)];
    const known = new Set<string>();
    const used = new Set<string>();

    await t.test('no large table is read from end to end, and totals stop at their limit', async (t) => {
      let count = 0;
      for (const release of [undefined, early]) {
        for (const question of questions) {
          const at = { known, ...(release === undefined ? {} : { release }) };
          const first = await see(reader, question, { ...at, isDeep: false });
          const deep = await see(reader, question, { ...at, isDeep: true });
          count += first.length + deep.length;
          for (const { plan } of [...first, ...deep]) for (const name of indexesOf(plan)) used.add(name);
          const dear = deep.filter(
            ({ question: name, plan }, index) => !isExcepted(name) && isDearer(plan, first[index]?.plan),
          );
          const faults = [
            ...[...first, ...deep].flatMap(faultsOf),
            ...dear.map((one) => `${one.question} costs more than the first page`),
          ];
          if (faults.length > 0) t.fail(faults.join('\n'));
        }
      }
      t.comment(`${questions.length} questions, ${count} statements`);
      t.ok(count > 3000, `${count} statements`);
    });

    await t.test('each index of figures is taken by a statement, or is a key', async (t) => {
      const { rows } = await writer.pool.query<{ name: string }>(
        `select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
       where indrelid in ('observations'::regclass, 'citations'::regclass, 'changes'::regclass) and not indisunique`,
      );
      t.strictSame(
        rows.map(({ name }) => name).filter((name) => !used.has(name)),
        [],
      );
    });

    await t.test('without its index a list is at fault', async (t) => {
      for (const [index, name] of [
        ['observations_place_order', 'observations {"place":"province:37"}'],
        ['observations_subset', 'Observation.subsets {} of 20'],
        ['citations_fact', 'Task.citations {} of 20'],
        ['changes_record', 'changes {"record":"observation:bao-yen-2024-average-income"}'],
      ] as const) {
        const question = questions.find((one) => one.name === name) as Question;
        const faults = async () =>
          (await see(reader, question, { isDeep: false, known: new Set() })).flatMap(faultsOf);
        t.strictSame(await faults(), [], name);
        const { rows } = await writer.pool.query<{ made: string }>(
          `select pg_get_indexdef('${index}'::regclass) as made`,
        );
        await writer.pool.query(`drop index ${index}`);
        t.not((await faults()).length, 0, `${name} without ${index}`);
        await writer.pool.query(rows[0]?.made as string);
      }
    });
  },
);

function isDearer(deep: PlanNode, first: PlanNode | undefined): boolean {
  if (first === undefined) return false;
  return buffersOfPage(deep) > deeper.times * buffersOfPage(first) + deeper.more;
}
