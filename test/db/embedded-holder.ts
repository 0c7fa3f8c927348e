/**
 * Opens the embedded database until its input ends; on SIGINT it answers one more query, as a service
 * with a request in flight does. Started by embedded-helper.ts.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openEmbedded } from '../../src/db/embedded.ts';

const [, , home = ''] = process.argv;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const server = await openEmbedded(home, (line) => say(`log ${line}`));
// Before anybody hears that it is open, and interrupts it.
const ending = Promise.race([
  once(process.stdin, 'end').then(() => 'end'),
  once(process, 'SIGINT').then(() => 'interrupted'),
]);
process.stdin.resume();
say(`open ${server.joined ? 'joined' : 'started'} ${server.url}`);
const reason = await ending;
if (reason === 'interrupted') {
  await sleep(500);
  const client = new pg.Client(server.url);
  await client.connect();
  const { rows } = await client.query("select 'answered' as text");
  say(rows[0].text);
  await client.end();
}
await server.close();
say('closed');
process.exit(0);
