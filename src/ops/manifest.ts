/**
 * Manifests: files in which the tools of clients list the documents that they will ask for. GraphQL Code
 * Generator's and Relay's are `{hash: text}`; Apollo's says of itself what it is.
 */
import Type from 'typebox';
import { Check } from 'typebox/value';
import { type Document, parseDocument, type Scalar } from 'yaml';
import { customIdPattern, hashOf, sha256Pattern, withoutAlgorithm } from '../schema/operation-name.ts';
import { type Found, type Place, placeIn } from './candidate.ts';

const OfHashes = Type.Record(Type.String(), Type.String());
const OfApollo = Type.Object({
  format: Type.Literal('apollo-persisted-query-manifest'),
  version: Type.Literal(1),
  operations: Type.Array(Type.Object({ id: Type.String(), body: Type.String() })),
});

type Problem = readonly [code: string, message: string];

const notAManifest: Problem = [
  'unknown_manifest',
  'it is no manifest: {hash: text}, as GraphQL Code Generator and Relay write it, or that of Apollo, version 1',
];

/** A document of a manifest. */
interface Entry {
  key: string;
  text: string;
  /** Where the text stands in the manifest. */
  path: readonly (string | number)[];
  /** Whether the key may be any id, rather than a hash. */
  free: boolean;
}

export function readManifest(file: string, json: string): Found {
  const found: Found = { candidates: [], faults: [] };
  const refuse = ([code, message]: Problem, at?: number): void => {
    found.faults.push({ code, message, file, ...(at === undefined ? {} : placeIn(json, at)) });
  };
  const manifest = parseManifest(json);
  if ('problem' in manifest) {
    refuse(manifest.problem, manifest.at);
    return found;
  }
  // JSON is YAML, whose reader knows where things stand and sees keys that stand twice; but a return alone is no blank there.
  const document = parseDocument(json.replaceAll('\r', ' '), { prettyErrors: false });
  for (const { message, pos } of document.errors) refuse(['invalid_json', message], pos[0]);
  for (const entry of document.errors.length > 0 ? [] : manifest.entries) {
    const { key, text } = entry;
    const start = startOf(document, entry.path);
    const problem = problemOf(entry);
    if (problem) refuse(problem, json.lastIndexOf(JSON.stringify(key), start));
    const id = isSha256(key) ? undefined : key;
    const placeOf = (offset: number): Place => placeIn(json, offsetInJson(json, start, offset));
    found.candidates.push({ text, hash: hashOf('sha256', text), id, file, placeOf });
  }
  return found;
}

function parseManifest(json: string): { entries: Entry[] } | { problem: Problem; at?: number } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const { message } = error as SyntaxError;
    // It does not always say where.
    const [, position] = / at position (\d+)/.exec(message) ?? [];
    return {
      problem: ['invalid_json', message],
      ...(position === undefined ? {} : { at: Number(position) }),
    };
  }
  if (Check(OfApollo, value)) {
    const entries = value.operations.map(({ id, body }, index) => ({
      key: id,
      text: body,
      path: ['operations', index, 'body'],
      free: true,
    }));
    return { entries };
  }
  if (!Check(OfHashes, value)) return { problem: notAManifest };
  return { entries: Object.entries(value).map(([key, text]) => ({ key, text, path: [key], free: false })) };
}

const isSha256 = (key: string): boolean => sha256Pattern.test(withoutAlgorithm(key));

/** What is wrong with the key of a document. */
function problemOf({ key, text, free }: Entry): Problem | undefined {
  if (isSha256(key)) {
    const hash = hashOf('sha256', text);
    return key.endsWith(hash) ? undefined : ['hash_mismatch', `the SHA-256 of the text is ${hash}`];
  }
  if (free) {
    const message = 'an id has letters, digits, "-", ".", "_" and "~" only, 200 at most';
    return customIdPattern.test(key) ? undefined : ['bad_id', message];
  }
  if (/^[0-9a-f]{32}$/.test(key)) {
    const hash = hashOf('md5', text);
    return key === hash ? undefined : ['hash_mismatch', `the MD5 of the text is ${hash}`];
  }
  if (/^[0-9a-f]{40}$/.test(key)) return ['sha1_hash', sha1Advice];
  return ['unknown_hash', 'the key is not the SHA-256 of the text, or its MD5, in lower-case hexadecimal'];
}

const sha1Advice =
  "SHA-1 is not taken: set persistedDocuments: {hashAlgorithm: 'sha256'} for GraphQL Code Generator, " +
  "persistConfig: {algorithm: 'SHA256'} for Relay";

/** Of the value at the path, which is a text. */
function startOf(document: Document.Parsed, path: Entry['path']): number {
  return (document.getIn(path, true) as Scalar.Parsed).range[0];
}

/** Where a character of a text stands in the JSON of it that starts at `start`: an escape is several for one. */
function offsetInJson(json: string, start: number, offset: number): number {
  let at = start + 1;
  for (let count = 0; count < offset; count++) {
    if (json[at] !== '\\') at += 1;
    else at += json[at + 1] === 'u' ? 6 : 2;
  }
  return at;
}
