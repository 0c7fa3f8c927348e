/** That the oracle of the fuzz run sees: an answer with a fault planted in it is found, the same answer without it is not. */
import t from 'tap';
import { countryAt } from './country.ts';
import type { DescribedOperation, Parameter } from './document.ts';
import { faultsOf } from './oracle.ts';
import { type Answer, jsonOf } from './service.ts';
import { type Inquiry, questionOf, textValue } from './value.ts';

const { ask, openApi } = await countryAt(1);

function inquiryOf(id: string, args: Record<string, string> = {}): Inquiry {
  const operation = openApi.operations.find((one) => one.id === id) as DescribedOperation;
  const parameterOf = (name: string) => operation.parameters.find((one) => one.name === name) as Parameter;
  return {
    operation,
    args: Object.entries(args).map(([name, text]) => ({
      parameter: parameterOf(name),
      value: textValue(text),
    })),
  };
}

const withJson = (answer: Answer, change: (body: Record<string, unknown>) => object): Answer => ({
  ...answer,
  body: Buffer.from(JSON.stringify(change(jsonOf(answer) as Record<string, unknown>))),
});
const withText = (answer: Answer, change: (text: string) => string): Answer => ({
  ...answer,
  body: Buffer.from(change(answer.body.toString('utf8'))),
});
const withFirst = (answer: Answer, change: (item: Record<string, unknown>) => object): Answer =>
  withJson(answer, ({ items, ...rest }) => {
    const [first, ...others] = items as Record<string, unknown>[];
    return { ...rest, items: [change(first as Record<string, unknown>), ...others] };
  });

const tasks = inquiryOf('tasks');
const wrongYear = inquiryOf('tasks', { year: '1899' });
type Plant = readonly [what: string, Inquiry, (answer: Answer) => Answer, found: RegExp];
const plants: Plant[] = [
  ['a failure', tasks, (answer) => ({ ...answer, status: 500 }), /status 500/],
  [
    'a status that is not listed',
    tasks,
    (answer) => ({ ...answer, status: 404 }),
    /status 404 is not listed/,
  ],
  [
    'another media type',
    tasks,
    (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/html' } }),
    /text\/html is not listed/,
  ],
  [
    'no tag',
    tasks,
    ({ headers: { etag: _etag, ...headers }, ...answer }) => ({ ...answer, headers }),
    /no ETag/,
  ],
  [
    'a page without its total',
    tasks,
    (answer) => withJson(answer, ({ total: _total, ...rest }) => rest),
    /'total'/,
  ],
  [
    'a member that is nowhere described',
    tasks,
    (answer) => withJson(answer, (page) => ({ ...page, more: 1 })),
    /additional properties/,
  ],
  [
    'a record without a member',
    tasks,
    (answer) => withFirst(answer, ({ kind: _kind, ...rest }) => rest),
    /'kind'/,
  ],
  [
    'a record with a member too many',
    tasks,
    (answer) => withFirst(answer, (item) => ({ ...item, secret: 1 })),
    /additional properties/,
  ],
  [
    'a word outside its list',
    tasks,
    (answer) => withFirst(answer, (item) => ({ ...item, kind: 'chore' })),
    /allowed values/,
  ],
  [
    'a figure as text',
    inquiryOf('observations'),
    (answer) => withFirst(answer, (item) => ({ ...item, value: '1' })),
    /must be/,
  ],
  [
    'a day that does not exist',
    inquiryOf('releases'),
    (answer) => withFirst(answer, (item) => ({ ...item, createdAt: '2023-02-30T00:00:00.000Z' })),
    /date-time/,
  ],
  [
    'an answer to what is not allowed',
    wrongYear,
    ({ headers }) => ({ status: 304, headers, body: Buffer.alloc(0), whole: true }),
    /does not allow year/,
  ],
  [
    'a refusal that is no problem document',
    wrongYear,
    (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'application/json' } }),
    /no problem document/,
  ],
  [
    'a problem of another status',
    wrongYear,
    (answer) => withJson(answer, (problem) => ({ ...problem, status: 404 })),
    /the problem says 404/,
  ],
  [
    'a problem of another request',
    wrongYear,
    (answer) => withJson(answer, (problem) => ({ ...problem, requestId: 'x' })),
    /another request id/,
  ],
  [
    'a problem that blames another argument',
    wrongYear,
    (answer) => withJson(answer, (problem) => ({ ...problem, parameter: 'q' })),
    /does not allow year/,
  ],
  [
    'a problem with a code that is not listed',
    wrongYear,
    (answer) => withJson(answer, (problem) => ({ ...problem, code: 'oops' })),
    /allowed values/,
  ],
  [
    'a row that is too short',
    inquiryOf('tasksAsCsv'),
    (answer) => withText(answer, (text) => `${text}a,b\r\n`),
    /CSV|Record Length|width/i,
  ],
  [
    'a line that is no JSON',
    inquiryOf('tasksAsNdjson'),
    (answer) => withText(answer, (text) => `${text}{\n`),
    /cannot be read/,
  ],
  [
    'a line without a cursor',
    inquiryOf('tasksAsNdjson'),
    (answer) => withText(answer, (text) => text.replace(/,"cursor":"[^"]*"/, '')),
    /no cursor/,
  ],
];

for (const [what, inquiry, plant, found] of plants) {
  t.test(`${what} is found`, async (t) => {
    const answer = await ask(questionOf(inquiry));
    t.strictSame(faultsOf(openApi, { inquiry, answer }), []);
    t.match(faultsOf(openApi, { inquiry, answer: plant(answer) }).join('\n'), found);
  });
}
