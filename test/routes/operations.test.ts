import t from 'tap';
import { connect } from '../../src/db/client.ts';
import { operationNames, operationOf } from '../../src/schema/operations.ts';
import { testService } from '../service.ts';
import { isProblem } from './rest.ts';

const { app, reader } = await testService(t);

/** Releases that differ from the first in nothing but their number. */
async function addReleases(url: string, upTo: number): Promise<void> {
  const writer = connect(url, { role: 'writer' });
  await writer.pool.query(
    `insert into releases select n, created_at, hash, counts, by_type, program_version
     from generate_series(2, $1) n, releases where number = 1`,
    [upTo],
  );
  await writer.close();
}

t.test('every operation of the contract answers at its address with its example', async (t) => {
  for (const name of operationNames) {
    const { kind, path, example, method } = operationOf(name);
    // Those without an example are asked for what the list beside them has.
    const listed = path.includes('{') && Object.keys(example).length === 0;
    const id = listed ? await firstId(path) : '';
    if (listed && id === undefined) continue;
    const values = listed ? { id } : example;
    const address = addressOf(path, values as Record<string, string>);
    const response = await app.inject(
      method === 'POST' ? { method, url: `/v1${path}`, payload: example } : address,
    );
    t.equal(response.statusCode, 200, `${name}: ${address}`);
    t.equal(response.headers['content-type'], 'application/json; charset=utf-8');
    const members = Object.keys(response.json());
    if (kind === 'list') t.strictSame(members, ['items', 'next', 'total', 'release', 'notice'], name);
    else t.same(members.sort(), Object.keys(operationOf(name).of.properties).sort(), name);
  }

  async function firstId(path: string): Promise<string | undefined> {
    const list = path.startsWith('/facts') ? '/observations' : path.replace('/{id}', '');
    return (await app.inject(`/v1${list}`)).json().items[0]?.id;
  }
});

function addressOf(path: string, values: Record<string, string>): string {
  const inPath = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(`${values[name]}`));
  const query = Object.entries(values).filter(([name]) => !path.includes(`{${name}}`));
  return `/v1${inPath}?${new URLSearchParams(query)}`;
}

t.test(
  'following `next` or the Link header reads each record of a list once, keeping the filters',
  async (t) => {
    const whole = (await app.inject('/v1/tasks?limit=500&q=va')).json();
    t.ok(whole.total > 5);
    t.equal(whole.next, null);
    const seen: string[] = [];
    let address: string | undefined = '/v1/tasks?limit=5&q=va';
    let pages = 0;
    while (address !== undefined) {
      const response: {
        json(): { items: { id: string }[]; next: string | null; total: number };
        headers: object;
      } = await app.inject(address);
      const page = response.json();
      t.equal(page.total, whole.total);
      seen.push(...page.items.map(({ id }) => id));
      const link = String((response.headers as { link: string }).link);
      address = /<([^>]+)>; rel="next"/.exec(link)?.[1];
      t.equal(address === undefined, page.next === null);
      if (page.next !== null) {
        t.equal(new URL(`http://x${address}`).searchParams.get('after'), page.next);
        t.equal(new URL(`http://x${address}`).searchParams.get('q'), 'va');
      }
      t.match(link, /<\/openapi\.json>; rel="describedby"/);
      pages += 1;
    }
    t.equal(pages, Math.ceil(whole.total / 5));
    t.strictSame(
      seen,
      whole.items.map(({ id }: { id: string }) => id),
    );
  },
);

t.test('above a hundred thousand records, total is null and totalAtLeast stands beside it', async (t) => {
  const { app, url } = await testService(t, 'real', { own: true });
  await addReleases(url, 100_002);
  const response = await app.inject('/v1/releases?limit=1');
  const page = response.json();
  t.strictSame(Object.keys(page), ['items', 'next', 'total', 'totalAtLeast', 'release', 'notice']);
  t.match(page, { total: null, totalAtLeast: 100_000 });
});

t.test('an item answers the record itself, with the release that it is of in a header', async (t) => {
  const response = await app.inject('/v1/provinces/15');
  t.match(response.json(), { code: '15', name: { vi: 'Lào Cai' }, status: 'in_force' });
  t.equal(response.headers['govdata-release'], '1');
  const list = await app.inject('/v1/provinces');
  t.notOk(list.headers['govdata-release']);
  t.equal(list.json().release, 1);
});

t.test('a code that never existed is 404 and the answer says what was looked for', async (t) => {
  isProblem(t, await app.inject('/v1/provinces/97'), {
    code: 'not_found',
    detail: 'No province has the code 97.',
    parameter: 'code',
  });
  isProblem(t, await app.inject('/v1/tasks/task:none'), {
    code: 'not_found',
    detail: 'No task has the id task:none.',
    parameter: 'id',
  });
  isProblem(t, await app.inject('/v1/provinces/97?on=2020-01-01'), {
    code: 'not_found',
    detail: 'No province has the code 97 with on=2020-01-01.',
    parameter: 'code',
  });
});

