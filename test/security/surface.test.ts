/** What can be reached is what is documented, and no answer says what it was made with. */
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import t from 'tap';
import { explorerPages } from '../../src/routes/pages.ts';
import { operationNames, operationOf } from '../../src/schema/operations.ts';
import { testService } from '../service.ts';

const { app } = await testService(t);

const kinds = [
  '/',
  '/docs',
  '/graphiql',
  '/openapi.json',
  '/healthz',
  '/readyz',
  '/v1/provinces',
  '/v1/provinces.csv',
  '/v1/provinces.parquet',
  '/v1/none',
  '/v1/provinces?none=1',
  '/v1/%zz',
  '/graphql?query=%7Bconfig%7Brelease%7D%7D',
  '/graphql',
];

t.test('no answer says what it was made with, and none is to be guessed at', async (t) => {
  for (const url of kinds) {
    const { headers, body } = await app.inject(url);
    t.equal(headers['x-content-type-options'], 'nosniff', url);
    for (const header of ['server', 'x-powered-by', 'x-runtime', 'via']) t.notHas(headers, header, url);
    t.notMatch(body, /node_modules|\bat \S+ \(|file:\/\//, url);
  }
});

t.test('TRACE repeats nothing, and CONNECT leads nowhere', async (t) => {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  for (const line of ['TRACE /v1/provinces', 'CONNECT 127.0.0.1:5432']) {
    const socket = connect(port, '127.0.0.1');
    t.teardown(() => socket.destroy());
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.write(`${line} HTTP/1.1\r\nHost: x\r\nCookie: s3cret\r\nConnection: close\r\n\r\n`);
    await once(socket, 'close');
    t.notMatch(text, /^HTTP\/1\.1 [23]/, line);
    t.notMatch(text, 's3cret', line);
  }
});

/** The tree that fastify prints, as whole paths with their methods. */
function routesOf(tree: string): [path: string, methods: string][] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line): [string, string][] => {
    const [, indent = '', path = '', methods] = /^([│ ]*)[├└]── (\S*)(?: \((.+)\))?$/.exec(line) ?? [];
    above.length = indent.length / 4;
    above.push(path);
    return methods === undefined ? [] : [[above.join(''), methods]];
  });
}

t.test('there is no address but those of the contract, the pages, both mouths and health', async (t) => {
  const routes = routesOf(app.printRoutes({ commonPrefix: false }));
  const known = [
    ...operationNames.map((name) => `/v1${operationOf(name).path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    ...explorerPages,
  ];
  const others = routes
    .map(([path]) => path)
    .filter((route) => !known.some((path) => route === path || route.startsWith(`${path}.`)))
    .filter((route) => !route.startsWith('/docs/'));
  t.strictSame([...new Set(others)].sort(), [
    // What answers OPTIONS, and files of the explorer.
    '*',
    '/*',
    '/docs',
    '/graphiql',
    '/graphiql/',
    '/graphiql/*',
    '/graphql',
    '/healthz',
    '/openapi.json',
    '/readyz',
  ]);
  t.ok(routes.length > operationNames.length, `${routes.length} routes`);
  const methods = new Set(routes.flatMap(([, list]) => list.split(', ')));
  t.strictSame([...methods].sort(), ['GET', 'HEAD', 'OPTIONS', 'POST']);
  t.strictSame(
    routes
      .filter(([, list]) => list.includes('POST'))
      .map(([path]) => path)
      .sort(),
    ['/graphql', '/v1/places/lookup'],
  );
});
