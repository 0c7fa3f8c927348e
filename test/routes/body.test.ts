/** The REST mouth where it takes its arguments in a body. */
import t from 'tap';
import { limits } from '../../src/schema/config.ts';
import { testService } from '../service.ts';
import { isProblem } from './rest.ts';

const { app } = await testService(t);
const url = '/v1/places/lookup';
const json = { 'content-type': 'application/json' };
const send = (payload: string | Buffer | object, headers: Record<string, string> = json) =>
  app.inject({ method: 'POST', url, payload, headers });

t.test('a body is answered in the order of its items, with the release and without a tag', async (t) => {
  const response = await send({ items: ['14404', '2953'] });
  t.equal(response.statusCode, 200);
  t.match(response.headers, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'govdata-release': '1',
    link: '</openapi.json>; rel="describedby"',
  });
  t.notOk(response.headers.etag);
  const body = response.json();
  t.strictSame(Object.keys(body), ['on', 'items', 'notice']);
  t.strictSame(Object.keys(body.items[0]), [
    ...['query', 'status', 'place', 'candidates', 'candidateCount', 'suggestions', 'reason', 'note'],
  ]);
  t.match(body.items, [
    { query: '14404', status: 'found' },
    { query: '2953', status: 'unknown' },
  ]);
});

t.test('lang in the body adds a label to every name', async (t) => {
  const { items } = (await send({ items: ['14404'], lang: 'en' })).json();
  t.match(items[0].place.name.label, { text: 'Cuc Phuong', language: 'en' });
});

t.test('a charset beside the media type makes no difference', async (t) => {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  t.equal((await send('{"items":["14404"]}', headers)).statusCode, 200);
});

t.test('what is no JSON, no UTF-8, no object or nothing at all is 400', async (t) => {
  const faults: [payload: string | Buffer, detail: string][] = [
    ['{ items', 'The request body is not valid JSON.'],
    ['', 'The request body is not valid JSON.'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'The request body is not valid UTF-8.'],
    ['["14404"]', 'The arguments are one JSON object'],
    ['"14404"', 'The arguments are one JSON object'],
    ['null', 'The arguments are one JSON object'],
  ];
  for (const [payload, detail] of faults) isProblem(t, await send(payload), { code: 'bad_request', detail });
  isProblem(t, await app.inject({ method: 'POST', url }), {
    code: 'bad_request',
    detail: 'The arguments are one JSON object',
  });
});

t.test('another media type, or none, is 415', async (t) => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/csv']) {
    isProblem(t, await send('items=14404', { 'content-type': type }), {
      code: 'unsupported_media_type',
      detail: 'Send the request body as application/json.',
    });
  }
});

t.test('an argument that there is not, one that is missing and one in the address are refused', async (t) => {
  isProblem(t, await send({ itms: ['14404'] }), {
    code: 'unknown_argument',
    parameter: 'itms',
    suggestion: 'items',
    detail: '"placesLookup" has no argument "itms".',
  });
  isProblem(t, await send('{"__proto__": 1}'), {
    code: 'unknown_argument',
    parameter: '__proto__',
    detail: 'has no argument "__proto__"',
  });
  isProblem(t, await send({}), {
    code: 'missing_argument',
    parameter: 'items',
    detail: '"placesLookup" needs the argument "items".',
  });
  isProblem(t, await app.inject({ method: 'POST', url: `${url}?on=any`, payload: { items: ['14404'] } }), {
    code: 'bad_request',
    detail: 'stand in the body',
  });
});

t.test('too many items are refused with the limit and their number, a bad one with its place', async (t) => {
  const all = Array.from({ length: limits.lookupMax }, () => '14404');
  t.equal((await send({ items: all })).json().items.length, limits.lookupMax);
  isProblem(t, await send({ items: [...all, '14404'] }), {
    code: 'bad_argument',
    parameter: 'items',
    detail: /^"items" must be a list of at most 1000 values, .*, not 1001 values\.$/,
  });
  isProblem(t, await send({ items: ['14404', 14404] }), {
    code: 'bad_argument',
    parameter: 'items',
    detail: /not 14404 \(value 2\)\.$/,
  });
  isProblem(t, await send({ items: [] }), {
    code: 'bad_argument',
    parameter: 'items',
    detail: /not \[\]\.$/,
  });
  isProblem(t, await send({ items: '14404' }), {
    code: 'bad_argument',
    parameter: 'items',
    detail: /not "14404"\.$/,
  });
});

t.test(
  'a body that is nested deeper than the stack is refused like any other that does not fit',
  async (t) => {
    const payload = `{"items":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    isProblem(t, await app.inject({ method: 'POST', url, headers: json, payload }), {
      code: 'bad_argument',
      parameter: 'items',
      detail: /not \["\[…\]"\]\.$/,
    });
    isProblem(t, await send({ items: { a: 1 } }), {
      code: 'bad_argument',
      parameter: 'items',
      detail: /not "\{…\}"\.$/,
    });
  },
);

t.test('a body beyond bodyBytesMax is 413', async (t) => {
  isProblem(t, await send({ items: ['x'.repeat(limits.bodyBytesMax)] }), {
    code: 'body_too_large',
    detail: 'The request body is larger than the service reads.',
  });
});

t.test('a client that takes no JSON is 406', async (t) => {
  isProblem(t, await send({ items: ['14404'] }, { ...json, accept: 'text/csv' }), {
    code: 'not_acceptable',
    detail: 'This address is served as application/json.',
    available: ['application/json'],
  });
});

t.test('the address answers POST alone, and is no id of a place', async (t) => {
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE'] as const) {
    const response = await app.inject({ method, url });
    t.equal(response.statusCode, 405);
    t.equal(response.headers.allow, 'OPTIONS, POST');
  }
  const options = await app.inject({ method: 'OPTIONS', url });
  t.equal(options.headers.allow, 'OPTIONS, POST');
  const post = await app.inject({ method: 'POST', url: '/v1/places/place:lao-cai-10', payload: {} });
  isProblem(t, post, {
    code: 'method_not_allowed',
    detail: 'answers GET, HEAD, OPTIONS, not POST.',
    available: ['GET', 'HEAD', 'OPTIONS'],
  });
});
