/**
 * Compares the nodes of a YAML file with the shape that they should have, and tells everything that
 * does not fit with its line and column. TypeBox's own check would know only paths, and nothing of
 * how a value was written (`015`, `2024-02-30`, a figure of twenty digits).
 */
import { isAlias, isMap, isScalar, isSeq, type LineCounter, type ParsedNode } from 'yaml';
import { type Fault, nearest } from '../errors.ts';
import { isDay } from '../schema/common.ts';
import { periodProblem } from '../schema/period.ts';
import type { Position, Positions } from './positions.ts';
import { periodFormat } from './shape-parts.ts';

/** The part of JSON Schema that the shapes use, and two words of ours. */
export interface Rule {
  type?: string;
  enum?: readonly unknown[];
  anyOf?: readonly Rule[];
  properties?: Record<string, Rule>;
  patternProperties?: Record<string, Rule>;
  required?: readonly string[];
  minProperties?: number;
  items?: Rule;
  minItems?: number;
  uniqueItems?: boolean;
  minimum?: number;
  pattern?: string;
  format?: string;
  /** What the text is, for a person. */
  is?: string;
  /** The text is the id of a record. */
  isId?: boolean;
  /** Whatever YAML can say: it is held against a shape later. */
  any?: boolean;
}

/** An id that a seed file names, other than the record's own. */
export interface Reference {
  id: string;
  position: Position;
  /** What names it, as it was read; of no use where that has faults. */
  record: unknown;
}

export interface Walk {
  file: string;
  lines: LineCounter;
  faults: Fault[];
  references: Omit<Reference, 'record'>[];
  positions: Positions;
}

/** The plain value of a node. Where it does not fit, faults say so and the value is of no use. */
export function walk(walk: Walk, node: ParsedNode, rule: Rule, name: string): unknown {
  if (isAlias(node) || node.anchor) {
    return refuse(walk, node, 'yaml_alias', 'anchors and aliases are not read here; write the value out');
  }
  if (rule.any) return walkAnything(walk, node);
  const options = rule.anyOf ?? [rule];
  if (isScalar(node) && node.value === null && options.some(({ type }) => type === 'null')) return null;
  const chosen = bestOption(options, node);
  if (chosen.items) return walkList(walk, node, { ...chosen, items: chosen.items }, name);
  if (chosen.type === 'object') return walkMap(walk, node, chosen, name);
  return walkScalar(walk, node, chosen, name);
}

function walkAnything(context: Walk, node: ParsedNode): unknown {
  const anything = { any: true };
  const name = 'this value';
  if (isMap(node)) return walkMap(context, node, { patternProperties: { '': anything } }, name);
  if (isSeq(node)) return walkList(context, node, { items: anything }, name);
  return walkScalar(context, node, anything, name);
}

export function positionOf({ file, lines }: Walk, node: ParsedNode): Position {
  const { line, col } = lines.linePos(node.range[0]);
  return { file, line, column: col };
}

