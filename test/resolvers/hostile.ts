/** Requests that mean harm or are badly made, each with the answer that is expected. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { limits } from '../../src/schema/config.ts';

export interface Hostile {
  fault: string;
  method?: string;
  headers?: Record<string, string>;
  /** Behind `/graphql`. */
  search?: string;
  body?: string | Buffer;
  status: number;
  /** Of the first error; none: the request is answered. */
  code?: string;
  /** What its message says, or what the answer holds. */
  says: RegExp;
}

const json = 'application/json';
const whole = 'application/graphql-response+json';

/** A POST of a document, whose client knows what the status means. */
const post = (fault: string, body: unknown, status: number, code: string, says: RegExp): Hostile => ({
  fault,
  body: JSON.stringify(body),
  status,
  code,
  says,
});
const ask = (
  fault: string,
  query: string,
  code: string,
  says: RegExp,
  variables: unknown = undefined,
): Hostile => post(fault, { query, variables }, 400, code, says);
const raw = (
  fault: string,
  body: string | Buffer,
  type: string,
  status: number,
  code: string,
  says: RegExp,
): Hostile => ({ fault, body, headers: { 'content-type': type }, status, code, says });
const get = (fault: string, search: string, status: number, code: string, says: RegExp): Hostile => ({
  fault,
  method: 'GET',
  search,
  status,
  code,
  says,
});

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (depth: number): string => (depth === 0 ? '{ id }' : `{ parent ${nested(depth - 1)} }`);
const task = (selection: string): string => `{ task(id: "task:x") ${selection} }`;
/** Fragments that each spread the next one twice, under two names. */
const doubling = (count: number): string =>
  times(count, (n) => `fragment f${n} on Task { a: parent { ...f${n + 1} } b: parent { ...f${n + 1} } }`);
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const harmless = '{ config { version } }';
const cursor = (parts: unknown): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

