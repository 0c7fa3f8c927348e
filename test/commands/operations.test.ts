/** What an administrator of persisted operations types, and reads. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { govdata } from '../govdata.ts';
import { emptiedDatabase } from '../import/country.ts';

const home = 'query Home { config { release } }';
const nameless = '{ config { version } }';
const hashOf = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest('hex');
const short = (text: string) => hashOf(text).slice(0, 12);

t.test('registers, lists and removes, and says each time what it did or would do', async (t) => {
  const { url } = await emptiedDatabase();
  const folder = t.testdir({ 'home.graphql': home, 'nameless.gql': nameless, 'empty.json': '{}' });
  const file = (name: string) => join(folder, name);
  const operations = (...args: string[]) => govdata(['operations', ...args], { url });
  const prints = async (args: string[], out: string) =>
    t.strictSame(await operations(...args), { code: 0, out, err: '' }, args.join(' '));

  await prints(['list'], 'No operation is registered.\n');
  await prints(['register', file('empty.json')], 'The files hold no operation.\n');
  const rows = [
    `+  ${short(home)}  Home       -  ${file('home.graphql')}\n`,
    `+  ${short(nameless)}  (no name)  -  ${file('nameless.gql')}\n`,
  ].join('');
  await prints(
    ['register', folder, '--dry-run'],
    `${rows}2 would be registered, 0 there already; nothing was changed.\n`,
  );
  await prints(['register', folder], `${rows}2 registered, 0 there already.\n`);
  await prints(['register', folder], '0 registered, 2 there already.\n');

  const id = hashOf(home, 'md5');
  await writeFile(file('relay.json'), JSON.stringify({ [id]: home }));
  const named = `~  ${short(home)}  Home  ${id}  ${file('relay.json')}\n`;
  await prints(
    ['register', file('relay.json'), '--dry-run'],
    `${named}0 would be registered, 1 would get another id, 0 there already; nothing was changed.\n`,
  );
  await prints(
    ['register', file('relay.json')],
    `${named}0 registered, 1 got another id, 0 there already.\n`,
  );

  const list = await operations('list');
  t.match(
    list.out,
    new RegExp(
      `^hash {10}operations  ids {31}file .*characters  registered\n${short(nameless)}  \\(no name\\) {3}- .* 22  20.*Z\n${short(home)}  Home {8}${id}  .* 33  20.*Z\n$`,
    ),
  );
  t.match(JSON.parse((await operations('list', '--json')).out), [
    { hash: hashOf(nameless), ids: [] },
    { hash: hashOf(home), names: ['Home'], ids: [id], characters: 33 },
  ]);
  t.match(JSON.parse((await operations('register', folder, '--json')).out), {
    registered: [],
    named: [],
    unchanged: 2,
  });

  const gone = `-  ${short(home)}  Home  ${id}  ${file('home.graphql')}\n`;
  await prints(['remove', short(home), '--dry-run'], `${gone}1 would be removed; nothing was changed.\n`);
  await prints(['remove', short(home)], `${gone}1 removed; servers stop answering them within 10 seconds.\n`);
  t.match(JSON.parse((await operations('remove', short(nameless), '--json')).out), [
    { hash: hashOf(nameless) },
  ]);
  await prints(['list'], 'No operation is registered.\n');
});

t.test('fails with all faults, and with 2 where it is used wrongly', async (t) => {
  const { url } = await emptiedDatabase();
  const folder = t.testdir({ 'home.graphql': '{ config { relase } }' });
  const operations = (...args: string[]) => govdata(['operations', ...args], { url });
  t.strictSame(await operations('register', folder), {
    code: 1,
    out: '',
    err: `The operations cannot be registered; nothing was changed.\n${join(folder, 'home.graphql')}:1:12  graphql_invalid  Cannot query field "relase" on type "Config"; did you mean "release"?\n`,
  });
  t.strictSame(await operations('remove', 'home'), {
    code: 1,
    out: '',
    err: 'The operations cannot be removed; nothing was changed.\nunknown_operation  nothing is registered under "home"\n',
  });
  t.match(await operations('register'), { code: 2, err: /missing required argument 'files'/ });
  t.match(await operations('remove'), { code: 2, err: /missing required argument 'hashes'/ });
  t.match(await operations('regster'), { code: 2, err: /Did you mean register\?/ });
});
