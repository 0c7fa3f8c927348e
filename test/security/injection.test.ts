/** What a text argument holds stays a value: it is never read as SQL, nor as an address to visit. */
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema } from 'graphql';
import t from 'tap';
import { type OperationName, operationNames, operationOf } from '../../src/schema/operations.ts';
import { printSchema } from '../../src/schema/sdl.ts';
import { bodyOf, type Described, restAddress } from '../both-mouths.ts';
import { testService } from '../service.ts';

/** Each would give more than nothing if any of it were read as SQL or as a pattern. No record holds "zqx", and as a pattern the last one is Bảo Yên. */
const injections = [
  "zqx' or '1'='1",
  'zqx"; drop table releases; --',
  "zqx\\' or 1=1 --",
  "zqx'||pg_sleep(9)||'",
  'place:%',
  'B_o%Y_n',
];

const isText = ({ type, items }: Described): boolean => (items ?? { type }).type === 'string';
const textsOf = (name: OperationName): string[] =>
  Object.entries(operationOf(name).args.properties as Record<string, Described>)
    .filter(([, schema]) => isText(schema))
    .map(([argument]) => argument);

/** What an operation cannot do without. */
const neededOf = (name: OperationName): Record<string, string> => {
  const { path, args, example } = operationOf(name);
  const isNeeded = (key: string): boolean =>
    path.includes(`{${key}}`) || (args.required as string[] | undefined)?.includes(key) === true;
  return Object.fromEntries(
    Object.entries({ q: 'bao yen', id: `${name}:x`, ...example })
      .filter(([key]) => isNeeded(key))
      .map(([key, value]) => [key, [value].flat().join('|')]),
  );
};

const service = await testService(t);

/** As REST has it; lists are of pages, lookups of items. */
async function askRest(name: OperationName, argument: string, text: string) {
  const args = { ...neededOf(name), [argument]: text };
  const { method, path } = operationOf(name);
  return method === 'POST'
    ? service.post(`/v1${path}`, bodyOf(name, args))
    : service.get(restAddress(name, args));
}

t.test('SQL in any text argument is a value that nothing fits, or is refused', async (t) => {
  const before = await service.get('/v1/releases');
  const begin = performance.now();
  const odd: string[] = [];
  let asked = 0;
  for (const name of operationNames) {
    for (const argument of textsOf(name)) {
      const answers = await Promise.all(injections.map((text) => askRest(name, argument, text)));
      for (const [index, { status, body }] of answers.entries()) {
        const found = Number(body['total'] ?? 0);
        const isUnknown =
          operationOf(name).kind === 'list' ? found === 0 : !/"status":"found"/.test(JSON.stringify(body));
        if (![200, 400, 404].includes(status) || (status === 200 && !isUnknown))
          odd.push(`${status} ${name} ${argument}=${injections[index]}: ${found} records`);
        asked += 1;
      }
    }
  }
  t.strictSame(odd, []);
  t.ok(asked > 1000, `${asked} requests`);
  t.comment(`${asked} requests in ${Math.round(performance.now() - begin)} ms`);
  t.strictSame((await service.get('/v1/releases')).body, before.body, 'all is as it was');
  const plain = await service.get(`/v1/search?q=${encodeURIComponent('Bảo Yên')}`);
  t.ok(Number(plain.body['total']) > 0, 'what the pattern would have found is there');
});

t.test('nor does GraphQL read it as anything else', async (t) => {
  const fields = buildSchema(printSchema()).getQueryType()?.getFields() ?? {};
  const lists = operationNames.filter((one) => operationOf(one).kind === 'list');
  const questions = lists.flatMap((name) =>
    textsOf(name).flatMap((argument) =>
      [`zqx' or '1'='1`, `zqx\\' or 1=1 --`].map((text) => ({ name, argument, text })),
    ),
  );
  const faultOf = async ({ name, argument, text }: (typeof questions)[number]): Promise<string[]> => {
    const types = new Map(fields[name]?.args.map((one) => [one.name, String(one.type)]));
    const args = { ...neededOf(name), [argument]: text };
    const names = Object.keys(args);
    const query = `query (${names.map((one) => `$${one}: ${types.get(one)}`)}) { ${name}(${names.map((one) => `${one}: $${one}`)}) { totalCount } }`;
    const { data, errors } = await service.graphql(query, bodyOf(name, args));
    const answer = data?.[name] as { totalCount: number } | null | undefined;
    const isRefused = /^bad_(argument|cursor)$/.test(String(errors?.[0]?.extensions['code']));
    return isRefused || answer?.totalCount === 0
      ? []
      : [`${name} ${argument}=${text}: ${JSON.stringify({ data, errors })}`];
  };
  const odd: string[] = [];
  for (let from = 0; from < questions.length; from += 8)
    odd.push(...(await Promise.all(questions.slice(from, from + 8).map(faultOf))).flat());
  t.strictSame(odd, []);
  t.ok(questions.length > 300, `${questions.length} requests`);
});

t.test('an address in an argument or a header is never visited', async (t) => {
  let visits = 0;
  const trap = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  t.teardown(() => trap.close());
  const address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/zqx`;
  for (const name of operationNames) {
    for (const argument of textsOf(name)) {
      const { status } = await askRest(name, argument, address);
      if (status >= 500) t.fail(`${status} ${name} ${argument}`);
    }
  }
  const host = address.slice(7, -4);
  for (const header of ['host', 'origin', 'referer', 'forwarded', 'x-forwarded-host', 'x-original-url']) {
    const value = header.endsWith('host') ? host : header === 'forwarded' ? `host="${host}"` : address;
    const { statusCode } = await service.app.inject({ url: '/v1/provinces', headers: { [header]: value } });
    t.equal(statusCode, 200, header);
  }
  t.equal(visits, 0);
});

t.test('only the doctor asks other servers by HTTP, those that an administrator names', async (t) => {
  const src = fileURLToPath(new URL('../../src', import.meta.url));
  const asking = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) =>
      /\bfetch\(|from 'undici'|import \{[^}]*\b(?:request|get)\b[^}]*\} from 'node:https?'/.test(
        readFileSync(join(src, name), 'utf8'),
      ),
    );
  t.strictSame(asking, ['ops/doctor/nodes.ts']);
});
