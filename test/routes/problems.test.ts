/** Every way to ask wrongly, with the status, code and words that come back. */
import t from 'tap';
import type { ErrorCode } from '../../src/errors.ts';
import { limits } from '../../src/schema/config.ts';
import { testService } from '../service.ts';
import { isProblem } from './rest.ts';

const { app } = await testService(t);

type Case = [
  address: string,
  code: ErrorCode,
  parameter: string,
  detail: string | RegExp,
  suggestion?: string,
];

const cases: Record<string, Case[]> = {
  'an unknown argument is refused, with the nearest one that there is': [
    ['/v1/provinces?lmit=1', 'unknown_argument', 'lmit', '"provinces" has no argument "lmit".', 'limit'],
    ['/v1/provinces?ON=any', 'unknown_argument', 'ON', '"provinces" has no argument "ON".', 'on'],
    ['/v1/config?x', 'unknown_argument', 'x', '"config" has no argument "x".'],
    ['/v1/config?=1', 'unknown_argument', '', '"config" has no argument "".'],
    ['/v1/provinces?constructor=1', 'unknown_argument', 'constructor', 'has no argument "constructor"'],
    ['/v1/provinces?__proto__=1', 'unknown_argument', '__proto__', 'has no argument "__proto__"'],
    ['/v1/provinces?limit[]=1', 'unknown_argument', 'limit[]', 'has no argument "limit[]"', 'limit'],
    // A file has no pages, so that "limit" is suggested to nobody.
    ['/v1/provinces.csv?limt=1', 'unknown_argument', 'limt', '"provinces" has no argument "limt".'],
    ['/v1/provinces.csv?aftr=1', 'unknown_argument', 'aftr', '"provinces" has no argument "aftr".'],
    ['/v1/provinces.ndjson?aftr=1', 'unknown_argument', 'aftr', 'has no argument "aftr".', 'after'],
  ],
  'an argument given twice is refused, in the query or in path and query': [
    ['/v1/provinces?limit=1&limit=1', 'repeated_argument', 'limit', '"limit" is given more than once'],
    ['/v1/communes?type=ward&type=commune', 'repeated_argument', 'type', 'separated by commas'],
    ['/v1/provinces/15?code=15', 'repeated_argument', 'code', '"code" is given more than once'],
  ],
  'what is not a whole number in decimal is no number': [
    ...['0x10', '1e2', '%205', '%2B5', '+5', '5.0', '05', '-0', 'NaN', '', '5%20', '٥', '1'.repeat(16)].map(
      (text): Case => [
        `/v1/provinces?limit=${encodeURI(text).replaceAll('%25', '%')}`,
        'bad_argument',
        'limit',
        '"limit" must be a whole number from 1 to 500, not "',
      ],
    ),
  ],
  'a number out of range is refused': [
    ['/v1/provinces?limit=0', 'bad_argument', 'limit', 'whole number from 1 to 500, not 0'],
    ['/v1/provinces?limit=-1', 'bad_argument', 'limit', 'whole number from 1 to 500, not -1'],
    ['/v1/provinces?limit=501', 'bad_argument', 'limit', 'whole number from 1 to 500, not 501'],
    ['/v1/tasks?year=1066', 'bad_argument', 'year', 'whole number from 1900 to 2200, not 1066'],
  ],
  'a malformed day and one that does not exist are refused': [
    ...['2023-02-30', '2023-13-01', '2023-2-1', '20230201', 'today', ''].map(
      (day): Case => [`/v1/provinces/15?on=${day}`, 'bad_argument', 'on', '"on" must be a day that exists'],
    ),
    ['/v1/observations?from=2023-02-29', 'bad_argument', 'from', '"from" must be a day that exists'],
  ],
  'a malformed code or id is refused': [
    ['/v1/provinces/015', 'bad_argument', 'code', '"code" must be '],
    ['/v1/provinces/ab', 'bad_argument', 'code', '"code" must be '],
    ['/v1/tasks/no-type', 'bad_argument', 'id', '"id" must be '],
    [`/v1/tasks/task:${'a'.repeat(250)}`, 'bad_argument', 'id', '"id" must be '],
    ['/v1/tasks?place=Lao%20Cai', 'bad_argument', 'place', '"place" must be '],
  ],
  'a word outside its list is refused, with the nearest one that there is': [
    ['/v1/communes?type=wad', 'bad_argument', 'type', /"type" must be .*one of country, province/, 'ward'],
    ['/v1/communes?type=ward,', 'bad_argument', 'type', '"type" must be '],
    ['/v1/communes?type=', 'bad_argument', 'type', '"type" must be '],
    ['/v1/provinces/15?lang=french', 'bad_argument', 'lang', 'one of vi, en, ar, he'],
  ],
  'text that is empty, too long or holds control characters is refused': [
    ['/v1/search?q=', 'bad_argument', 'q', '"q" must be text'],
    [`/v1/search?q=${'a'.repeat(limits.textMax + 1)}`, 'bad_argument', 'q', '"q" must be text of 1 to 200'],
    ['/v1/search?q=a%00b', 'bad_argument', 'q', '"q" must be text'],
    ['/v1/search?q=a%0Ab', 'bad_argument', 'q', '"q" must be text'],
    ['/v1/provinces/%00', 'bad_argument', 'code', '"code" must be '],
    ['/v1/tasks/task:a%00', 'bad_argument', 'id', '"id" must be '],
    [`/v1/communes?type=${'ward,'.repeat(101)}ward`, 'bad_argument', 'type', 'a list of at most 100'],
    [
      `/v1/places?code=${'15,'.repeat(100)}15`,
      'bad_argument',
      'code',
      /a list of at most 100 .*not 101 values/,
    ],
  ],
  'a required argument that is missing is told by its name': [
    ['/v1/search', 'missing_argument', 'q', '"search" needs the argument "q".'],
    ['/v1/search?', 'missing_argument', 'q', '"search" needs the argument "q".'],
  ],
};

