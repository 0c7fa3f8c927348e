/** YAML with comments, by the nodes of the library. */
import { Document, type Node, Pair, Scalar, type YAMLMap, YAMLSeq } from 'yaml';

const nodes = new Document();

/** What was guessed, and may be otherwise. */
export const look = (what: string): string => `look at this: ${what}`;
/** The first of them. */
export const some = (items: readonly (string | number)[]): string =>
  `${items.slice(0, 5).join(', ')}${items.length > 5 ? ', …' : ''}`;
export const unlessEmpty = <T>(items: readonly T[], node: (items: readonly T[]) => Node): Node | undefined =>
  items.length === 0 ? undefined : node(items);

/** A value on its line, with a comment beside it; null is a value that is to be filled in. */
export function line(value: unknown, comment?: string): Node {
  const node = nodes.createNode(value, { flow: true });
  if (comment !== undefined) node.comment = ` ${comment}`;
  return node;
}

/** A list with a line for each item; `out` are lines that are commented out. */
export function listOf(
  items: readonly unknown[],
  comments: { first?: string; out?: readonly string[] } = {},
): Node {
  const list = new YAMLSeq();
  list.items = items.map((item) => (item instanceof Object ? item : new Scalar(item)));
  const { first, out = [] } = comments;
  if (first !== undefined) list.commentBefore = ` ${first}`;
  if (out.length > 0) list.comment = out.map((text) => ` ${text}`).join('\n');
  return list;
}

/** Keys in their order, where they have a value, with a comment above each that needs one. */
export function mapOf(
  members: Readonly<Record<string, Node | undefined>>,
  above: Readonly<Record<string, string | undefined>> = {},
  below: readonly string[] = [],
): YAMLMap {
  const map = nodes.createNode({}) as YAMLMap;
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue;
    const key = new Scalar(name);
    const comment = above[name];
    if (comment !== undefined) key.commentBefore = comment.replace(/^/gm, ' ');
    map.add(new Pair(key, value));
  }
  if (below.length > 0) map.comment = below.map((text) => ` ${text}`).join('\n');
  return map;
}

const style = { nullStr: '', singleQuote: true, lineWidth: 0, flowCollectionPadding: false } as const;

/** As it would stand in a file. */
export const written = (text: string): string => new Document(text).toString(style).trim();

export function fileOf(map: YAMLMap, top: string): string {
  const document = new Document();
  document.contents = map;
  document.commentBefore = top.replace(/^/gm, ' ');
  return document.toString(style);
}
