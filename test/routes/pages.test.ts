import t from 'tap';
import { type ErrorCode, errorCodes } from '../../src/errors.ts';
import { exampleOf } from '../../src/routes/problem-pages.ts';
import { operationNames, operationOf } from '../../src/schema/operations.ts';
import { explanations } from '../../src/schema/problem.ts';
import { testService } from '../service.ts';

const { app } = await testService(t);

/** Addresses that a page or style sheet makes a browser load by itself. */
function loads(text: string): string[] {
  const patterns = [
    /<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|href)="([^"]*)"/g,
    /url\(\s*["']?([^)"']+)/g,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => `${match[1]}`));
}

const isElsewhere = (address: string): boolean => /^(https?:)?\/\//.test(address);

t.test('the pages load nothing from elsewhere, and their policy forbids it', async (t) => {
  for (const url of [
    '/',
    '/places/place:ha-noi-01',
    '/docs',
    '/docs/problems',
    '/docs/problems/bad_argument',
  ]) {
    const page = await app.inject(url);
    t.equal(page.statusCode, 200, url);
    t.match(page.headers['content-type'], /^text\/html; charset=utf-8$/i);
    t.strictSame(loads(page.body).filter(isElsewhere), []);
    t.match(page.headers['content-security-policy'], /^default-src 'none';/);
    t.notMatch(page.headers['content-security-policy'], /https?:|\*/);
  }
});

t.test('what the page of the API loads is served here, and asks for nothing from elsewhere', async (t) => {
  const addresses = loads((await app.inject('/docs')).body).map(
    (address) => new URL(address, 'http://x/docs/'),
  );
  t.ok(addresses.length >= 6);
  for (const { pathname } of addresses) {
    const file = await app.inject(pathname);
    t.equal(file.statusCode, 200, pathname);
    if (pathname.endsWith('.css')) t.strictSame(loads(file.body).filter(isElsewhere), []);
  }
  const start = (await app.inject('/docs/static/swagger-initializer.js')).body;
  t.notMatch(start, /https?:\/\/(?!stackoverflow|www\.w3\.org)/);
  t.match(start, /validatorUrl: (null|false)/);
  t.match(start, /resolveUrl\('\.\/json'\)/);
  const document = await app.inject('/docs/json');
  t.match(document, { statusCode: 302, headers: { location: '/docs/operations.json' } }, 'which has a tag');
});

t.test(
  'the page of the API shows the operations of the contract, without the addresses of their files',
  async (t) => {
    const shown = await app.inject('/docs/operations.json');
    t.match(shown.headers, { 'content-type': 'application/json; charset=utf-8', etag: /^"/ });
    const whole = (await app.inject('/openapi.json')).json();
    const { paths, info, ...others } = shown.json();
    t.match(info.description, /\(\/openapi\.json\)/, 'and leads to the whole contract');
    t.strictSame(
      { ...others, paths, info },
      {
        ...whole,
        info: { ...whole.info, description: info.description },
        paths: Object.fromEntries(
          operationNames.map((name) => {
            const path = `/v1${operationOf(name).path}`;
            return [path, whole.paths[path]];
          }),
        ),
      },
    );
  },
);

t.test('every page of the explorer is one, and without a script its links lead somewhere', async (t) => {
  const { body } = await app.inject('/');
  for (const url of [
    '/places/place:ha-noi-01',
    '/indicators/poverty_rate',
    '/documents',
    '/compare?places=a',
  ]) {
    t.equal((await app.inject(url)).body, body, url);
  }
  t.equal((await app.inject('/places')).statusCode, 404);
  const links = [...body.matchAll(/<a href="([^"]+)"/g)].map((match) => `${match[1]}`);
  t.strictSame(links, ['/docs', '/graphiql', '/openapi.json', '/docs/problems', '/readyz']);
  for (const link of links) t.equal((await app.inject(link)).statusCode, 200, link);
});

t.test('what the explorer loads is kept for good, and it is itself asked for anew', async (t) => {
  const page = await app.inject('/');
  t.equal(page.headers['cache-control'], 'no-cache');
  const again = await app.inject({ url: '/', headers: { 'if-none-match': `${page.headers.etag}` } });
  t.equal(again.statusCode, 304);
  const files = loads(page.body).filter((address) => address.startsWith('/assets/'));
  t.strictSame(files.map((file) => file.replace(/^.*\./, '')).sort(), ['css', 'js']);
  for (const url of files) {
    const file = await app.inject(url);
    t.equal(file.statusCode, 200);
    t.equal(file.headers['cache-control'], 'public, max-age=31536000, immutable');
    t.strictSame(loads(file.body).filter(isElsewhere), []);
  }
  t.equal((await app.inject('/assets/none.js')).statusCode, 404);
  t.equal((await app.inject('/assets/../index.html')).statusCode, 404);
});

const codes = Object.keys(errorCodes) as ErrorCode[];

t.test(
  'every code has its page, where the `type` of its problem document says, and a list leads there',
  async (t) => {
    const list = (await app.inject('/docs/problems')).body;
    const links = [...list.matchAll(/<dt id="(\w+)"><a href="([^"]+)">/g)].map(([, code, address]) => [
      code,
      address,
    ]);
    t.strictSame(
      links,
      codes.map((code) => [code, `/docs/problems/${code}`]),
    );
    for (const code of codes) {
      const page = await app.inject(`/docs/problems/${code}`);
      t.equal(page.statusCode, 200);
      t.match(page.body, `<h1><code>${code}</code></h1>`);
      t.match(
        page.body,
        `<strong>${errorCodes[code].title}.</strong> HTTP status ${errorCodes[code].status}.`,
      );
      t.notMatch(page.body, /`|undefined/);
      const [, example = ''] = /<pre><code>(\{.*?\})<\/code><\/pre>/s.exec(page.body) ?? [];
      t.strictSame(
        JSON.parse(example.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')),
        exampleOf(code),
      );
    }
    t.equal((await app.inject('/docs/problems/none')).statusCode, 404);
  },
);

t.test('the example of a page is what its request is answered with', async (t) => {
  const asked = codes.filter((code) => explanations[code].example.request !== undefined);
  t.ok(asked.length > 10);
  for (const code of asked) {
    const [, method, url = '', accept] =
      /^(\w+) ([^,]+)(?:, with Accept: (.+))?$/.exec(`${explanations[code].example.request}`) ?? [];
    const response = await app.inject({
      method: method as 'GET',
      url,
      headers: accept === undefined ? {} : { accept },
    });
    const { requestId: _given, instance: _path, ...given } = response.json();
    const { requestId: _made, instance: _shown, ...shown } = exampleOf(code) as Record<string, unknown>;
    t.strictSame(given, shown, code);
  }
});
