/** What becomes of a good document and its request in the hands of who means harm, or of a client that is broken. */
import { createHash } from 'node:crypto';
import type { Draw } from './draw.ts';
import type { GraphqlDocument } from './graphql-document.ts';
import { hostileTexts } from './hostile.ts';
import type { Question } from './service.ts';

const oddLiterals = [
  ...['99999999999', '-1', '0', '501', '1e400', '-0', '1.5', '007', '0x1', '2147483648', '1e2'],
  ...[
    '""',
    '"""\n  block\n"""',
    '"\\u0000"',
    '"\\uD83D"',
    '"\\uDC00\\uD800"',
    '"\\u{10FFFF}"',
    '"\\u{110000}"',
    '"\\u{}"',
  ],
  ...[
    'null',
    'true',
    'NOPE',
    '$nothing',
    '[]',
    '[[]]',
    '[null]',
    '{}',
    '{a: {b: [1]}}',
    '{__proto__: 1}',
    '"a" "b"',
  ],
];
const oddTokens = [
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ':',
    '!',
    '$',
    '@',
    '...',
    '"',
    '"""',
    '#',
    '&',
    '|',
    '=',
    '\\',
    ',',
    '\ufeff',
  ],
  ...[
    ' query ',
    ' mutation ',
    ' subscription ',
    ' fragment ',
    ' on ',
    ' null ',
    ' __typename ',
    ' __schema ',
    ' type ',
  ],
  ...['\u0000', '\u2028', '\ud800', '\udc00', '\u202e', 'ａ', '😀', '\r', '\u00a0', '\u007f'],
  ...[
    '@include(if: $x)',
    '@skip',
    '@deprecated',
    '@oneOf',
    '@stream',
    '@defer',
    '@include(if: null)',
    '@x(y: 1)',
  ],
];

type Spoil = (draw: Draw, query: string) => string;

