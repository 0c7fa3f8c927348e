/** Two databases that are to answer alike: every operation with a spread of arguments, in both mouths, byte by byte. */
import type { Test } from 'tap';
import { operationNames } from '../src/schema/operations.ts';
import { isDeep } from './deep.ts';
import { ask, codeQuestions, listQuestions, type Question, recordQuestions } from './release-questions.ts';
import { serviceAt } from './service.ts';

/** As of which release it is asked; undefined: of the current one. */
type Clock = { release?: number };

/** Fails where one answer differs, or where an operation is not asked. Resolves to the number of answers compared. */
export async function sameAnswers(
  t: Test,
  urls: readonly [one: string, other: string],
  { now, clocks }: { now: () => Date; clocks: readonly Clock[] },
): Promise<number> {
  const [one, other] = [await serviceAt(t, urls[0], now), await serviceAt(t, urls[1], now)];
  const { rows } = await one.reader.pool.query<{ id: string }>(
    'select id from records union select id from documents union select id from datasets order by 1',
  );
  const questions = thinned([
    ...listQuestions(),
    ...codeQuestions(),
    ...recordQuestions(rows.map(({ id }) => id)),
  ]);
  const asked = new Set(questions.map(({ rest }) => rest?.name));
  t.strictSame(
    operationNames.filter((name) => !asked.has(name) && !(name === 'dataset' && rows.every(isNoDataset))),
    [],
    'every operation is asked',
  );
  let compared = 0;
  let answered = 0;
  for (const [index, question] of questions.entries()) {
    // Who has little time asks each by one clock.
    for (const clock of clocks.filter((_, at) => isDeep || at === index % clocks.length)) {
      const [here, there] = [await ask(one, question, clock), await ask(other, question, clock)];
      compared += 1;
      if (here.status === 200) answered += 1;
      // A refusal bears the id of its request.
      const same = (body: string) => body.replace(/"(instance|requestId)":"[^"]*"/g, '');
      if (here.status !== there.status || here.etag !== there.etag || same(here.body) !== same(there.body))
        t.strictSame(there, here, `${question.title} ${JSON.stringify(clock)}`);
    }
  }
  t.ok(answered > compared / 2, `${answered} of ${compared} questions have an answer`);
  return compared;
}

/** The first question of each operation, and of the rest one in so many. */
function thinned(questions: readonly Question[]): Question[] {
  const seen = new Set<string | undefined>();
  return questions.filter(({ rest }, index) => {
    const first = !seen.has(rest?.name);
    seen.add(rest?.name);
    return first || isDeep || index % 10 === 0;
  });
}

const isNoDataset = ({ id }: { id: string }): boolean => !id.startsWith('dataset:');
