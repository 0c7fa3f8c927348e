/** Whether an answer is one that the OpenAPI document promises for what was asked. */
import { type DescribedOperation, essenceOf, type Json, type OpenApi } from './document.ts';
import { faultsOfBody } from './readers.ts';
import type { Answer } from './service.ts';
import { type Argument, decoded, type Inquiry, questionOf, refusedBy } from './value.ts';

export interface Problem {
  type: string;
  code: string;
  status: number;
  parameter?: string;
  suggestion?: string;
  requestId: string;
}

/** What the document says of an inquiry before it is answered. */
export interface Judgement {
  /** Its address is that of another operation, or of none. */
  elsewhere: boolean;
  /** Names of what must be refused; `accept`: nothing is served that is accepted. */
  wrong: ReadonlySet<string>;
}

export function judge(openApi: OpenApi, inquiry: Inquiry): Judgement {
  const { operation, args, extra = [], accept } = inquiry;
  const wrong = new Set(refusedBy(openApi, args).map(({ parameter }) => parameter.name));
  const given = new Set(args.map(({ parameter }) => parameter.name));
  const known = new Set(operation.parameters.map(({ name }) => name));
  for (const piece of extra.flatMap((one) => one.split('&')).filter((one) => one !== '')) {
    const name = decoded(piece.split('=', 1).join(''), true);
    const value = decoded(piece.split('=').slice(1).join('='), true);
    // What a reader would take for another argument is told apart by nobody: it is unknown, or given twice.
    if (name === undefined || value === undefined) wrong.add('?');
    else if (!known.has(name) || given.has(name)) wrong.add(name);
    else {
      const parameter = operation.parameters.find((one) => one.name === name) as Argument['parameter'];
      const raw = piece.split('=').slice(1).join('=');
      if (refusedBy(openApi, [{ parameter, value: { raw, json: raw } }]).length > 0) wrong.add(name);
      given.add(name);
    }
  }
  // As it is sent: without anything there is no question mark either.
  if (operation.method === 'POST' && extra.join('&') !== '') wrong.add('?');
  for (const { name, required } of operation.parameters) if (required && !given.has(name)) wrong.add(name);
  const served = [...(operation.responses.get(200)?.keys() ?? [])];
  const plain = accept !== undefined && /^[a-z]+\/[a-z.+-]+$/.test(accept) && !served.includes(accept);
  if (plain) wrong.add('accept');
  return { elsewhere: isElsewhere(openApi, inquiry), wrong };
}

function isElsewhere(openApi: OpenApi, { operation, args }: Inquiry): boolean {
  const path = questionOf({ operation, args }).target.split('?', 1).join('');
  const own = patternOf(operation.path).test(path);
  return !own || openApi.operations.some((other) => other.path === path && other !== operation);
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);

/** What is refused although it fits the schema, with what the schema cannot say. */
const beyondSchemas: readonly {
  code: string;
  parameter: RegExp;
  holds: (value: string, inquiry: Inquiry) => boolean;
}[] = [
  // Which releases there are, and what day it is, is no part of the contract; nor are both asked for at once.
  { code: 'bad_argument', parameter: /^(release|asOf)$/, holds: () => true },
  // A cursor is opaque.
  { code: 'bad_cursor', parameter: /^after$/, holds: () => true },
  // A pattern knows the form of a day, and not that it exists; there is no year 0.
  {
    code: 'bad_argument',
    parameter: /./,
    holds: (value) => /^\d{4}-\d\d-\d\d$/.test(value) && !isDay(value),
  },
  // A place is named by its id or by level and code, and each level has its codes.
  {
    code: 'bad_argument',
    parameter: /^(place|within|parent|id)$/,
    holds: (value) =>
      !/^(place|place_version):|^(province:\d{2}|district:\d{3}|commune:\d{5}|country:[A-Z]{2})$/.test(value),
  },
  // A span that is backwards, or of more cells than one answer holds.
  {
    code: 'bad_argument',
    parameter: /^from$/,
    holds: (_value, { operation }) => /^\/v1\/(coverage|places\/crosswalk)\b/.test(operation.path),
  },
  // A file is the whole list; OpenAPI has no parameters of a media type.
  {
    code: 'unknown_argument',
    parameter: /^(limit|after)$/,
    holds: (_value, { accept }) => accept !== undefined,
  },
];

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && !text.startsWith('0000');
}

