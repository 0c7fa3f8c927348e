/** One question with what follows from it: the same as HEAD, again, with its tag, the next pages, and what a refusal suggests. */
import type { Draft } from './arbitraries.ts';
import { withCursor } from './cursors.ts';
import type { Json, OpenApi } from './document.ts';
import type { Ledger } from './ledger.ts';
import { type Exchange, faultsOf, problemOf } from './oracle.ts';
import { type Answer, type Ask, jsonOf } from './service.ts';
import { decoded, encoded, type Inquiry, questionOf, readAs, textValue, writtenAs } from './value.ts';

export interface Fuzzed {
  ask: Ask;
  openApi: OpenApi;
  ledger: Ledger;
}

/** All that is wrong with the answers. */
export async function faultsOfCourse(fuzzed: Fuzzed, draft: Draft): Promise<string[]> {
  const { ask, openApi, ledger } = fuzzed;
  const { forgery, afterwards, ...rest } = draft;
  const inquiry = forgery === undefined ? rest : await withCursor(ask, openApi, rest, forgery);
  const answer = await ask(questionOf(inquiry));
  ledger.note(inquiry, answer);
  const faults = faultsOf(openApi, { inquiry, answer });
  // A cursor that was just given for these very arguments leads on, unless they are refused or others were added.
  const unchanged = (inquiry.extra ?? []).length === 0;
  if (forgery?.kind === 'own' && unchanged && problemOf(answer)?.code === 'bad_cursor')
    faults.push('its own cursor is refused');
  faults.push(...(await suggestionFaults(fuzzed, { inquiry, answer })));
  if (answer.status === 200 && inquiry.operation.method === 'GET') {
    faults.push(...(await further[afterwards](fuzzed, { inquiry, answer })));
  }
  return faults.map((fault) => `${fault} ← ${shown(inquiry)}`);
}

export function shown(inquiry: Inquiry): string {
  const { method, target, headers, body } = questionOf(inquiry);
  return [method, target, JSON.stringify(headers), body].join(' ').slice(0, 700);
}

type Further = (fuzzed: Fuzzed, exchange: Exchange) => Promise<string[]>;

const same = (one: Answer, other: Answer): boolean =>
  one.headers.etag === other.headers.etag && (!one.whole || !other.whole || one.body.equals(other.body));

const further: Record<Draft['afterwards'], Further> = {
  nothing: async () => [],
  async head({ ask, openApi }, { inquiry, answer }) {
    const asked = { ...inquiry, method: 'HEAD' as const };
    const head = await ask(questionOf(asked));
    const faults = faultsOf(openApi, { inquiry: asked, answer: head });
    if (head.status !== answer.status) faults.push(`HEAD answers ${head.status}, GET ${answer.status}`);
    if (head.headers.etag !== answer.headers.etag) faults.push('HEAD has another ETag');
    return faults;
  },
  async again({ ask }, { inquiry, answer }) {
    return same(answer, await ask(questionOf(inquiry))) ? [] : ['asked again, it answers otherwise'];
  },
  async tagged({ ask, openApi }, { inquiry, answer }) {
    const asked = { ...inquiry, ifNoneMatch: `"x", ${answer.headers.etag}` };
    const held = await ask(questionOf(asked));
    const faults = faultsOf(openApi, { inquiry: asked, answer: held });
    return held.status === 304 ? faults : [...faults, `${held.status} for its own ETag`];
  },
  next: nextFaults,
};

const pagesMost = 3;

/** The pages that follow repeat nothing, and the `Link` leads to the same. */
async function nextFaults({ ask, openApi }: Fuzzed, { inquiry, answer }: Exchange): Promise<string[]> {
  const seen = new Set<string>();
  let page = answer;
  for (let count = 0; page.headers['content-type']?.startsWith('application/json'); count += 1) {
    const { items = [], next = null } = jsonOf(page) as { items?: Json[]; next?: string | null };
    for (const item of items.map((one) => JSON.stringify(one))) {
      if (seen.has(item)) return [`page ${count + 1} repeats ${item.slice(0, 100)}`];
      seen.add(item);
    }
    if (next === null || count === pagesMost) return [];
    const link = /<([^>]*)>; rel="next"/.exec(`${page.headers['link']}`)?.[1];
    if (!link?.includes(`after=${encodeURIComponent(next)}`)) return [`the Link is ${link}`];
    page = await ask({ method: 'GET', target: link, headers: questionOf(inquiry).headers ?? {} });
    if (page.status !== 200) return [`the next page answers ${page.status}`];
    const faults = faultsOf(openApi, { inquiry: { ...inquiry, extra: [] }, answer: page });
    if (faults.length > 0) return faults;
  }
  return [];
}

/** What a problem suggests for a parameter is no problem any more. */
async function suggestionFaults(
  { ask, openApi, ledger }: Fuzzed,
  { inquiry, answer }: Exchange,
): Promise<string[]> {
  const problem = problemOf(answer);
  if (problem?.suggestion === undefined || problem.parameter === undefined) return [];
  const { suggestion, parameter: name } = problem;
  const isUnknown = problem.code === 'unknown_argument';
  const extra = (inquiry.extra ?? []).map((one) =>
    mended(one, name, suggestion, isUnknown ? 'name' : 'value'),
  );
  const args = inquiry.args.map((one) =>
    isUnknown || one.parameter.name !== name
      ? one
      : { ...one, value: writtenAs(readAs({ ...one.parameter, in: 'query' }, textValue(suggestion))) },
  );
  const better: Inquiry = { ...inquiry, args, extra };
  const second = await ask(questionOf(better));
  ledger.note(better, second);
  const faults = faultsOf(openApi, { inquiry: better, answer: second });
  const left = problemOf(second);
  const repeats = left?.code === problem.code && [name, suggestion].includes(`${left.parameter}`);
  return repeats ? [...faults, `"${suggestion}" is suggested for ${name} and refused, too`] : faults;
}

/** A piece of a query with what was suggested in the place of its name or value. */
const mended = (piece: string, name: string, suggestion: string, part: 'name' | 'value'): string =>
  piece
    .split('&')
    .map((one) => {
      const [given = '', ...value] = one.split('=');
      if (decoded(given, true) !== name) return one;
      return part === 'name' ? [suggestion, ...value].join('=') : `${given}=${encoded(suggestion)}`;
    })
    .join('&');