const shapes: Hostile[] = [
  ask('deep nesting', task(nested(20)), 'query_too_large', /22 levels of fields; queryDepthMax allows 14/),
  ask('nesting past the tokens', task(nested(900)), 'query_too_large', /tokens; queryTokensMax allows 2000/),
  ask(
    'an object nested in a variable’s default',
    `query ($a: String = ${'['.repeat(400)}${']'.repeat(400)}) ${harmless}`,
    'bad_argument',
    /./,
  ),
  ask(
    'circular fragments',
    `${task('{ ...a }')} fragment a on Task { ...b } fragment b on Task { ...a }`,
    'graphql_invalid',
    /Cannot spread fragment "a" within itself via "b"/,
  ),
  ask(
    'a fragment within itself',
    `${task('{ ...a }')} fragment a on Task { parent { ...a } }`,
    'graphql_invalid',
    /within itself/,
  ),
  ask(
    'unused fragments',
    `${harmless} ${times(250, (n) => `fragment f${n} on Task { id }`)}`,
    'graphql_invalid',
    /Fragment "f0" is never used/,
  ),
  ask('an unknown fragment', task('{ ...nowhere }'), 'graphql_invalid', /Unknown fragment "nowhere"/),
  ask(
    'fragments that double',
    `${task('{ ...f0 }')} ${doubling(12)} fragment f12 on Task { id }`,
    'query_too_large',
    /8190 aliases; queryAliasesMax allows 100/,
  ),
  ask(
    'fragments that double past the depth',
    `${task('{ ...f0 }')} ${doubling(30)} fragment f30 on Task { id }`,
    'query_too_large',
    /levels of fields/,
  ),
  ask(
    'an alias flood',
    `{ ${times(400, (n) => `a${n}: __typename`)} }`,
    'query_too_large',
    /400 aliases; queryAliasesMax allows 100/,
  ),
  ask(
    'an alias flood in a fragment',
    `{ config { ...f } } fragment f on Config { ${times(101, (n) => `a${n}: version`)} }`,
    'query_too_large',
    /101 aliases/,
  ),
  ask(
    'many root fields',
    `{ ${times(31, (n) => `a${n}: config { version }`)} }`,
    'query_too_large',
    /31 fields of Query; queryRootFieldsMax allows 30/,
  ),
  ask(
    'a directive flood',
    `{ config { version ${times(60, () => '@include(if: true)')} } }`,
    'query_too_large',
    /60 directives; queryDirectivesMax allows 50/,
  ),
  ask(
    'directives that may not be repeated',
    `{ config { version @skip(if: true) @skip(if: false) } }`,
    'graphql_invalid',
    /"@skip" can only be used once/,
  ),
  ask(
    'an unknown directive flood',
    `{ config { version ${times(40, () => '@x')} } }`,
    'graphql_invalid',
    /Unknown directive "@x"/,
  ),
  ask(
    'a document of too many characters',
    `${harmless} #${'x'.repeat(limits.queryLengthMax)}`,
    'query_too_large',
    /queryLengthMax allows 20000/,
  ),
  ask(
    'a document of too many tokens',
    `{ config { ${times(2300, () => 'version')} } }`,
    'query_too_large',
    /2305 tokens; queryTokensMax allows 2000/,
  ),
  ask(
    'one field again and again',
    `{ config { ${times(1900, () => 'version')} } }`,
    'graphql_invalid',
    /Validation aborted/,
  ),
  ask(
    'one field in many fragments',
    `{ config { ${times(120, (n) => `...f${n}`)} } } ${times(120, (n) => `fragment f${n} on Config { ${'version '.repeat(7)}}`)}`,
    'graphql_invalid',
    /Validation aborted/,
  ),
  ask(
    'operations without end',
    times(200, (n) => `query q${n} ${harmless}`),
    'graphql_invalid',
    /Must provide operation name/,
  ),
  ask(
    'conflicting fields',
    '{ config { version version: today } }',
    'graphql_invalid',
    /Fields "version" conflict/,
  ),
  ask('a field that is not there', '{ secrets { id } }', 'graphql_invalid', /Cannot query field "secrets"/),
  ask(
    'an introspection without end',
    `{ __schema { types { ${'fields { type { '.repeat(8)} name ${'} } '.repeat(8)} } } }`,
    'graphql_invalid',
    /Maximum introspection depth exceeded/,
  ),
  ask(
    'a flood of introspections',
    `{ ${times(30, (n) => `a${n}: __schema { ...s }`)} } fragment s on __Schema { types { fields { args { type { ofType { ofType { name } } } } type { ofType { ofType { name } } } } } }`,
    'query_too_large',
    /queryCostMax allows 100000/,
  ),
  ask(
    'a mutation',
    'mutation { config { version } }',
    'graphql_invalid',
    /not configured for mutation|mutation/,
  ),
  ask('a subscription over HTTP', 'subscription { releasePublished { number } }', 'graphql_invalid', /./),
];

const costs: Hostile[] = [
  ask(
    'pages within pages within pages',
    '{ places { nodes { tasks { nodes { citations { nodes { id } } } } } } }',
    'query_too_large',
    /up to 130101 records; queryCostMax allows 100000/,
  ),
  ask(
    'the largest pages',
    '{ places(first: 500) { nodes { tasks(first: 500) { nodes { id } } } } }',
    'query_too_large',
    /queryCostMax/,
  ),
  ask(
    'large pages by variables',
    'query ($n: Int) { places(first: $n) { nodes { tasks(first: $n) { nodes { id } } } } }',
    'query_too_large',
    /up to 250501 records|queryCostMax/,
    { n: 500 },
  ),
  ask(
    'large pages by the default of a variable',
    'query ($n: Int = 500) { places(first: $n) { nodes { tasks(first: $n) { nodes { id } } } } }',
    'query_too_large',
    /queryCostMax/,
  ),
  ask(
    'a negative page that is skipped, to pay for another',
    '{ places(first: 500) { nodes { children(first: 500) { nodes { id } } } } x: places(first: -500) @skip(if: true) { nodes { id } } }',
    'query_too_large',
    /up to \d+ records; queryCostMax/,
  ),
  ask(
    'a negative page by a variable, to pay for another',
    'query ($n: Int) { places(first: 500) { nodes { children(first: 500) { nodes { id } } } } x: places(last: $n) @skip(if: true) { nodes { id } } }',
    'query_too_large',
    /up to \d+ records; queryCostMax/,
    { n: -500 },
  ),
  ask(
    'large pages from the end',
    '{ places(last: 500) { edges { node { tasks(last: 500) { nodes { id } } } } } }',
    'query_too_large',
    /queryCostMax/,
  ),
  post(
    'a batch that costs too much together',
    [1, 2, 3].map(() => ({
      query: '{ places(first: 400) { nodes { tasks(first: 100) { nodes { id } } } } }',
    })),
    200,
    'query_too_large',
    /up to \d+ records/,
  ),
  post(
    'too many ids',
    {
      query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      variables: { ids: Array.from({ length: 5000 }, (_, n) => `task:x${n}`) },
    },
    200,
    'bad_argument',
    /at most 100 values, each an id such as .*, not 5000 values/,
  ),
  post(
    'an endless list of items',
    {
      query: 'query ($items: [String!]!) { placesLookup(items: $items) { items { status } } }',
      variables: { items: Array.from({ length: 8000 }, (_, n) => `${n}`) },
    },
    200,
    'bad_argument',
    /at most 1000 values/,
  ),
];

