/** GraphQL over HTTP to the letter: every audit that the authors of the specification's server test run. */
import { auditServer } from 'graphql-http';
import t from 'tap';
import { testService } from '../service.ts';

t.test('passes all 61 audits of graphql-http, required, recommended and optional', async (t) => {
  const { app } = await testService(t);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const results = await auditServer({ url: `${url}/graphql` });
  for (const result of results) {
    const why = result.status === 'ok' ? '' : `: ${result.reason}`;
    t.equal(result.status, 'ok', `${result.id} ${result.name}${why}`);
  }
  t.equal(results.length, 61);
});
