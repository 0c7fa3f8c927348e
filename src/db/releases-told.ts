/** How servers are told of a new release: by a notification, which is sent when the transaction that made it is committed. */
import type pg from 'pg';

export const releaseChannel = 'govdata_release';

export const tellRelease = (client: pg.ClientBase, number: number): Promise<unknown> =>
  client.query('select pg_notify($1, $2)', [releaseChannel, String(number)]);