const values: Hostile[] = [
  ask(
    'a list for a text',
    'query ($c: String!) { province(code: $c) { id } }',
    'bad_argument',
    /String cannot represent/,
    { c: ['15'] },
  ),
  ask(
    'an object for a number',
    'query ($n: Int) { places(first: $n) { totalCount } }',
    'bad_argument',
    /Int cannot represent/,
    { n: { a: 1 } },
  ),
  ask(
    'a number that is no whole one',
    'query ($n: Int) { places(first: $n) { totalCount } }',
    'bad_argument',
    /Int cannot represent non-integer value: 1.5/,
    { n: 1.5 },
  ),
  ask(
    'a variable that is required and missing',
    'query ($c: String!) { province(code: $c) { id } }',
    'missing_argument',
    /"\$c" of required type "String!" was not provided/,
  ),
  ask(
    'a variable of a type that is not there',
    'query ($c: Secret) { config { version } }',
    'graphql_invalid',
    /Unknown type "Secret"/,
  ),
  ask(
    'a variable of an output type',
    'query ($c: Place) { config { version } }',
    'graphql_invalid',
    /cannot be non-input type "Place"/,
  ),
  ask(
    'an unknown member of an input object',
    'query ($f: TasksFilter) { tasks(filter: $f) { totalCount } }',
    'bad_argument',
    /Field "__proto" is not defined|is not defined by type "TasksFilter"/,
    { f: { __proto: 1 } },
  ),
  ask(
    'a prototype as variables',
    'query ($f: TasksFilter) { tasks(filter: $f) { totalCount } }',
    'bad_argument',
    /is not defined by type "TasksFilter"/,
    { f: { constructor: { prototype: 1 } } },
  ),
  post(
    'a null byte in text',
    { query: '{ search(q: "a\\u0000b") { totalCount } }' },
    200,
    'bad_argument',
    /"q" must be text of 1 to 200 characters/,
  ),
  ask(
    'a null byte in the document',
    '{ config \u0000 { version } }',
    'graphql_syntax',
    /Unexpected character: U\+0000/,
  ),
  post(
    'a negative page',
    { query: '{ places(first: -1) { totalCount } }' },
    200,
    'bad_argument',
    /"first" must be a whole number from 1 to 500, not -1/,
  ),
  post(
    'a huge page',
    { query: '{ places(first: 501) { totalCount } }' },
    200,
    'bad_argument',
    /"first" must be a whole number from 1 to 500, not 501/,
  ),
  post(
    'a negative page from the end',
    { query: '{ places(last: -1) { totalCount } }' },
    200,
    'bad_argument',
    /"last" must be a whole number from 1 to 500, not -1/,
  ),
  post(
    'both ends at once',
    { query: '{ places(first: 1, last: 1) { totalCount } }' },
    200,
    'bad_argument',
    /Give "first" or "last", not both/,
  ),
  ask(
    'a page beyond 32 bits',
    '{ places(first: 99999999999) { totalCount } }',
    'bad_argument',
    /cannot represent non 32-bit signed integer/,
  ),
  post(
    'a cursor of another list',
    { query: `{ places(after: "${cursor(['xxxxxxxxxxxxxxxx', 1, '2026-11-22', 'a'])}") { totalCount } }` },
    200,
    'bad_cursor',
    /"after" belongs to another list/,
  ),
  post(
    'a cursor backwards of another list',
    { query: `{ places(before: "${cursor(['xxxxxxxxxxxxxxxx', 1, '2026-11-22', 'a'])}") { totalCount } }` },
    200,
    'bad_cursor',
    /"before" belongs to another list/,
  ),
  post(
    'a forged cursor',
    { query: `{ places(after: "${cursor({ __proto__: null, release: 1 })}") { totalCount } }` },
    200,
    'bad_cursor',
    /is not a cursor that this service gave/,
  ),
  post(
    'a cursor of 4,000 characters',
    { query: `{ places(after: "${'A'.repeat(4000)}") { totalCount } }` },
    200,
    'bad_argument',
    /"after" must be a cursor that this service gave/,
  ),
  post(
    'SQL in an id',
    { query: `{ place(id: "place:x'; drop table places; --") { id } }` },
    200,
    'bad_argument',
    /"id" must be an id such as/,
  ),
  post(
    'a filter given twice',
    { query: '{ tasks(year: 2024, filter: { year: 2023 }) { totalCount } }' },
    200,
    'repeated_argument',
    /"year" is given beside "filter" and in it/,
  ),
];

