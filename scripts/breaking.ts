/**
 * Compares the contract with that of the last release of the program, in docs/released: what would break a client
 * fails, unless docs/released/allowed.yml says why it is wanted. `npm run check:breaking`, or with another folder of docs.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSchema, DangerousChangeType, findBreakingChanges, findDangerousChanges } from 'graphql';
import Type, { type Static } from 'typebox';
import { Errors } from 'typebox/value';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { type Fault, faultLine, nearest } from '../src/errors.ts';
import { compareOpenApi } from './breaking-openapi.ts';

const Entry = Type.Object(
  { change: Type.String({ minLength: 1 }), reason: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
);
/** A list for each document of the contract; one that is not there allows nothing. */
const Allowed = Type.Object(
  { graphql: Type.Optional(Type.Array(Entry)), openapi: Type.Optional(Type.Array(Entry)) },
  { additionalProperties: false },
);

interface Changes {
  breaking: string[];
  dangerous: string[];
}

/** The documents of the contract, and how two states of each are compared. */
const contracts = {
  graphql: { file: 'schema.graphql', compare: compareSchemas },
  openapi: {
    file: 'openapi.json',
    compare: (before: string, after: string) => compareOpenApi(JSON.parse(before), JSON.parse(after)),
  },
} as const satisfies Record<string, { file: string; compare: (before: string, after: string) => Changes }>;
type Contract = keyof typeof contracts;
const contractNames = Object.keys(contracts) as Contract[];

export interface Comparison {
  faults: Fault[];
  /** Breaking, wanted. */
  allowed: string[];
  /** What may surprise a client that was not written with care: such as a new word of an enum. */
  dangerous: string[];
}

export function compareWithRelease(docs: string): Comparison {
  const result: Comparison = { faults: [], allowed: [], dangerous: [] };
  const read = (name: string): string | undefined => {
    try {
      return readFileSync(join(docs, name), 'utf8');
    } catch {
      result.faults.push({ code: 'missing_file', message: 'cannot be read', file: shown(docs, name) });
      return undefined;
    }
  };
  const texts = contractNames.map((name) => {
    const { file } = contracts[name];
    return { name, released: read(`released/${file}`), current: read(file) };
  });
  const list = read('released/allowed.yml');
  const allowed =
    list === undefined ? undefined : readAllowed(list, shown(docs, 'released/allowed.yml'), result.faults);
  if (allowed === undefined) return result;
  for (const { name, released, current } of texts) {
    if (released === undefined || current === undefined) continue;
    const { breaking, dangerous } = contracts[name].compare(released, current);
    result.dangerous.push(...dangerous);
    weigh(result, breaking, allowed[name], { docs, file: contracts[name].file });
  }
  return result;
}

function compareSchemas(released: string, current: string): Changes {
  const [before, after] = [buildSchema(released), buildSchema(current)];
  const texts = (changes: { description: string }[]) => changes.map(({ description }) => description).sort();
  const surprising = findDangerousChanges(before, after);
  const are = (type: DangerousChangeType) => surprising.filter((change) => change.type === type);
  // It is promised that a default stays; and what a client does not give cannot surprise it.
  const defaults = are(DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE);
  const told = [...defaults, ...are(DangerousChangeType.OPTIONAL_ARG_ADDED)];
  return {
    breaking: texts([...findBreakingChanges(before, after), ...defaults]),
    dangerous: texts(surprising.filter((change) => !told.includes(change))),
  };
}

type Wanted = Static<typeof Entry> & { line: number };

function weigh(
  result: Comparison,
  breaking: string[],
  wanted: Wanted[],
  { docs, file }: { docs: string; file: string },
): void {
  const reasons = new Map(wanted.map((entry) => [entry.change, entry.reason]));
  for (const message of breaking) {
    const reason = reasons.get(message);
    if (reason !== undefined) result.allowed.push(`${message} ${reason}`);
    else result.faults.push({ code: 'breaking_change', message, file: shown(docs, file) });
  }
  const seen = new Set<string>();
  for (const { change, line } of wanted) {
    const at = { file: shown(docs, 'released/allowed.yml'), line };
    if (seen.has(change)) {
      result.faults.push({ code: 'repeated_entry', message: `"${change}" is allowed already`, ...at });
    } else if (!breaking.includes(change)) {
      const suggestion = nearest(change, breaking);
      const message = `nothing changed as "${change}" says`;
      result.faults.push({
        code: 'stale_entry',
        message,
        ...at,
        ...(suggestion === undefined ? {} : { suggestion }),
      });
    }
    seen.add(change);
  }
}

/** The entries with their lines, by document; undefined where the file has faults, which are told. */
function readAllowed(text: string, file: string, faults: Fault[]): Record<Contract, Wanted[]> | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const lineOf = (path: (string | number)[]) => {
    const node = document.getIn(path, true);
    return lineAt((isNode(node) && node.range?.[0]) || 0);
  };
  for (const { message, pos } of document.errors) {
    faults.push({ code: 'invalid_yaml', message, file, line: lineAt(pos[0]) });
  }
  if (document.errors.length > 0) return undefined;
  const given: unknown = document.toJS();
  const wrong = Errors(Allowed, given);
  for (const { instancePath, keyword, message } of wrong) {
    // It is told again, at the key itself.
    if (keyword === 'additionalProperties') continue;
    const problem = keyword === 'boolean' ? 'is not a key' : message;
    const path = instancePath.split('/').slice(1);
    const where = path.length === 0 ? '' : `${path.join('/')} `;
    faults.push({ code: 'bad_entry', message: `${where}${problem}`, file, line: lineOf(path) });
  }
  if (wrong.length > 0) return undefined;
  const lists = given as Static<typeof Allowed>;
  const wantedIn = (name: Contract): Wanted[] =>
    (lists[name] ?? []).map((entry, at) => ({ ...entry, line: lineOf([name, at]) }));
  return { graphql: wantedIn('graphql'), openapi: wantedIn('openapi') };
}

/** `docs/schema.graphql`, wherever the folder lies. */
function shown(docs: string, name: string): string {
  return join(basename(docs), name);
}

if (process.argv[1] === import.meta.filename) {
  const { faults, allowed, dangerous } = compareWithRelease(
    process.argv[2] ?? join(import.meta.dirname, '../docs'),
  );
  for (const change of dangerous) console.log(`dangerous  ${change}`);
  for (const change of allowed) console.log(`allowed  ${change}`);
  for (const fault of faults) console.error(faultLine(fault));
  if (faults.length > 0) process.exitCode = 1;
  else console.log(`Nothing ${allowed.length > 0 ? 'else ' : ''}breaks the clients of the last release.`);
}