const spoilt: readonly Spoil[] = [
  (draw, query) => cutAt(draw, query, () => ''),
  (draw, query) => cutAt(draw, query, (part) => part + part),
  (draw, query) => cutAt(draw, query, () => draw.pick(oddTokens)),
  (draw, query) => cutAt(draw, query, () => draw.text()),
  (draw, query) => query.slice(0, draw.upTo(query.length)),
  (draw, query) => query.replace(/: ("[^"]*"|-?\d+|\w+)(?=[,)])/, () => `: ${draw.pick(oddLiterals)}`),
  (draw, query) => query.replace(/: (\[[^\]]*\]|"[^"]*"|\w+)\)/, () => `: ${draw.pick(oddLiterals)})`),
  (draw, query) =>
    query.replace(/(\w+):/, () => draw.pick(['__proto__:', 'constructor:', 'x:', 'first:', 'filter:'])),
  (draw, query) => {
    const names = [...query.matchAll(/[a-z]\w+/gi)].map(([name]) => name);
    return query.replace(draw.pick([...names, 'x']), draw.pick([...names, 'toString', '__proto__', 'x']));
  },
  (draw, query) => {
    const count = 1 + draw.upTo(140);
    return query.replace(
      '{',
      `{ ${Array.from({ length: count }, (_, at) => `z${at}: __typename`).join(' ')} `,
    );
  },
  (draw, query) => query.replace('}', `${' @include(if: true)'.repeat(1 + draw.upTo(70))} }`),
  (draw, query) => `${query} ${circle(1 + draw.upTo(6))}`.replace('{', '{ ...c0 '),
  (draw, query) => query.replace('{', `{ place(id: "place:x") ${'{ parent '.repeat(draw.upTo(30))} { id }`),
  (draw, query) => `${query}${draw.pick([' ', '\n', '#', ','])}`.repeat(1 + draw.upTo(3)),
  (draw, query) => query + ' '.repeat(draw.upTo(25_000)),
  (draw, query) =>
    query.replace('{', `{ __schema ${'{ types { fields { type '.repeat(1 + draw.upTo(4))}{ name }`),
];

const cutAt = (draw: Draw, text: string, into: (part: string) => string): string => {
  const from = draw.upTo(text.length);
  const to = from + draw.upTo(12);
  return text.slice(0, from) + into(text.slice(from, to)) + text.slice(to);
};

/** Fragments that come back to the first one. */
const circle = (length: number): string =>
  Array.from({ length }, (_, at) => `fragment c${at} on Query { __typename ...c${(at + 1) % length} }`).join(
    ' ',
  );

export function spoiltDocument(draw: Draw, document: GraphqlDocument): GraphqlDocument {
  let { query } = document;
  for (let count = draw.upTo(2); count >= 0; count -= 1) query = draw.pick(spoilt)(draw, query);
  return { ...document, query };
}

/** As it stands in JSON: some of it no program writes. */
function oddVariables(draw: Draw, variables: object): string {
  const own = Object.entries(variables);
  if (own.length === 0 || draw.often(20)) return JSON.stringify(draw.json()) ?? 'null';
  const [name] = draw.pick(own);
  const raw = [
    '1e999',
    '-1e999',
    '1e-999',
    '-0',
    '9007199254740993',
    'null',
    '[]',
    '[[1]]',
    '{}',
    '{"__proto__":{"x":1}}',
  ];
  const texts = [...hostileTexts, 'a'.repeat(draw.often(20) ? 100_000 : 100)].map((one) =>
    JSON.stringify(one),
  );
  const value = draw.pick([draw.pick(raw), draw.pick(texts), JSON.stringify(draw.json()) ?? 'null']);
  const rest = own
    .filter(([key]) => key !== name)
    .map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`);
  return `{${[...rest, `${JSON.stringify(name)}:${value}`].join(',')}}`;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function oddExtensions(draw: Draw, query: string): string {
  const hash = draw.pick([
    sha256(query),
    sha256(`${query} `),
    'x',
    sha256(query).toUpperCase(),
    1,
    null,
    ['a'],
  ]);
  const version = draw.pick([1, 1, 1, 2, '1', null]);
  return JSON.stringify(
    draw.pick([
      { persistedQuery: { version, sha256Hash: hash } },
      { persistedQuery: draw.json() },
      draw.json(),
    ]) ?? null,
  );
}

const json = 'application/json';
const contentTypes = [
  json,
  json,
  json,
  `${json}; charset=utf-16`,
  `${json};charset=x`,
  'text/plain',
  'application/graphql',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  '',
  'json',
  `${json}, ${json}`,
];
const accepts = [
  'application/graphql-response+json',
  json,
  '*/*',
  'text/html',
  '',
  'application/*;q=0',
  '*/*;q=x',
  ',',
  'application/graphql-response+json;q=0.1, text/html',
];

/** The request of a document, with something wrong about it, or nothing. */
export function hostileRequest(draw: Draw, document: GraphqlDocument): Question {
  const { query, variables, operationName } = document;
  const headers = {
    'content-type': json,
    accept: draw.often(80) ? 'application/graphql-response+json' : draw.pick(accepts),
  };
  const members: [string, string][] = [['query', JSON.stringify(query)]];
  const told = draw.often(40) ? oddVariables(draw, variables) : JSON.stringify(variables);
  members.push(['variables', told]);
  const name = draw.often(15)
    ? draw.pick(['Other', '', 'x'.repeat(300), '__proto__', 'Asked '])
    : operationName;
  if (name !== undefined) members.push(['operationName', JSON.stringify(name)]);
  if (draw.often(15)) members.push(['extensions', oddExtensions(draw, query)]);
  if (draw.often(5))
    members.push(['documentId', JSON.stringify(draw.pick([`sha256:${sha256(query)}`, 'x', 'a b', 1, null]))]);
  if (draw.often(5))
    members.push(
      draw.pick([
        ['query', '1'],
        ['__proto__', '{"query":"{a}"}'],
        ['variables', '"x"'],
      ] as [string, string][]),
    );
  if (draw.often(25)) return getOf(draw, headers.accept, members);
  const one = `{${members.map(([key, text]) => `"${key}":${text}`).join(',')}}`;
  const body = draw.often(15) ? batchOf(draw, one) : one;
  const type = draw.often(12) ? draw.pick(contentTypes) : json;
  return {
    method: 'POST',
    target: '/graphql',
    headers: { ...headers, 'content-type': type },
    body: spoiltBytes(draw, body),
  };
}

const batchOf = (draw: Draw, one: string): string => {
  const count = draw.pick([0, 1, 2, 3, 10, 11]);
  const odd = draw.often(30) ? [draw.pick(['null', '[]', '1', '{}', '"x"'])] : [];
  return `[${[...Array.from({ length: count }, () => one), ...odd].join(',')}]`;
};

function spoiltBytes(draw: Draw, body: string): Buffer {
  const bytes = Buffer.from(body);
  if (!draw.often(15)) return bytes;
  const how = draw.upTo(3);
  if (how === 0) return bytes.subarray(0, draw.upTo(bytes.length));
  if (how === 1) return Buffer.from(body, draw.pick(['utf16le', 'latin1'] as const));
  if (how === 2) return Buffer.concat([Buffer.from('efbbbf', 'hex'), bytes]);
  const at = draw.upTo(bytes.length - 1);
  bytes[at] = (bytes[at] as number) ^ (1 << draw.upTo(7));
  return bytes;
}

function getOf(draw: Draw, accept: string, members: readonly [string, string][]): Question {
  const plain = (key: string, text: string): string =>
    ['variables', 'extensions'].includes(key) ? text : String(JSON.parse(text));
  const encoded = (text: string): string =>
    draw.often(3) ? draw.pick(['%', '%ZZ', '%ff', '%00', '+']) : encodeURIComponent(well(text));
  const search = members
    .map(([key, text]) => `${key}=${encoded(plain(key, text))}`)
    .join(draw.often(3) ? ';' : '&');
  return {
    method: draw.often(5) ? 'HEAD' : 'GET',
    target: `/graphql?${search.slice(0, 14_000)}`,
    headers: { accept },
  };
}

/** Half of a surrogate pair is no Unicode, and has no bytes. */
const well = (text: string): string => Buffer.from(text).toString();