const documents: Hostile[] = [
  post(
    'a name that no operation has',
    { query: 'query A { config { version } }', operationName: 'B' },
    400,
    'graphql_invalid',
    /Unknown operation named "B"/,
  ),
  ask(
    'two operations and no name',
    'query A { config { version } } query B { config { today } }',
    'graphql_invalid',
    /Must provide operation name/,
  ),
  ask(
    'two operations of one name',
    'query A { config { version } } query A { config { today } }',
    'graphql_invalid',
    /only one operation named "A"/,
  ),
  ask('a schema as a document', 'type Query { evil: String }', 'graphql_invalid', /not executable/),
  ask(
    'a syntax tree as text',
    '{"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","selectionSet":{"kind":"SelectionSet","selections":[]}}]}',
    'graphql_syntax',
    /Syntax Error: Expected Name, found String "kind"/,
  ),
  post(
    'a syntax tree as an object',
    { query: { kind: 'Document', definitions: [] } },
    400,
    'bad_request',
    /"query" must be text/,
  ),
  ask('nothing', '', 'graphql_syntax', /Unexpected <EOF>/),
  ask('a comment alone', '# nothing', 'graphql_syntax', /Unexpected <EOF>/),
  ask('an open bracket without end', '{'.repeat(1000), 'graphql_syntax', /Syntax Error/),
  ask('an unterminated text', '{ search(q: "abc', 'graphql_syntax', /Unterminated string/),
  ask(
    'half of a surrogate pair',
    '{ search(q: "\\uD800") { totalCount } }',
    'graphql_syntax',
    /Invalid Unicode escape/,
  ),
];

