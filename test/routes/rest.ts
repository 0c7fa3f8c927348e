/** For tests of the REST mouth: a service, and what every problem document must look like. */
import type { LightMyRequestResponse } from 'fastify';
import type { Test } from 'tap';
import { type ErrorCode, errorCodes } from '../../src/errors.ts';

interface Expected {
  code: ErrorCode;
  detail: string | RegExp;
  parameter?: string;
  suggestion?: string;
  available?: readonly string[];
}

/** That an answer is the problem document of a code, whole, and not to be kept. */
export function isProblem(t: Test, response: LightMyRequestResponse, expected: Expected): void {
  const { status, title } = errorCodes[expected.code];
  t.equal(response.statusCode, status);
  t.match(response.headers, {
    'content-type': /^application\/problem\+json/,
    'cache-control': 'no-store',
    'x-request-id': String,
  });
  t.notOk(response.headers.etag);
  const body = response.json();
  t.match(body, { ...expected, type: `/docs/problems/${expected.code}`, status, title });
  t.equal(body.requestId, response.headers['x-request-id']);
  const always = ['type', 'code', 'status', 'title', 'detail', 'instance', 'requestId'];
  const sometimes = (['parameter', 'suggestion', 'available'] as const).filter(
    (name) => expected[name] !== undefined,
  );
  t.strictSame(Object.keys(body).sort(), [...always, ...sometimes].sort());
}