t.test('lang adds a label to every name', async (t) => {
  t.notOk((await app.inject('/v1/provinces/15')).json().name.label);
  const { name } = (await app.inject('/v1/provinces/15?lang=en')).json();
  t.strictSame(name.label, { text: 'Lao Cai', language: 'en' });
});

t.test('lists are commas, spaces are + or %20, and the order of arguments does not matter', async (t) => {
  const one = await app.inject('/v1/search?q=bao+yen&type=body,place_version');
  const other = await app.inject('/v1/search?&type=body%2Cplace_version&&q=bao%20yen');
  t.ok(one.json().total > 0);
  t.strictSame(other.json(), one.json());
  t.equal(other.headers.etag, one.headers.etag);
  t.same(
    new Set(one.json().items.map(({ type }: { type: string }) => type)),
    new Set(['body', 'place_version']),
  );
});

t.test('HEAD answers the headers of GET without its body', async (t) => {
  const get = await app.inject('/v1/provinces/15');
  const head = await app.inject({ method: 'HEAD', url: '/v1/provinces/15' });
  t.equal(head.statusCode, 200);
  t.equal(head.body, '');
  for (const name of ['etag', 'content-length', 'content-type', 'link', 'govdata-release']) {
    t.equal(head.headers[name], get.headers[name], name);
  }
});

t.test('a GET with a body is answered, and the body is not read', async (t) => {
  const response = await app.inject({
    method: 'GET',
    url: '/v1/provinces/15',
    headers: { 'content-type': 'application/json' },
    payload: '{ not json',
  });
  t.equal(response.statusCode, 200);
});

t.test('a tag is answered 304 without reading the data, in a list of tags and weak ones too', async (t) => {
  const first = await app.inject('/v1/provinces/15');
  const etag = String(first.headers.etag);
  t.match(etag, /^"[\w-]{27}"$/);
  t.equal(
    first.headers['cache-control'],
    'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400',
  );
  t.equal(first.headers.vary, 'accept-encoding, accept');
  let statements = 0;
  reader.pool.on('acquire', () => {
    statements += 1;
  });
  for (const ifNoneMatch of [etag, `W/${etag}`, `"other", W/"x,y" , ${etag}`]) {
    statements = 0;
    const response = await app.inject({ url: '/v1/provinces/15', headers: { 'if-none-match': ifNoneMatch } });
    t.equal(response.statusCode, 304, ifNoneMatch);
    t.equal(response.body, '');
    t.equal(response.headers.etag, etag);
    t.equal(response.headers['cache-control'], first.headers['cache-control']);
    t.equal(statements, 1);
  }
  const other = await app.inject({ url: '/v1/provinces/15', headers: { 'if-none-match': '"other"' } });
  t.equal(other.statusCode, 200);
});

t.test('`If-None-Match: *` is 304 for what there is and 404 for what there is not', async (t) => {
  const headers = { 'if-none-match': '*' };
  t.equal((await app.inject({ url: '/v1/provinces/15', headers })).statusCode, 304);
  t.equal((await app.inject({ url: '/v1/provinces', headers })).statusCode, 304);
  isProblem(t, await app.inject({ url: '/v1/provinces/97', headers }), {
    code: 'not_found',
    detail: /97/,
    parameter: 'code',
  });
});

t.test('the tag changes with the address, the release and the day, and with nothing else', async (t) => {
  const { app, url } = await testService(t, 'real', { own: true });
  const tag = async (address: string) => (await app.inject(address)).headers.etag;
  const before = await tag('/v1/provinces?limit=5');
  t.equal(await tag('/v1/provinces?limit=5'), before);
  t.not(await tag('/v1/provinces?limit=6'), before);
  t.not(await tag('/v1/provinces?limit=5&lang=en'), before);
  t.not(await tag('/v1/communes?limit=5'), before);
  await addReleases(url, 2);
  t.not(await tag('/v1/provinces?limit=5'), before);
});

t.test('Accept that takes JSON in any way is served, and one that excludes it is 406', async (t) => {
  const ask = (accept: string) => app.inject({ url: '/v1/provinces/15', headers: { accept } });
  for (const accept of [
    '',
    ' ',
    '*/*',
    'application/*',
    'text/html, Application/JSON;q=0.1',
    'text/csv, */*;q=0.1',
  ]) {
    t.equal((await ask(accept)).statusCode, 200, accept);
  }
  const excluding = [
    'text/csv',
    'application/json;q=0',
    'application/json; q=0, */*',
    'application/*;q=0.0, */*',
  ];
  for (const accept of excluding) {
    isProblem(t, await ask(accept), {
      code: 'not_acceptable',
      detail: 'This address is served as application/json.',
      available: ['application/json'],
    });
  }
});
