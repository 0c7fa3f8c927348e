/** Cursors that the service gave, and what a client may make of them. */
import type { DescribedOperation, Json, OpenApi } from './document.ts';
import { type Ask, jsonOf } from './service.ts';
import { type Argument, type Inquiry, questionOf, textValue } from './value.ts';

export type Forgery =
  | { kind: 'own' | 'of another list' | 'of other arguments' }
  | { kind: 'cut' | 'flipped' | 'longer'; at: number }
  /** One part of what a cursor holds is another; a part that there is not is added. */
  | { kind: 'forged'; part: number; value: unknown };

const lines = 'application/x-ndjson';

/** The inquiry with a cursor of its own list, as it was given or changed; as it is, if the list is empty. */
export async function withCursor(
  ask: Ask,
  openApi: OpenApi,
  inquiry: Inquiry,
  forgery: Forgery,
): Promise<Inquiry> {
  const { operation } = inquiry;
  const parameter = operation.parameters.find(({ name }) => name === 'after');
  const args = inquiry.args.filter(({ parameter: { name } }) => name !== 'after');
  const cursor = await cursorOf(ask, openApi, operation, args, forgery);
  if (parameter === undefined || cursor === undefined) return { ...inquiry, args };
  return { ...inquiry, args: [...args, { parameter, value: textValue(changed(cursor, forgery)) }] };
}

async function cursorOf(
  ask: Ask,
  openApi: OpenApi,
  operation: DescribedOperation,
  args: readonly Argument[],
  { kind }: Forgery,
): Promise<string | undefined> {
  if (kind === 'of another list') {
    const other = openApi.operations.find(
      ({ path }) => path === (operation.path === '/v1/tasks' ? '/v1/bodies' : '/v1/tasks'),
    );
    return firstCursor(ask, other as DescribedOperation, []);
  }
  const list = openApi.operations.find(
    ({ path, responses }) =>
      (path === operation.path || operation.path.startsWith(`${path}.`)) && responses.get(200)?.has(lines),
  );
  const required = args.filter(({ parameter }) => parameter.required);
  return list && firstCursor(ask, list, kind === 'of other arguments' ? required : args);
}

/** That of the first record: all the others lie behind it. */
async function firstCursor(
  ask: Ask,
  list: DescribedOperation,
  args: readonly Argument[],
): Promise<string | undefined> {
  const asked = args.filter(({ parameter: { name } }) => name !== 'limit');
  const answer = await ask(questionOf({ operation: list, args: asked, accept: lines }));
  const [first = ''] = answer.status === 200 ? answer.body.toString('utf8').split('\n', 1) : [];
  return first === ''
    ? undefined
    : String((jsonOf({ ...answer, body: Buffer.from(first) }) as Json)['cursor']);
}

export function changed(cursor: string, forgery: Forgery): string {
  if (forgery.kind === 'cut') return cursor.slice(0, forgery.at % cursor.length) || 'x';
  if (forgery.kind === 'longer') return cursor + cursor.slice(forgery.at % cursor.length);
  if (forgery.kind === 'flipped') {
    const bytes = Buffer.from(cursor, 'base64url');
    const at = forgery.at % bytes.length;
    bytes[at] = (bytes[at] as number) ^ (1 << (forgery.at % 8));
    return bytes.toString('base64url');
  }
  if (forgery.kind !== 'forged') return cursor;
  const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
  parts[forgery.part] = forgery.value;
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