for (const [sentence, each] of Object.entries(cases)) {
  t.test(sentence, async (t) => {
    for (const [address, code, parameter, detail, suggestion] of each) {
      t.comment(address.slice(0, 80));
      isProblem(t, await app.inject(address), {
        ...{ code, parameter, detail },
        ...(suggestion === undefined ? {} : { suggestion }),
      });
    }
  });
}

t.test('a cursor is refused by another query, by other filters, and when it is none', async (t) => {
  const { next } = (await app.inject('/v1/tasks?limit=2')).json();
  t.equal((await app.inject(`/v1/tasks?limit=3&after=${next}`)).statusCode, 200);
  for (const address of [
    `/v1/mottos?after=${next}`,
    `/v1/tasks?q=va&after=${next}`,
    '/v1/tasks?after=nonsense',
  ]) {
    isProblem(t, await app.inject(address), { code: 'bad_cursor', parameter: 'after', detail: /./ });
  }
});

t.test('bytes that are no UTF-8 and malformed percent-encoding are refused in path and query', async (t) => {
  for (const address of [
    '/v1/provinces?q=%FF',
    '/v1/provinces?q=%E1%BA',
    '/v1/provinces?q=%zz',
    '/v1/provinces?%=1',
  ]) {
    const detail = 'The query has a malformed percent-encoding or is not UTF-8.';
    isProblem(t, await app.inject(address), { code: 'bad_request', detail });
  }
  for (const address of ['/v1/provinces/%FF', '/v1/provinces/%E1%BA', '/v1/provinces/%zz']) {
    isProblem(t, await app.inject(address), { code: 'bad_request', detail: 'or not UTF-8.' });
  }
});

t.test('a part of the path that is longer than any id is 414', async (t) => {
  isProblem(t, await app.inject(`/v1/tasks/task:${'a'.repeat(300)}`), {
    code: 'uri_too_long',
    detail: 'A part of the path is too long to be an id or code.',
  });
});

