/** The page at `/graphiql`: the schema to read, and examples ready to run. */
import { createHash } from 'node:crypto';
import helmet from '@fastify/helmet';
import { AltairFastify } from 'altair-fastify-plugin';
import { type RenderOptions, renderInitSnippet } from 'altair-static';
import type { FastifyPluginAsync } from 'fastify';
import { policyOfPage } from '../policies.ts';
import type { OperationsMode } from './documents.ts';
import { examples } from './examples.ts';

const own = "'self'";
/** Its options are the one script within it, and its address another than that of its files. Styles are made as they are needed. */
const policyFor = (script: string) =>
  policyOfPage({
    'script-src': [own, `'sha256-${createHash('sha256').update(script).digest('base64')}'`],
    'style-src': [own, "'unsafe-inline'"],
    'connect-src': [own],
    'img-src': [own, 'data:'],
    'font-src': [own],
    'worker-src': [own, 'blob:'],
    'base-uri': [own],
  });

const registeredOnly = `# This service answers registered operations only (GRAPHQL_OPERATIONS=registered).
# What is typed here is answered if \`govdata operations register\` has taken in the very same text.
`;

/** It opens with the last; who comes back finds what was left. */
const initialWindows = examples.toReversed().map(({ name, query, variables }) => ({
  initialName: name,
  initialQuery: query,
  initialVariables: JSON.stringify(variables, null, 2),
}));

export const page: FastifyPluginAsync<{ operations: OperationsMode }> = async (app, { operations }) => {
  const options: RenderOptions = {
    baseURL: '/graphiql/',
    endpointURL: '/graphql',
    subscriptionsEndpoint: '/graphql',
    // So Altair calls the library, which speaks graphql-transport-ws.
    initialSubscriptionRequestHandlerId: 'graphql-ws',
    ...(operations === 'registered' ? { initialQuery: registeredOnly } : { initialWindows }),
    disableAccount: true,
  };
  await app.register(helmet, policyFor(renderInitSnippet(options)));
  // There the page would be served without its options.
  app.get('/graphiql/', (_request, reply) => reply.redirect('/graphiql'));
  await app.register(AltairFastify, { path: '/graphiql', ...options });
};