export interface Exchange {
  inquiry: Inquiry;
  answer: Answer;
}

/** What is wrong with an answer; empty: nothing. */
export function faultsOf(openApi: OpenApi, { inquiry, answer }: Exchange): string[] {
  const { operation, method } = inquiry;
  const { status, headers } = answer;
  const judgement = judge(openApi, inquiry);
  const faults: string[] = [];
  if (status >= 500) faults.push(`status ${status}`);
  const listed = operation.responses.get(status);
  const byAddress = judgement.elsewhere && [400, 404, 405, 414].includes(status);
  if (listed === undefined && !byAddress) faults.push(`status ${status} is not listed`);
  if (`${headers['x-request-id'] ?? ''}` === '') faults.push('no X-Request-Id');
  if (method === 'HEAD' || status === 304) {
    if (answer.body.length > 0) faults.push(`a body of ${answer.body.length} bytes`);
  } else {
    const type = essenceOf(`${headers['content-type']}`);
    const schema = (listed ?? openApi.operations[0]?.responses.get(400))?.get(type);
    if (schema === undefined && !judgement.elsewhere) faults.push(`${type} is not listed`);
    else
      faults.push(
        ...faultsOfBody(answer, { openApi, schema: schema ?? {}, item: itemOf(openApi, operation) }),
      );
    if (status >= 400) faults.push(...faultsOfProblem({ inquiry, answer }, judgement));
  }
  const refused = [...judgement.wrong];
  if (status < 400 && refused.length > 0 && !judgement.elsewhere) {
    faults.push(`answered although the document does not allow ${refused.join(', ')}`);
  }
  if (status === 200 && operation.method === 'GET' && !headers.etag) faults.push('no ETag');
  return faults;
}

/** A refusal is a problem document that says what the document, too, finds wrong. */
function faultsOfProblem({ inquiry, answer }: Exchange, { wrong, elsewhere }: Judgement): string[] {
  const problem = problemOf(answer);
  if (problem === undefined) return ['the refusal is no problem document'];
  const faults: string[] = [];
  if (problem.status !== answer.status)
    faults.push(`the problem says ${problem.status}, HTTP ${answer.status}`);
  if (problem.requestId !== answer.headers['x-request-id']) faults.push('the problem has another request id');
  if (!/^\/docs\/problems(#|\/)\w+$/.test(problem.type)) faults.push(`the type is ${problem.type}`);
  const { code, parameter = '' } = problem;
  const value = inquiry.args.find(({ parameter: { name } }) => name === parameter)?.value.json;
  const explained = [value]
    .flat()
    .some((one) =>
      beyondSchemas.some(
        (each) => each.code === code && each.parameter.test(parameter) && each.holds(String(one), inquiry),
      ),
    );
  if (answer.status !== 400 || elsewhere || explained) return faults;
  if (wrong.size === 0) faults.push(`${code} ${parameter} although the document allows all of it`);
  const about = ['bad_argument', 'bad_cursor', 'missing_argument', 'unknown_argument', 'repeated_argument'];
  if (about.includes(code) && wrong.size > 0 && !wrong.has(parameter)) {
    faults.push(`${code} ${parameter}, where the document does not allow ${[...wrong].join(', ')}`);
  }
  return faults;
}

export function problemOf({ headers, body }: Answer): Problem | undefined {
  if (essenceOf(`${headers['content-type']}`) !== 'application/problem+json' || body.length === 0)
    return undefined;
  return JSON.parse(body.toString('utf8')) as Problem;
}

/** The schema of the records that a file of the list holds: that of the items of a page. */
function itemOf(openApi: OpenApi, { path }: DescribedOperation): Json | undefined {
  const list = openApi.operations.find(
    (one) =>
      (path === one.path || path.startsWith(`${one.path}.`)) &&
      one.responses.get(200)?.has('application/json'),
  );
  const page = list?.responses.get(200)?.get('application/json');
  const items =
    page && ((openApi.follow(page)['properties'] as Json | undefined)?.['items'] as Json | undefined);
  return items?.['items'] as Json | undefined;
}
