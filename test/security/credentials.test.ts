/** Nobody signs in, so nothing can be done in somebody's name: credentials change no answer, and other sites gain none. */
import t from 'tap';
import { testService } from '../service.ts';

const { app } = await testService(t);

const questions = [
  { method: 'GET', url: '/v1/provinces?limit=3' },
  { method: 'GET', url: '/v1/provinces/15' },
  { method: 'GET', url: '/v1/provinces.csv' },
  { method: 'GET', url: '/v1/none' },
  { method: 'POST', url: '/v1/places/lookup', payload: { items: ['14404'] } },
  { method: 'POST', url: '/graphql', payload: { query: '{ provinces(first: 3) { nodes { id } } }' } },
  { method: 'GET', url: `/graphql?query=${encodeURIComponent('{ config { release } }')}` },
  { method: 'GET', url: '/' },
  { method: 'GET', url: '/graphiql' },
] as const;
const id = { 'x-request-id': 'same' };
const signedIn = {
  ...id,
  authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.',
  cookie: 'session=admin',
  'x-api-key': 'admin',
};

t.test('credentials change no answer, none are asked for, and none are given', async (t) => {
  for (const question of questions) {
    const name = `${question.method} ${question.url}`;
    const anonymous = await app.inject({ ...question, headers: id });
    const named = await app.inject({ ...question, headers: { ...signedIn, origin: 'https://evil.example' } });
    t.equal(named.statusCode, anonymous.statusCode, name);
    t.equal(named.body, anonymous.body, name);
    for (const header of ['set-cookie', 'www-authenticate', 'access-control-allow-credentials'])
      t.notHas(named.headers, header, name);
  }
});

t.test(
  'what a form of another site can send is refused, and no header makes another method of it',
  async (t) => {
    const types = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'];
    for (const url of ['/graphql', '/v1/places/lookup']) {
      for (const type of types) {
        const payload = url === '/graphql' ? '{"query":"{ config { release } }"}' : '{"items":["14404"]}';
        const { statusCode } = await app.inject({
          method: 'POST',
          url,
          payload,
          headers: { 'content-type': type, origin: 'https://evil.example' },
        });
        t.equal(statusCode, 415, `${url} ${type}`);
      }
    }
    const query = encodeURIComponent('mutation { config { release } }');
    t.match((await app.inject(`/graphql?query=${query}`)).json(), {
      errors: [{ extensions: { code: 'graphql_invalid' } }],
    });
    for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const { statusCode } = await app.inject({ url: '/v1/provinces/15', headers: { [header]: 'DELETE' } });
      t.equal(statusCode, 200, header);
    }
  },
);
