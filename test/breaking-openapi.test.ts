/** Each kind of change of an OpenAPI document: what breaks its clients, what may surprise them, and what does neither. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { type Changes, compareOpenApi } from '../scripts/breaking-openapi.ts';
import type { Json } from '../scripts/breaking-schemas.ts';

/** A document of one list, one lookup and the components that they share. */
const text = JSON.stringify({
  openapi: '3.1.0',
  paths: {
    '/places': {
      get: {
        operationId: 'places',
        parameters: [
          {
            name: 'level',
            in: 'query',
            style: 'form',
            explode: false,
            schema: { type: 'array', maxItems: 9, items: { $ref: '#/components/schemas/Level' } },
          },
          {
            name: 'limit',
            in: 'query',
            required: false,
            schema: { type: 'integer', minimum: 1, maximum: 500 },
          },
          { name: 'code', in: 'query', schema: { type: 'string', pattern: '^[0-9]+$' } },
        ],
        responses: {
          200: {
            headers: { ETag: { $ref: '#/components/headers/ETag' } },
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/Page' } },
              'text/csv': { schema: { type: 'string' } },
            },
          },
          404: { $ref: '#/components/responses/NotFound' },
        },
      },
    },
    '/lookup': {
      post: {
        operationId: 'lookup',
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['items'],
                properties: {
                  items: { type: 'array', items: { type: 'string', maxLength: 200 } },
                  on: { type: ['string', 'null'] },
                },
              },
            },
          },
        },
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Place' } } } },
        },
      },
    },
  },
  components: {
    headers: { ETag: { schema: { type: 'string' } } },
    responses: {
      NotFound: {
        content: {
          'application/problem+json': {
            schema: { type: 'object', properties: { code: { type: 'string' } } },
          },
        },
      },
    },
    schemas: {
      Level: { type: 'string', enum: ['province', 'commune'] },
      Page: {
        type: 'object',
        required: ['items', 'next'],
        properties: {
          items: { type: 'array', items: { $ref: '#/components/schemas/Place' } },
          next: { type: ['string', 'null'] },
        },
      },
      Place: {
        type: 'object',
        required: ['id', 'level', 'parent', 'area'],
        properties: {
          id: { type: 'string', pattern: '^p:' },
          level: { $ref: '#/components/schemas/Level' },
          parent: { anyOf: [{ $ref: '#/components/schemas/Place' }, { type: 'null' }] },
          area: { type: 'number' },
          sides: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
          names: { type: 'object', additionalProperties: { type: 'string' } },
        },
      },
    },
  },
});

/** The document in which a part of its text, which is there, reads otherwise. */
function changed(before: string, after: string, of = text): Changes {
  t.ok(of.includes(before), before);
  return compareOpenApi(JSON.parse(of), JSON.parse(of.replace(before, after)));
}
const breaks = (before: string, after: string, of = text): string[] => {
  const { breaking, dangerous } = changed(before, after, of);
  t.strictSame(dangerous, [], 'what breaks is told once');
  return breaking;
};

t.test('what is gone breaks clients', async (t) => {
  t.strictSame(breaks('"/places"', '"/units"'), ['GET /places was removed.']);
  t.strictSame(breaks('"post"', '"put"'), ['POST /lookup was removed.']);
  t.strictSame(breaks('"404"', '"410"'), ['GET /places: response 404 was removed.']);
  t.strictSame(breaks('"text/csv"', '"text/tsv"'), ['GET /places: response 200 is not text/csv any more.']);
  t.strictSame(breaks('"headers":{"ETag":{"$ref', '"headers":{"Tag":{"$ref'), [
    'GET /places: response 200 has no header ETag any more.',
  ]);
  t.strictSame(breaks('"name":"limit"', '"name":"first"'), [
    'GET /places: query parameter limit was removed.',
  ]);
  t.strictSame(
    breaks('"area":{"type":"number"},', ''),
    ['Place.area was removed.'],
    'once, though both answer it',
  );
  t.strictSame(breaks('"code":{"type":"string"}', '"kind":{"type":"string"}'), [
    'GET /places: response 404 as application/problem+json.code was removed.',
  ]);
  t.strictSame(breaks('"on":{"type":["string","null"]}', '"at":{"type":"string"}'), [
    'POST /lookup: body as application/json.on was removed.',
  ]);
});

