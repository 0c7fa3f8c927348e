/** The page at `/graphiql`: the schema to read, and examples ready to run. */
import { AltairFastify } from 'altair-fastify-plugin';
import type { FastifyPluginAsync } from 'fastify';
import type { OperationsMode } from './documents.ts';
import { examples } from './examples.ts';

/** Nothing from elsewhere; the page's own options are a script within it. */
const policy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self' blob:";

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
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', policy);
  });
  // There the page would be served without its options.
  app.get('/graphiql/', (_request, reply) => reply.redirect('/graphiql'));
  await app.register(AltairFastify, {
    path: '/graphiql',
    baseURL: '/graphiql/',
    endpointURL: '/graphql',
    subscriptionsEndpoint: '/graphql',
    // So Altair calls the library, which speaks graphql-transport-ws.
    initialSubscriptionRequestHandlerId: 'graphql-ws',
    ...(operations === 'registered' ? { initialQuery: registeredOnly } : { initialWindows }),
    disableAccount: true,
  });
};
