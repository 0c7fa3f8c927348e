/** Examples of the documentation: what is asked, how it is asked of a service, and whether its answer is what is printed. */

export interface Example {
  name: string;
  kind: string;
  question: string;
  answerKind: string | undefined;
  answer: string;
}

/** A fenced `sh` or `graphql` block, and the `json`, `http` or `text` block that comes next to it. */
export function examplesOf(page: string, text: string): Example[] {
  const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind = '', body = '']) => ({
    kind,
    body,
  }));
  return blocks.flatMap(({ kind, body }, index) => {
    if (kind !== 'sh' && kind !== 'graphql') return [];
    const next = blocks[index + 1];
    const answered = next !== undefined && ['json', 'http', 'text'].includes(next.kind);
    return [
      {
        name: `${page}: ${body.trim().split('\n')[0]}`,
        kind,
        question: body.trim(),
        answerKind: answered ? next.kind : undefined,
        answer: answered ? next.body.trim() : '',
      },
    ];
  });
}

export function faultsOf({ answerKind, answer }: Example, given: string): string[] {
  if (answerKind === 'json') return differences(JSON.parse(answer), JSON.parse(given));
  const lines = given.split(/\r?\n/);
  return answer.split('\n').filter((line) => !lines.some((one) => patternOf(line).test(one)));
}

export async function ask(address: string, query: string): Promise<string> {
  const body = JSON.stringify({ query });
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return response.text();
}

/** Without the quotes of a shell. */
export const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

/** The few options of curl that the examples use. */
export async function curl(address: string, line: string): Promise<string> {
  const [, ...words] = wordsOf(line);
  const headers = new Headers();
  const init: RequestInit = { headers };
  let [target, head] = ['', false];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-i') head = true;
    else if (word === '-H') {
      const [name = '', ...value] = (words[++at] ?? '').split(': ');
      headers.set(name, value.join(': '));
    } else if (word === '-d') Object.assign(init, { method: 'POST', body: words[++at] });
    else target = word;
  }
  const response = await fetch(target.replace('http://127.0.0.1:3000', address), init);
  const body = await response.text();
  if (!head) return body;
  return [
    `HTTP/1.1 ${response.status} ${response.statusText}`,
    ...[...response.headers].map((pair) => pair.join(': ')),
    '',
    body,
  ].join('\n');
}

/** Where the answer is not what is printed. `…` is anything; at the end of a list, any more items. */
function differences(printed: unknown, given: unknown, path = ''): string[] {
  if (printed === '…') return given === undefined ? [`${path} is missing`] : [];
  if (typeof printed !== 'object' || printed === null) {
    return printed === given ? [] : [`${path} is ${JSON.stringify(given)}`];
  }
  if (typeof given !== 'object' || given === null) return [`${path} is ${JSON.stringify(given)}`];
  if (Array.isArray(printed)) {
    const open = printed.at(-1) === '…';
    const items: unknown[] = open ? printed.slice(0, -1) : printed;
    const list: unknown[] = Array.isArray(given) ? given : [];
    const count = open ? list.length >= items.length : list.length === items.length;
    return [
      ...(count ? [] : [`${path} has ${list.length} items`]),
      ...items.flatMap((item, at) => differences(item, list[at], `${path}/${at}`)),
    ];
  }
  const members = new Map<string, unknown>(Object.entries(given));
  return Object.entries(printed).flatMap(([name, value]) =>
    differences(value, members.get(name), `${path}/${name}`),
  );
}

/** A printed line, `…` for anything. */
const patternOf = (line: string): RegExp =>
  new RegExp(
    `^${line
      .split('…')
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.+')}$`,
  );
