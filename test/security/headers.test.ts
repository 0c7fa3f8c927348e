/** Every answer tells browsers how little it needs, whoever gives it: data alike, and each page what is its own. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { explorerPages } from '../../src/routes/pages.ts';
import { loggedService } from '../cache/logged-service.ts';

const serviceWith = (settings: Record<string, string> = {}) => loggedService(t, settings);
type Service = Awaited<ReturnType<typeof serviceWith>>;

const portOf = ({ app }: Service): number => (app.server.address() as AddressInfo).port;
const ask = async (service: Service, path: string, headers: Record<string, string> = {}) => {
  const [answer] = (await once(
    get({ host: '127.0.0.1', port: portOf(service), path, headers }),
    'response',
  )) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
};

const ofData = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
};
/** What helmet would also say, and is left out on purpose. */
const unsaid = [
  'strict-transport-security',
  'origin-agent-cluster',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
];
const saidOf = (headers: IncomingMessage['headers']) =>
  Object.fromEntries(
    [...Object.keys(ofData), 'cross-origin-opener-policy', ...unsaid]
      .filter((name) => headers[name] !== undefined)
      .map((name) => [name, headers[name]]),
  );

const service = await serviceWith();

t.test(
  'an answer, a file, a stream, a problem and what is not there all say the same to browsers',
  async (t) => {
    for (const [path, status] of [
      ['/v1/provinces', 200],
      ['/v1/provinces/71', 200],
      ['/v1/provinces.csv', 200],
      ['/v1/provinces.xlsx', 200],
      ['/v1/changes.ndjson', 200],
      ['/v1/provinces?none=1', 400],
      ['/v1/provinces/none', 400],
      ['/v1/none', 404],
      ['/nowhere', 404],
      ['/graphql', 400],
      ['/graphql?query={config{release}}', 200],
      ['/openapi.json', 200],
      ['/healthz', 200],
      ['/readyz', 200],
      // Past all hooks.
      ['/v1/%zz', 400],
      [`/v1/provinces/${'1'.repeat(301)}`, 414],
    ] as const) {
      const answer = await ask(service, path);
      t.equal(answer.status, status, path);
      t.strictSame(saidOf(answer.headers), ofData, path);
    }
  },
);

t.test('so do an answer found before routing, and a 304 of either kind', async (t) => {
  const first = await ask(service, '/v1/communes?limit=1');
  const routed = service.routed();
  const again = await ask(service, '/v1/communes?limit=1');
  const unchanged = { 'if-none-match': `${first.headers.etag}` };
  const held = await ask(service, '/v1/communes?limit=1', unchanged);
  t.equal(service.routed(), routed);
  const other = await ask(service, '/v1/communes?limit=1', { 'if-none-match': `"x", ${first.headers.etag}` });
  t.equal(service.routed(), routed + 1);
  t.strictSame(
    [first, again, held, other].map(({ status }) => status),
    [200, 200, 304, 304],
  );
  for (const { headers } of [first, again, held, other]) t.strictSame(saidOf(headers), ofData);
});

t.test('so does what is refused before it is a request', async (t) => {
  for (const [line, status] of [
    ['BREW / HTTP/1.1\r\nHost: x', 400],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}`, 431],
    ['CONNECT x:443 HTTP/1.1\r\nHost: x', 405],
    ['GET / HTTP/1.1\r\nConnection: close', 400],
  ] as const) {
    const socket = connect(portOf(service), '127.0.0.1');
    socket.write(`${line}\r\n\r\n`);
    const [head = ''] = (await text(socket)).split('\r\n\r\n');
    t.match(head, `HTTP/1.1 ${status} `);
    const pairs = head.split('\r\n').map((one) => one.split(/: (.*)/s));
    const headers = Object.fromEntries(pairs.map(([name = '', value]) => [name.toLowerCase(), value]));
    // No page can ask for a proxy.
    const { 'access-control-allow-origin': _read, ...ofRefusals } = ofData;
    t.strictSame(saidOf(headers), line.startsWith('CONNECT') ? ofRefusals : ofData, line.slice(0, 20));
  }
});

t.test('so do one too many, and load that is shed', async (t) => {
  const limited = await serviceWith({ RATE_LIMIT: '1' });
  await ask(limited, '/v1/provinces');
  const refused = await ask(limited, '/v1/provinces');
  t.equal(refused.status, 429);
  t.strictSame(saidOf(refused.headers), ofData);
  const strained = await serviceWith({ EVENT_LOOP_DELAY_MS: '1' });
  let shed = await ask(strained, '/v1/provinces?none=1');
  for (; shed.status !== 503; shed = await ask(strained, '/v1/provinces?none=1')) {
    const until = Date.now() + 200;
    while (Date.now() < until);
    await sleep(1);
  }
  t.strictSame(saidOf(shed.headers), ofData);
});

t.test(
  'browsers are told to come by TLS where HSTS_SECONDS says so, on pages too, and a closed origin closes data',
  async (t) => {
    const strict = await serviceWith({ HSTS_SECONDS: '86400', CORS_ORIGIN: 'https://example.org' });
    for (const path of ['/v1/provinces', '/v1/%zz', '/', '/docs', '/graphiql', '/docs/problems']) {
      const { headers } = await ask(strict, path);
      t.equal(headers['strict-transport-security'], 'max-age=86400', path);
      t.equal(headers['cross-origin-resource-policy'], 'same-origin', path);
      t.equal(headers['access-control-allow-origin'], 'https://example.org', path);
    }
  },
);

t.test(
  'a page may load what is its own and be framed by nobody, and no script within it runs unless it is known',
  async (t) => {
    const pages = [
      '/docs',
      '/docs/static/swagger-ui.css',
      '/graphiql',
      '/graphiql/main.js',
      '/docs/problems',
    ];
    for (const path of [...pages, ...explorerPages.map((page) => page.replace(/:\w+/, 'x'))]) {
      const { status, headers } = await ask(service, path);
      t.equal(status, 200, path);
      const { 'content-security-policy': policy, ...others } = saidOf(headers);
      t.match(policy, /^default-src 'none';.*base-uri '(none|self)';.*frame-ancestors 'none'$/, path);
      t.notMatch(policy, /unsafe-eval|script-src[^;]*unsafe|https?:|\*/, path);
      t.strictSame(others, {
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': '*',
        'cross-origin-opener-policy': 'same-origin',
      });
    }
  },
);
