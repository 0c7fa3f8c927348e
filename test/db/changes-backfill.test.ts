/** The migration that tells what releases did that were made before changes were written with them. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { fixtureService } from '../second-release.ts';

const migration = readFileSync(new URL('../../migrations/0006_feed_of_changes.sql', import.meta.url), 'utf8');

t.test(
  'makes of the states what the writer wrote, but for corrections, which there were none of',
  async (t) => {
    const { writer } = await fixtureService(t, 3);
    const read = async () =>
      (
        await writer.pool.query<{ release: number; id: string; reason: string }>(
          'select release, record_id as id, reason from changes order by release, record_id collate "C"',
        )
      ).rows;
    const withoutCorrections: Record<string, string> = { corrected: 'revised', merged: 'withdrawn' };
    const written = (await read())
      .filter(({ id }) => !id.startsWith('correction:'))
      .map((one) => ({ ...one, reason: withoutCorrections[one.reason] ?? one.reason }));
    t.strictSame([...new Set(written.map(({ reason }) => reason))].sort(), ['new', 'revised', 'withdrawn']);
    await writer.pool.query('truncate changes');
    const [states, links] = migration.split('--> statement-breakpoint');
    await writer.pool.query(String(states));
    await writer.pool.query(String(links));
    t.strictSame(await read(), written);
  },
);
