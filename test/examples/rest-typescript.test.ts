/** The program in TypeScript gives what the list gives, and compiles only against what the contract has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { testService } from '../service.ts';
import { figuresOf, listening } from './figures.ts';
import { workspace } from './workspace.ts';

t.test(
  'TypeScript: typed by the contract, pages by cursor, and asks only whether what it has still holds',
  async (t) => {
    const { folder, tool, faultsOf, run } = workspace(t, 'rest');
    await tool(
      'openapi-typescript/bin/cli.js',
      '../../docs/openapi.json',
      '--output',
      'generated/openapi.ts',
    );
    t.strictSame(await faultsOf('client.ts'), []);

    const service = await testService(t);
    const { answer, complaints } = await run('client.ts', await listening(service));
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
      writeFileSync(
        join(folder, 'program.ts'),
        `import createClient from 'openapi-fetch';
import type { paths } from './generated/openapi.ts';
const client = createClient<paths, 'application/json' | 'application/problem+json'>({ baseUrl: 'http://127.0.0.1:3000' });
const { data, error } = await client.GET('/v1/themes', { params: { query: { place: 'district:087' } } });
export const total: number | null | undefined = data?.total;
export const code: string | undefined = error?.code;
export const vi: string = data?.items[0]?.name.vi ?? '';
export const neverNull: number | undefined = data?.total;
export const noMember = data?.items[0]?.title;
await client.GET('/v1/theme');
await client.GET('/v1/themes', { params: { query: { size: 1 } } });
await client.GET('/v1/observations', { params: { query: { measure: ['sum'] } } });
`,
      );
      const faults = await faultsOf('program.ts');
      t.strictSame(
        faults
          .filter((line) => /^\S/.test(line))
          .map((line) => Number(/^program\.ts\((\d+)/.exec(line)?.[1])),
        [8, 9, 10, 11, 12],
      );
    });
  },
);