const transport: Hostile[] = [
  raw('bad JSON', '{"query": "{ config { version } }"', json, 400, 'bad_request', /not valid JSON/),
  raw('two JSON values', '{"query":"{a}"}{"query":"{b}"}', json, 400, 'bad_request', /not valid JSON/),
  raw('JSON nested without end', '['.repeat(100_000), json, 400, 'bad_request', /not valid JSON/),
  raw(
    'a body that is not UTF-8',
    Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]),
    json,
    400,
    'bad_request',
    /not valid UTF-8/,
  ),
  raw(
    'UTF-16',
    Buffer.from('{"query": "{ config { version } }"}', 'utf16le'),
    json,
    400,
    'bad_request',
    /not valid/,
  ),
  raw('an empty body', '', json, 400, 'bad_request', /./),
  raw('null', 'null', json, 400, 'bad_request', /A request is a JSON object/),
  raw('a number', '7', json, 400, 'bad_request', /A request is a JSON object/),
  raw('an empty batch', '[]', json, 400, 'bad_request', /at least one/),
  raw('a batch of anything', '[7, null]', json, 200, 'bad_request', /A request is a JSON object/),
  raw(
    'a batch flood',
    JSON.stringify(Array.from({ length: 1000 }, () => ({ query: harmless }))),
    json,
    400,
    'query_too_large',
    /1000 requests; batchMax allows 10/,
  ),
  raw(
    'a form',
    'query=%7Bconfig%7Bversion%7D%7D',
    'application/x-www-form-urlencoded',
    415,
    'unsupported_media_type',
    /application\/json/,
  ),
  raw(
    'a form of parts',
    '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--',
    'multipart/form-data; boundary=x',
    415,
    'unsupported_media_type',
    /application\/json/,
  ),
  raw(
    'text, as a page of another site may send it',
    JSON.stringify({ query: harmless }),
    'text/plain',
    415,
    'unsupported_media_type',
    /application\/json/,
  ),
  raw(
    'a document as the body',
    harmless,
    'application/graphql',
    415,
    'unsupported_media_type',
    /application\/json/,
  ),
  raw(
    'an oversized body',
    JSON.stringify({ query: harmless, extensions: { x: 'x'.repeat(limits.bodyBytesMax) } }),
    json,
    413,
    'body_too_large',
    /./,
  ),
  {
    ...raw(
      'a packed body',
      gzipSync(JSON.stringify({ query: harmless })),
      json,
      415,
      'unsupported_media_type',
      /without Content-Encoding/,
    ),
    headers: { 'content-type': json, 'content-encoding': 'gzip' },
  },
  {
    ...raw(
      'a bomb: 100 MB of blanks in 100 KB',
      gzipSync(Buffer.alloc(100_000_000, 0x20)),
      json,
      415,
      'unsupported_media_type',
      /without Content-Encoding/,
    ),
    headers: { 'content-type': json, 'content-encoding': 'gzip' },
  },
  post(
    'variables as text',
    { query: harmless, variables: '{}' },
    400,
    'bad_request',
    /"variables" must be an object or null/,
  ),
  post(
    'extensions as a list',
    { query: harmless, extensions: [] },
    400,
    'bad_request',
    /"extensions" must be an object or null/,
  ),
  post('no query', { variables: {} }, 400, 'missing_argument', /There is no "query"/),
  {
    ...post(
      'an Accept that nothing fits',
      { query: harmless },
      406,
      'not_acceptable',
      /served as application\/json or/,
    ),
    headers: { 'content-type': json, accept: 'text/html' },
  },
  {
    ...post(
      'plain JSON, where a faulty document is answered with 200',
      { query: '{' },
      200,
      'graphql_syntax',
      /Syntax Error/,
    ),
    headers: { 'content-type': json, accept: json },
  },
  { fault: 'another method', method: 'DELETE', status: 405, code: 'method_not_allowed', says: /./ },
  get('no query in the address', '', 400, 'missing_argument', /There is no "query"/),
  get(
    'a query twice',
    '?query=%7Ba%7D&query=%7Bb%7D',
    400,
    'repeated_argument',
    /"query" is given more than once/,
  ),
  get('a broken percent-encoding', '?query=%7Bconfig%ZZ', 400, 'bad_request', /malformed percent-encoding/),
  get(
    'variables that are no JSON',
    `?query=${encodeURIComponent(harmless)}&variables=%7B`,
    400,
    'bad_request',
    /"variables" is not valid JSON/,
  ),
  get('a mutation by GET', '?query=mutation%7Bconfig%7Bversion%7D%7D', 400, 'graphql_invalid', /mutation/),
  get(
    'an address without end',
    `?query=${encodeURIComponent(harmless)}&variables=${'x'.repeat(20_000)}`,
    431,
    'headers_too_large',
    /./,
  ),
];

export const hostile: readonly Hostile[] = [...shapes, ...costs, ...values, ...documents, ...transport];
export const defaultHeaders = { 'content-type': json, accept: whole };
export { sha };
