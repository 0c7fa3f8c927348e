/**
 * PostGraphile as its documentation sets up a production server (Grafserv on node:http, the Amber preset), on our tables.
 * Our keys refer to the table of identities: smart tags say what they lead to, so that its questions need no detour.
 */
import { createServer } from 'node:http';
import { env } from 'node:process';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { pgSmartTags } from 'postgraphile/utils';

const keys = {
  place_versions:
    '(parent_id) references place_versions (place_id)|@fieldName above|@foreignFieldName children',
  observations:
    '(place_version_id) references place_versions (id)|@fieldName place|@foreignFieldName observations',
};

const connectionString = env.DATABASE_URL;
const poolConfig = { max: Number(env.POOL_SIZE), idleTimeoutMillis: 0 };
const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [
    pgSmartTags(
      Object.entries(keys).map(([match, foreignKey]) => ({ kind: 'class', match, tags: { foreignKey } })),
    ),
  ],
  // No two current states have one id; these keys are only followed to where they may be many.
  gather: { pgFakeConstraintsAutofixForeignKeyUniqueness: true },
  // Else what only the condition of an index names, such as until_release, could not be asked for.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ connectionString, poolConfig, schemas: ['public'] })],
  grafserv: { watch: false, graphiql: false, websockets: false, graphqlPath: '/graphql' },
  grafast: { explain: false },
};

const server = createServer();
const instance = postgraphile(preset);
await instance.getSchema();
await instance.createServ(grafserv).addTo(server);
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`listens on http://127.0.0.1:${server.address().port}\n`),
);