t.test(
  'what has another type breaks clients, unless it is a narrower answer or a wider question',
  async (t) => {
    t.strictSame(breaks('"area":{"type":"number"}', '"area":{"type":"string"}'), [
      'Place.area changed its type from number to string.',
    ]);
    t.strictSame(breaks('"area":{"type":"number"}', '"area":{"type":"integer"}'), []);
    const limit = '"schema":{"type":"integer","minimum":1';
    t.strictSame(breaks(limit, limit.replace('integer', 'number')), []);
    t.strictSame(breaks(limit, limit.replace('integer', 'string')), [
      'GET /places: query parameter limit changed its type from integer to string.',
    ]);
    const names = '"additionalProperties":{"type":"string"}';
    t.strictSame(breaks(names, names.replace('string', 'integer')), [
      'Place.names[] changed its type from string to integer.',
    ]);
    t.strictSame(breaks('{"type":"string"},{"type":"integer"}]', '{"type":"string"},{"type":"boolean"}]'), [
      'Place.sides changed its type from string or integer to string or boolean.',
    ]);
    t.strictSame(breaks('"area":{"type":"number"}', '"area":{}'), [
      'Place.area changed its type from number to anything.',
    ]);
  },
);

t.test('an answer that may be null or be missing breaks clients', async (t) => {
  t.strictSame(breaks('"area":{"type":"number"}', '"area":{"type":["number","null"]}'), [
    'Place.area may be null now.',
  ]);
  t.strictSame(
    breaks(
      '"level":{"$ref":"#/components/schemas/Level"}',
      '"level":{"anyOf":[{"$ref":"#/components/schemas/Level"},{"type":"null"}]}',
    ),
    ['Place.level may be null now.'],
  );
  t.strictSame(breaks('"parent","area"]', '"parent"]'), ['Place.area is not always there any more.']);
  t.strictSame(
    breaks(
      '{"anyOf":[{"$ref":"#/components/schemas/Place"},{"type":"null"}]}',
      '{"$ref":"#/components/schemas/Place"}',
    ),
    [],
  );
  t.strictSame(breaks('"next":{"type":["string","null"]}', '"next":{"type":"string"}'), []);
});

t.test('a question that was taken and is not any more breaks clients', async (t) => {
  const more = (parameter: string) => `"parameters":[${parameter},`;
  t.strictSame(
    breaks('"parameters":[', more('{"name":"on","in":"query","required":true,"schema":{"type":"string"}}')),
    ['GET /places: a required query parameter on was added.'],
  );
  t.strictSame(breaks('"parameters":[', more('{"name":"on","in":"query","schema":{"type":"string"}}')), []);
  t.strictSame(breaks('"required":false,"schema"', '"required":true,"schema"'), [
    'GET /places: query parameter limit is required now.',
  ]);
  t.strictSame(breaks('"explode":false', '"explode":true'), [
    'GET /places: query parameter level is written another way.',
  ]);
  t.strictSame(breaks('"maximum":500', '"maximum":100'), [
    'GET /places: query parameter limit has the maximum 100, before 500.',
  ]);
  t.strictSame(breaks('"minimum":1', '"minimum":2'), [
    'GET /places: query parameter limit has the minimum 2, before 1.',
  ]);
  t.strictSame(breaks('"pattern":"^[0-9]+$"', '"pattern":"^[0-9]+$","minLength":2'), [
    'GET /places: query parameter code has the minLength 2, before none.',
  ]);
  t.strictSame(breaks('"minimum":1,"maximum":500', '"minimum":0,"maximum":1000'), []);
  t.strictSame(breaks(',"maximum":500', ''), []);
  t.strictSame(breaks('^[0-9]+$', '^[0-9]{2}$'), ['GET /places: query parameter code changed its pattern.']);
  t.strictSame(breaks('"pattern":"^[0-9]+$"', '"enum":["1"]'), [
    'GET /places: query parameter code takes a closed list of words now.',
  ]);
  t.strictSame(breaks('["province","commune"]', '["province"]'), [
    'Level as an argument lost the word commune.',
  ]);
  t.strictSame(breaks('"maxLength":200', '"maxLength":20'), [
    'POST /lookup: body as application/json.items[] has the maxLength 20, before 200.',
  ]);
  t.strictSame(breaks('"on":{"type":["string","null"]}', '"on":{"type":"string"}'), [
    'POST /lookup: body as application/json.on takes no null any more.',
  ]);
  t.strictSame(breaks('"required":["items"]', '"required":["items","on"]'), [
    'POST /lookup: body as application/json.on is required now.',
  ]);
  t.strictSame(breaks('"required":["items"]', '"required":["items"],"additionalProperties":false'), [
    'POST /lookup: body as application/json takes no other members any more.',
  ]);
  t.strictSame(breaks('"requestBody":{"required":false', '"requestBody":{"required":true'), [
    'POST /lookup: body is required now.',
  ]);
});

