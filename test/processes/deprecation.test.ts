/** What is to go is told in REST and in its contract; the real contract is changed for this file, which has a process of its own. */
import t from 'tap';
import { deprecationHeaders } from '../../src/routes/deprecation.ts';
import { openApiDocument } from '../../src/routes/openapi.ts';
import { type Operation, operationOf } from '../../src/schema/operations.ts';
import { printSchema } from '../../src/schema/sdl.ts';
import { testService } from '../service.ts';

const mark = (of: object, deprecation: object): void =>
  void Object.assign(of, { 'x-deprecated': deprecation });
const argumentOf = (operation: Operation, name: string) => operation.args.properties[name] as object;

const plain = await testService(t);
const untold = await plain.app.inject('/v1/places/crosswalk?from=2025-06-30&to=2025-07-01&limit=1');

// `fromCode` is of this operation alone, as is `items`.
const crosswalk = operationOf('placesCrosswalk');
mark(crosswalk, { since: '2026-12-01', instead: 'Use "comparability".' });
mark(argumentOf(crosswalk, 'fromCode'), {
  since: '2026-11-01',
  sunset: '2028-01-01',
  instead: 'Use "code".',
});
mark(argumentOf(operationOf('placesLookup'), 'items'), { since: '2026-12-01', instead: 'Use "texts".' });
mark(argumentOf(operationOf('series'), 'include'), {
  since: '2026-12-01',
  sunset: '2027-12-31',
  instead: 'Use "add".',
});
const { app } = await testService(t);

t.test('tells since when, until when and where to read of it', async (t) => {
  t.strictSame(deprecationHeaders('placesCrosswalk', crosswalk, ['from', 'to', 'colour']), {
    deprecation: '@1796083200',
    link: '</docs#/Places/placesCrosswalk>; rel="deprecation"; type="text/html"',
  });
  t.strictSame(
    deprecationHeaders('placesCrosswalk', crosswalk, ['from', 'to', 'fromCode']),
    {
      deprecation: '@1793491200',
      sunset: 'Sat, 01 Jan 2028 00:00:00 GMT',
      link: '</docs#/Places/placesCrosswalk>; rel="deprecation"; type="text/html"',
    },
    'of several the earliest day',
  );
  t.strictSame(deprecationHeaders('series', operationOf('series'), ['indicator', 'place']), {});
});

t.test('an answer, a file, a 304 and a problem of what is to go all say so', async (t) => {
  const link = '</docs#/Places/placesCrosswalk>; rel="deprecation"; type="text/html"';
  const address = '/v1/places/crosswalk?from=2025-06-30&to=2025-07-01&fromCode=02947';
  const page = await app.inject(address);
  t.equal(page.statusCode, 200);
  t.match(page.headers, { deprecation: '@1793491200', sunset: 'Sat, 01 Jan 2028 00:00:00 GMT' });
  t.match(page.headers.link, /^<\/openapi.json>; rel="describedby", /);
  t.ok(String(page.headers.link).endsWith(`, ${link}`));
  const file = await app.inject(address.replace('crosswalk', 'crosswalk.csv'));
  t.match(file.headers, { 'content-type': /^text\/csv/, deprecation: '@1793491200' });
  const kept = await app.inject({
    url: address,
    headers: { 'if-none-match': `${page.headers.etag}` },
  });
  t.equal(kept.statusCode, 304);
  t.equal(kept.headers['deprecation'], '@1793491200');
  const refused = await app.inject('/v1/places/crosswalk?from=2025-06-30&from=2025-07-01');
  t.equal(refused.statusCode, 400);
  t.match(refused.headers, { deprecation: '@1796083200', link });
  const more = await app.inject('/v1/places/crosswalk?from=2025-06-30&to=2025-07-01&limit=1');
  t.match(more.headers.link, /rel="describedby", .*<[^>]+>; rel="next", <[^>]+>; rel="deprecation"/);
});

t.test('an argument that is to go is told only to who gives it', async (t) => {
  const without = await app.inject('/v1/series?indicator=state_budget_revenue&place=province:37');
  t.equal(without.statusCode, 200);
  t.notOk('deprecation' in without.headers || 'sunset' in without.headers);
  t.notMatch(without.headers.link, /deprecation/);
  const given = await app.inject(
    '/v1/series?indicator=state_budget_revenue&place=province:37&include=residuals',
  );
  t.match(given.headers, { deprecation: '@1796083200', sunset: 'Fri, 31 Dec 2027 00:00:00 GMT' });
  const post = await app.inject({ method: 'POST', url: '/v1/places/lookup', payload: { items: ['15'] } });
  t.equal(post.headers['deprecation'], '@1796083200');
  const empty = await app.inject({ method: 'POST', url: '/v1/places/lookup', payload: {} });
  t.equal(empty.statusCode, 400);
  t.notOk('deprecation' in empty.headers);
});

t.test('what stays says nothing, and neither does a contract in which all stays', async (t) => {
  const { headers } = await app.inject('/v1/themes');
  t.notOk('deprecation' in headers || 'sunset' in headers);
  t.equal(untold.statusCode, 200);
  t.notOk('deprecation' in untold.headers || 'sunset' in untold.headers);
});

t.test('the OpenAPI document and the GraphQL schema say the same, with the reason', async (t) => {
  const { paths } = JSON.parse(JSON.stringify(openApiDocument()));
  const { get } = paths['/v1/places/crosswalk'];
  t.equal(get.deprecated, true);
  t.match(get.description, /Deprecated since 2026-12-01\. Use "comparability"\.$/);
  t.equal(paths['/v1/places/crosswalk.csv'].get.deprecated, true);
  const fromCode = get.parameters.find(({ name }: { name: string }) => name === 'fromCode');
  t.match(fromCode, {
    deprecated: true,
    description: 'Codes on the earlier day. Deprecated since 2026-11-01, gone on 2028-01-01. Use "code".',
  });
  t.notOk('x-deprecated' in fromCode.schema);
  const { schema } = paths['/v1/places/lookup'].post.requestBody.content['application/json'];
  t.match(schema.properties.items, { deprecated: true, description: /Use "texts"\.$/ });
  t.notOk(paths['/v1/themes'].get.deprecated);
  const sdl = printSchema();
  t.match(
    sdl,
    /"Official codes, or names [^\n]+\n\s+items: \[String!\]!\n/,
    'a required one cannot be marked',
  );
  t.match(sdl, /\): CrosswalkRowConnection! @deprecated\(reason: "Deprecated since 2026-12-01\. Use \\"comp/);
  t.match(
    sdl,
    /fromCode: \[String!\] @deprecated\(reason: "Deprecated since 2026-11-01, gone on 2028-01-01\./,
  );
});
