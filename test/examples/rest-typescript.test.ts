/** The program in TypeScript gives what the list gives, and compiles only against what the contract has. */
import t from 'tap';
import { figuresOf } from './figures.ts';
import { publishedFacts } from './served.ts';
import { workspace } from './workspace.ts';

t.test(
  'TypeScript: typed by the contract, pages by cursor, and asks only whether what it has still holds',
  async (t) => {
    const { faultsOf, run } = await workspace('rest');
    t.strictSame(await faultsOf('client.ts'), []);

    const { service, address } = await publishedFacts();
    const { answer, complaints } = await run('client.ts', address);
    const figures = await figuresOf(t, service);
    t.strictSame(
      answer['figures'],
      figures.map(({ id, indicator, value, unit }) => ({ id, indicator: indicator.code, value, unit })),
    );
    t.strictSame([answer['pages'], answer['pagesAgain'], answer['same']], [[200, 200], [304, 304], true]);
    const [first] = figures;
    t.strictSame(answer['source'], {
      id: first?.id,
      sources: first?.citations.map(({ document, paragraph, start, end, printed }) => ({
        file: document?.fileName,
        paragraph,
        start,
        end,
        printed,
      })),
    });
    t.match(answer.mistake, { code: 'bad_argument', status: 400, parameter: 'place' });
    t.equal(complaints, '');

    await t.test('where the compiler refuses what the contract does not have', async (t) => {
      const faults = await faultsOf('refused.ts');
      t.strictSame(
        faults.map((fault) => Number(/^refused\.ts\((\d+)/.exec(fault)?.[1])),
        [8, 9, 10, 11, 12],
      );
    });
  },
);