t.test('credentials that are needed break clients, unless there is a way without', async (t) => {
  const secured = (ways: string) => breaks('"openapi":"3.1.0"', `"openapi":"3.1.0","security":${ways}`);
  t.strictSame(secured('[{"key":[]}]'), [
    'GET /places needs credentials.',
    'POST /lookup needs credentials.',
  ]);
  t.strictSame(secured('[{"key":[]},{}]'), []);
  t.strictSame(breaks('"operationId":"lookup"', '"operationId":"lookup","security":[{"key":[]}]'), [
    'POST /lookup needs credentials.',
  ]);
});

t.test('another default breaks clients that left it out', async (t) => {
  t.strictSame(breaks('"maximum":500', '"maximum":500,"default":50'), [
    'GET /places: query parameter limit changed its default.',
  ]);
});

t.test('a component that refers to itself may have another name', async (t) => {
  const nothing = { breaking: [], dangerous: [] };
  const renamed = text.replaceAll('schemas/Place"', 'schemas/Unit"').replace('"Place":{', '"Unit":{');
  t.not(renamed, text);
  t.strictSame(compareOpenApi(JSON.parse(text), JSON.parse(renamed)), nothing);
  const changed = renamed.replace('"area":{"type":"number"}', '"area":{"type":"string"}');
  t.strictSame(compareOpenApi(JSON.parse(text), JSON.parse(changed)).breaking, [
    'Unit (before: Place).area changed its type from number to string.',
  ]);
});

t.test('what may surprise is told apart', async (t) => {
  const surprises = (before: string, after: string): string[] => {
    const { breaking, dangerous } = changed(before, after);
    t.strictSame(breaking, []);
    return dangerous;
  };
  t.strictSame(surprises('["province","commune"]', '["province","district","commune"]'), [
    'Level has the new word district.',
  ]);
  t.strictSame(surprises('"pattern":"^p:"', '"pattern":"^q:"'), ['Place.id changed its pattern.']);
  t.strictSame(surprises('"operationId":"lookup"', '"operationId":"find"'), [
    'POST /lookup changed its operationId from lookup.',
  ]);
  const { dangerous } = compareOpenApi(
    JSON.parse(text.replace('"area":{"type":"number"}', '"area":{"type":"number","const":1}')),
    JSON.parse(text),
  );
  t.strictSame(dangerous, ['Place.area is no closed list of words any more.']);
});

t.test('what is added breaks nobody', async (t) => {
  const nothing = { breaking: [], dangerous: [] };
  t.strictSame(changed('"area":', '"size":{"type":"integer"},"area":'), nothing);
  t.strictSame(changed('"paths":{', '"paths":{"/new":{"get":{"responses":{}}},'), nothing);
  t.strictSame(changed('"404":', '"429":{"description":"Too many."},"404":'), nothing);
  t.strictSame(changed('"text/csv"', '"application/x-ndjson":{},"text/csv"'), nothing);
});

t.test('finds a change of the real contract, and none where there is none', async (t) => {
  const real = readFileSync(new URL('../docs/released/openapi.json', import.meta.url), 'utf8');
  const contract: Json = JSON.parse(real);
  t.strictSame(compareOpenApi(contract, contract), { breaking: [], dangerous: [] });
  const renamed: Json = JSON.parse(real.replaceAll('"citeAs"', '"citation"'));
  t.strictSame(compareOpenApi(contract, renamed).breaking, ['Fact.citeAs was removed.']);
});