function refuse(walk: Walk, node: ParsedNode, code: string, message: string, suggestion?: string): undefined {
  walk.faults.push({
    code,
    message,
    ...positionOf(walk, node),
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

/** Of the shapes that a value may have, that of a list for a list, and for a map the one that shares most keys with it. */
function bestOption(options: readonly Rule[], node: ParsedNode): Rule {
  const keys = isMap(node) ? node.items.map(({ key }) => String(key)) : [];
  const shared = ({ properties = {}, items }: Rule) =>
    isSeq(node) ? Number(items !== undefined) : keys.filter((key) => Object.hasOwn(properties, key)).length;
  return options.reduce((best, option) => (shared(option) > shared(best) ? option : best));
}

function walkMap(context: Walk, node: ParsedNode, rule: Rule, name: string): unknown {
  if (!isMap<ParsedNode, ParsedNode | null>(node))
    return wrongType(context, node, name, 'a map of keys and values');
  const { properties = {}, required = [], minProperties = 0 } = rule;
  const result: Record<string, unknown> = {};
  const members = new Map<string, Position>();
  for (const { key: keyNode, value } of node.items) {
    const key = String(keyNode);
    members.set(key, positionOf(context, keyNode));
    const member = Object.hasOwn(properties, key) ? properties[key] : patternMember(rule, key);
    if (!member) unknownKey(context, keyNode, key, name, Object.keys(properties));
    // `? key` without a colon; `key:` has a value, which is empty.
    else if (value === null) refuse(context, keyNode, 'wrong_type', `"${key}" has no value`);
    // A record's own id is no reference.
    else result[key] = walk(context, value, key === 'id' ? { ...member, isId: false } : member, `"${key}"`);
  }
  for (const key of required.filter((key) => !members.has(key))) {
    refuse(context, node, 'missing_key', `${name} needs "${key}"`);
  }
  if (Object.values(result).filter((value) => value !== null).length < minProperties) {
    refuse(context, node, 'empty_name', `${name} needs a text in at least one language`);
  }
  context.positions.set(result, positionOf(context, node), members);
  return result;
}

function patternMember({ patternProperties = {} }: Rule, key: string): Rule | undefined {
  return Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern, 'u').test(key))?.[1];
}

function unknownKey(
  context: Walk,
  node: ParsedNode,
  key: string,
  name: string,
  known: readonly string[],
): void {
  if (known.length === 0)
    refuse(context, node, 'bad_format', `"${key}" in ${name} must be a lower_snake word`);
  else refuse(context, node, 'unknown_key', `"${key}" is not a key of ${name}`, nearest(key, known));
}

function walkList(context: Walk, node: ParsedNode, rule: Rule & { items: Rule }, name: string): unknown {
  if (!isSeq<ParsedNode>(node)) return wrongType(context, node, name, 'a list');
  const result: unknown[] = [];
  const members = new Map<string, Position>();
  for (const [index, item] of node.items.entries()) {
    const value = walk(context, item, rule.items, name);
    members.set(String(index), positionOf(context, item));
    if (rule.uniqueItems && value !== undefined && result.includes(value)) {
      refuse(context, item, 'listed_twice', `${name} lists ${String(value)} twice`);
    }
    result.push(value);
  }
  const { minItems = 0 } = rule;
  if (result.length < minItems) {
    refuse(context, node, 'too_few', `${name} needs at least ${minItems}, but holds ${result.length}`);
  }
  context.positions.set(result, positionOf(context, node), members);
  return result;
}

function walkScalar(context: Walk, node: ParsedNode, rule: Rule, name: string): unknown {
  const value = isScalar(node) ? node.value : null;
  const source = isScalar(node) ? String(node.source) : '';
  if (rule.any && typeof value !== 'number') return value;
  if (rule.enum) return walkWord(context, node, value, rule.enum, name);
  if (rule.type === 'boolean') {
    return typeof value === 'boolean' ? value : wrongType(context, node, name, 'true or false');
  }
  if (rule.type === 'string') {
    if (typeof value === 'string') return walkText(context, node, value, rule, name);
    if (value === null) return wrongType(context, node, name, 'a text');
    const read = `${source} is read as a ${typeof value} here; put it in quotes: '${source}'`;
    return refuse(context, node, 'unquoted', `${name}: ${read}`);
  }
  if (typeof value !== 'number') return wrongType(context, node, name, 'a number, without quotes');
  return walkNumber(context, node, value, source, rule, name);
}

function walkWord(
  context: Walk,
  node: ParsedNode,
  value: unknown,
  words: readonly unknown[],
  name: string,
): unknown {
  if (words.includes(value)) return value;
  const known = words.map(String);
  const message = `${name} is ${whatIs(node)}, but must be one of ${known.join(', ')}`;
  return refuse(context, node, 'unknown_word', message, nearest(String(value), known));
}

function walkText(context: Walk, node: ParsedNode, value: string, rule: Rule, name: string): unknown {
  if (rule.pattern !== undefined && !new RegExp(rule.pattern, 'u').test(value)) {
    const code = rule.format === 'date' ? 'malformed_date' : 'bad_format';
    const what = rule.is ?? 'a day, YYYY-MM-DD';
    return refuse(context, node, code, `${name} is ${whatIs(node)}, but must be ${what}`);
  }
  if (value === '') return refuse(context, node, 'empty_text', `${name} is empty; leave the key out`);
  const problem =
    rule.format === periodFormat
      ? periodProblem(value)
      : rule.format === 'date' && !isDay(value)
        ? 'impossible_date'
        : undefined;
  if (problem) {
    const why = problem === 'impossible_date' ? 'names a day that does not exist' : 'ends before it starts';
    return refuse(context, node, problem, `${name}: ${value} ${why}`);
  }
  if (rule.isId) context.references.push({ id: value, position: positionOf(context, node) });
  return value;
}

/** Figures are plain decimals that survive as JSON numbers. */
function walkNumber(
  context: Walk,
  node: ParsedNode,
  value: number,
  source: string,
  rule: Rule,
  name: string,
): unknown {
  if (!/^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(source)) {
    return refuse(context, node, 'bad_number', `${name}: write ${source} as a plain decimal number`);
  }
  const digits = source.replace(/^-?[0.]*/, '').replace('.', '').length;
  if (digits > 15) {
    return refuse(
      context,
      node,
      'too_many_digits',
      `${name}: ${source} has ${digits} significant digits; 15 are kept`,
    );
  }
  const { type, minimum = Number.NEGATIVE_INFINITY } = rule;
  if (type === 'integer' && !Number.isInteger(value)) {
    return wrongType(context, node, name, 'a whole number');
  }
  if (value < minimum) {
    return refuse(context, node, 'out_of_range', `${name} is ${source}, but must be at least ${minimum}`);
  }
  return value;
}

function wrongType(context: Walk, node: ParsedNode, name: string, wanted: string): undefined {
  return refuse(context, node, 'wrong_type', `${name} is ${whatIs(node)}, but must be ${wanted}`);
}

function whatIs(node: ParsedNode): string {
  if (isMap(node)) return 'a map';
  if (!isScalar(node)) return 'a list';
  if (node.value === null) return 'empty';
  return typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value);
}
