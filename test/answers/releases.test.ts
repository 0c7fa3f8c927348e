/** Every answer can be had again as of an earlier release, byte for byte. */
import t from 'tap';
import { operationNames } from '../../src/schema/operations.ts';
import { isDeep, oneIn } from '../deep.ts';
import {
  type Answer,
  ask,
  codeQuestions,
  listQuestions,
  type Question,
  recordQuestions,
} from '../release-questions.ts';
import { days, type ReleasedService, releasedService } from '../second-release.ts';

interface Recorded {
  question: Question;
  answer: Answer;
}

/** What releases change, and what they leave as it is. */
const telling = [
  ...['observation:budget-2023', 'observation:poverty-women', 'observation:schools-ho-dao', 'task:schools'],
  ...['indicator:budget', 'indicator:poverty', 'body:front', 'contradiction:new', 'document:901'],
];

/** Every id that a release knows in the deep run; else some of each type, evenly, and those that tell. */
async function idsOf({ reader: { pool } }: ReleasedService): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from records where until_release is null union select id from documents where until_release is null
     union select id from datasets where until_release is null order by 1`,
  );
  const ids = rows.map(({ id }) => id);
  const some = new Set([...oneIn(3, ids), ...firstOfTypes(ids), ...telling]);
  return ids.filter((id) => some.has(id));
}

const firstOfTypes = (ids: readonly string[]): Iterable<string> =>
  new Map(ids.toReversed().map((id) => [id.slice(0, id.indexOf(':')), id])).values();

async function record(service: ReleasedService): Promise<Recorded[]> {
  const questions = [...listQuestions(), ...codeQuestions(), ...recordQuestions(await idsOf(service))];
  const recorded: Recorded[] = [];
  for (const question of questions) {
    const answer = await ask(service, question);
    recorded.push({ question, answer });
    recorded.push(...(await furtherPages(service, question, answer)));
  }
  return recorded;
}

/** The pages behind a first one of two. */
async function furtherPages(
  service: ReleasedService,
  question: Question,
  first: Answer,
): Promise<Recorded[]> {
  const { rest, title } = question;
  const pages: Recorded[] = [];
  if (rest?.args['limit'] === undefined) return pages;
  for (let after = JSON.parse(first.body).next, page = 2; after !== null && page < 4; page += 1) {
    const further = { title: `${title}, page ${page}`, rest: { ...rest, args: { ...rest.args, after } } };
    const answer = await ask(service, further);
    pages.push({ question: further, answer });
    after = JSON.parse(answer.body).next;
  }
  return pages;
}

t.test('answers as of an earlier release exactly as it did then, in every operation', async (t) => {
  const service = await releasedService(t);
  const first = await record(service);
  const asked = new Set(first.map(({ question }) => question.rest?.name));
  t.strictSame(
    operationNames.filter((name) => !asked.has(name)),
    ['dataset'],
    'every operation was asked',
  );
  for (const { question, answer } of first) {
    if (answer.status !== 200 || answer.body.includes('"errors":'))
      t.fail(`${question.title}: ${answer.body}`);
  }
  await service.makeNext();
  const second = await record(service);
  await service.makeNext();
  t.ok(second.some(({ question }) => question.rest?.args['id'] === 'contradiction:new'));
  const everyOther = second.filter((_, index) => index % 2 === 0);
  for (const [index, recorded] of [thinned(first), everyOther].entries()) {
    const release = index + 1;
    await t.test(
      `${recorded.length} answers of release ${release}, by its number and by its day`,
      async (t) => {
        const clocks = [{ release }, { asOf: days[index] as string }];
        for (const [at, { question, answer }] of recorded.entries()) {
          for (const clock of isDeep ? clocks : clocks.filter((_, one) => one === at % 2)) {
            const again = await ask(service, question, clock);
            if (again.body !== answer.body || again.etag !== answer.etag || again.status !== answer.status) {
              t.strictSame(again, answer, `${question.title} ${JSON.stringify(clock)}`);
            }
          }
        }
        t.pass(`${recorded.length} answers`);
      },
    );
  }
  await t.test('and otherwise where a release has changed it', async (t) => {
    const [was, is] = [byTitle(first), byTitle(second)];
    const changed = [...was].filter(([title, body]) => body !== is.get(title)).map(([title]) => title);
    for (const title of differing) t.ok(changed.includes(title), `${title} differs`);
    for (const title of alike) t.notOk(changed.includes(title), `${title} is the same`);
  });
});

/** The first answers of each operation, and of the rest every other one; all in the deep run. */
function thinned(recorded: readonly Recorded[]): readonly Recorded[] {
  const seen = new Map<string | undefined, number>();
  return recorded.filter(({ question: { rest } }, index) => {
    const count = (seen.get(rest?.name) ?? 0) + 1;
    seen.set(rest?.name, count);
    return isDeep || count <= 2 || index % 2 === 0;
  });
}

/** What was answered, but for the number of the release. */
const byTitle = (recorded: readonly Recorded[]): Map<string, string> =>
  new Map(
    recorded.map(({ question, answer }) => [
      question.title,
      answer.body.replace(/"release":\d+|, release \d+ of [-\d]+/g, ''),
    ]),
  );

const without = [
  'places',
  'districts',
  'communes',
  'bodies',
  'tasks',
  'mottos',
  'indicators',
  'observations',
];
const differing = [
  ...[...without, 'contradictions', 'documents', 'releases', 'changes'].flatMap((name) => [
    `${name} {"limit":"2"}`,
    `${name} {} in GraphQL`,
  ]),
  'changes as ndjson',
  'placesCrosswalk as csv',
  'search {"q":"an khe"}',
  'placesLookup {"items":"70001|An Khê|an khe moi|Song Hoa|zzzz"}',
  'documentCitations {"id":"document:901"}',
  'fact {"id":"observation:budget-2023"}',
  'node task:schools',
  'observation {"id":"observation:budget-2023"} in GraphQL',
  'district {"code":"701"}',
].filter(
  (title) =>
    ![
      'districts {"limit":"2"}',
      'districts {} in GraphQL',
      'communes {"limit":"2"}',
      'communes {} in GraphQL',
    ].includes(title),
);
const alike = [
  'observation {"id":"observation:poverty-women"}',
  'fact {"id":"body:front"}',
  'node indicator:poverty',
  'datasets {}',
];