t.test('an unknown address is 404 and suggests the nearest that there is', async (t) => {
  const suggestions: [string, string | undefined][] = [
    ['/v1/provinses/15?x=1', '/v1/provinces/15'],
    ['/v1/Provinces', '/v1/provinces'],
    ['/provinces/15', '/v1/provinces/15'],
    ['/v1/documents/document:003/citation', '/v1/documents/document:003/citations'],
    ['/openapi.jsn', '/openapi.json'],
    ['/v1/provinces/', '/v1/provinces'],
    ['/place/place:ha-noi-01', '/places/place:ha-noi-01'],
    ['/v1/quite-another-thing', undefined],
    ['/v2', undefined],
    ['/a/b/c/d/e/f', undefined],
  ];
  for (const [address, suggestion] of suggestions) {
    const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
    isProblem(t, await app.inject(address), {
      code: 'no_such_route',
      detail: `There is nothing at ${address.replace('?x=1', '')}.${hint}`,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }
});

t.test('a file that the page of the API does not have is 404 like any other', async (t) => {
  isProblem(t, await app.inject('/docs/static/none.js'), {
    code: 'no_such_route',
    detail: 'There is nothing at /docs/static/none.js.',
  });
});

t.test('a wrong method is 405 with Allow, whatever its body', async (t) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'] as const) {
    const response = await app.inject({
      method: method as 'POST',
      url: '/v1/provinces/15?on=any',
      headers: { 'content-type': 'text/csv' },
      payload: 'a,b',
    });
    isProblem(t, response, {
      code: 'method_not_allowed',
      detail: `/v1/provinces/15 answers GET, HEAD, OPTIONS, not ${method}.`,
      available: ['GET', 'HEAD', 'OPTIONS'],
    });
    t.equal(response.headers.allow, 'GET, HEAD, OPTIONS');
  }
  const graphql = await app.inject({ method: 'PUT', url: '/graphql' });
  t.equal(graphql.headers.allow, 'GET, HEAD, OPTIONS, POST');
});

t.test('an address is the same with characters percent-encoded that need not be', async (t) => {
  const [plain, encoded] = await Promise.all(
    ['/v1/provinces.csv', '/v1/%70rovinces%2ecsv'].map((url) => app.inject(url)),
  );
  t.equal(encoded?.body, plain?.body);
  t.equal(encoded?.headers.link, plain?.headers.link);
  const options = await app.inject({ method: 'OPTIONS', url: '/v1/%70rovinces%2ecsv' });
  t.equal(options.headers.allow, 'GET, HEAD, OPTIONS');
});

t.test('OPTIONS tells the methods, of what there is', async (t) => {
  const response = await app.inject({ method: 'OPTIONS', url: '/v1/provinces/15' });
  t.equal(response.statusCode, 204);
  t.equal(response.headers.allow, 'GET, HEAD, OPTIONS');
  const page = await app.inject({ method: 'OPTIONS', url: '/docs/' });
  t.equal(page.headers.allow, 'GET, HEAD, OPTIONS');
  const nowhere = await app.inject({ method: 'OPTIONS', url: '/v1/none' });
  isProblem(t, nowhere, { code: 'no_such_route', detail: 'There is nothing at /v1/none.' });
});

t.test('browsers of any origin may ask both mouths and read what the headers say', async (t) => {
  for (const url of ['/v1/provinces', '/graphql']) {
    const preflight = await app.inject({
      method: 'OPTIONS',
      url,
      headers: {
        origin: 'https://example.org',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'if-none-match',
      },
    });
    t.equal(preflight.statusCode, 204);
    t.match(preflight.headers, {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, POST',
      'access-control-allow-headers': 'if-none-match',
      'access-control-max-age': '86400',
    });
  }
  for (const url of ['/v1/%zz', `/v1/provinces/${'1'.repeat(301)}`]) {
    const { headers } = await app.inject(url);
    t.match(headers, { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' });
  }
  for (const url of ['/v1/provinces', '/v1/provinces?x=1', '/nowhere']) {
    t.match((await app.inject(url)).headers, {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': '*',
    });
  }
});
