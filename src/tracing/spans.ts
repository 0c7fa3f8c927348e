/** The spans of the service: a request, and below it the operation of GraphQL and the statements of the database. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Context,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  ATTR_DB_COLLECTION_NAME,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_QUERY_SUMMARY,
  ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_URL_PATH,
  ATTR_URL_SCHEME,
  DB_SYSTEM_NAME_VALUE_POSTGRESQL,
} from '@opentelemetry/semantic-conventions';
import {
  ATTR_GRAPHQL_OPERATION_NAME,
  ATTR_GRAPHQL_OPERATION_TYPE,
} from '@opentelemetry/semantic-conventions/incubating';
import type { OperationTold, Told, Tracing } from './tracing.ts';

/** Those that the conventions know; a client can send others. */
const methods = new Set('GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH'.split(' '));

/** Longer texts of clients are cut. */
const textMost = 500;

/** What is done just now, and for what. */
interface Current {
  context: Context;
  span: Span;
}

/** Nothing is registered globally: what is current is known to this tracer alone. */
export function spansOf(tracer: Tracer): Omit<Tracing, 'close'> {
  const propagator = new W3CTraceContextPropagator();
  const current = new AsyncLocalStorage<Current>();
  const begun = new WeakMap<IncomingMessage, Current>();
  const told = new WeakMap<IncomingMessage, () => Told>();
  /** Undefined of what nobody asked for, and of a request that is not traced. */
  const traced = (): Current | undefined => {
    const now = current.getStore();
    return now?.span.isRecording() ? now : undefined;
  };

  return {
    before: (handler) => (request, response) => {
      const parent = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
      const options = { kind: SpanKind.SERVER, attributes: attributesOf(request) };
      const span = tracer.startSpan(methodOf(request), options, parent);
      response.once('close', () => endRequest(span, request, response, told.get(request)?.() ?? {}));
      const now = { context: trace.setSpan(parent, span), span };
      begun.set(request, now);
      current.run(now, handler, request, response);
    },
    tell: (request, what) => void told.set(request, what),
    resume(request, next) {
      const now = begun.get(request);
      if (now === undefined) next();
      else current.run(now, next);
    },
    ids() {
      const now = current.getStore();
      if (now === undefined) return {};
      const { traceId, spanId } = now.span.spanContext();
      return { trace_id: traceId, span_id: spanId };
    },
    async statement(text, run) {
      const now = traced();
      if (now === undefined) return run();
      const table = tableOf(text);
      const summary = table === undefined ? 'SELECT' : `SELECT ${table}`;
      const span = tracer.startSpan(
        summary,
        {
          kind: SpanKind.CLIENT,
          attributes: {
            [ATTR_DB_SYSTEM_NAME]: DB_SYSTEM_NAME_VALUE_POSTGRESQL,
            // The sessions of the service can do nothing else.
            [ATTR_DB_OPERATION_NAME]: 'SELECT',
            [ATTR_DB_QUERY_SUMMARY]: summary,
            ...(table !== undefined && { [ATTR_DB_COLLECTION_NAME]: table }),
          },
        },
        now.context,
      );
      try {
        const result = await run();
        span.end();
        return result;
      } catch (error) {
        fail(span, codeOf(error));
        span.end();
        throw error;
      }
    },
    async operation(run, describe) {
      const now = traced();
      if (now === undefined) return run();
      const span = tracer.startSpan('GraphQL', {}, now.context);
      const outcome = await current.run({ context: trace.setSpan(now.context, span), span }, run);
      endOperation(span, describe(outcome));
      return outcome;
    },
  };
}

const methodOf = ({ method = '' }: IncomingMessage): string => (methods.has(method) ? method : '_OTHER');

function attributesOf(request: IncomingMessage): Record<string, string> {
  const [path = ''] = `${request.url}`.split('?', 1);
  return {
    [ATTR_HTTP_REQUEST_METHOD]: methodOf(request),
    [ATTR_URL_PATH]: path.slice(0, textMost),
    // TLS is the proxy's.
    [ATTR_URL_SCHEME]: 'http',
    [ATTR_NETWORK_PROTOCOL_VERSION]: request.httpVersion,
  };
}

function endRequest(
  span: Span,
  request: IncomingMessage,
  { writableFinished, statusCode }: ServerResponse,
  { requestId, route, release, isKept = false }: Told,
): void {
  if (route !== undefined) {
    span.updateName(`${methodOf(request)} ${route}`);
    span.setAttribute(ATTR_HTTP_ROUTE, route);
  }
  if (requestId !== undefined) span.setAttribute('govdata.request_id', requestId);
  span.setAttribute('govdata.kept', isKept);
  if (release != null) span.setAttribute('govdata.release', release);
  if (writableFinished) span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, statusCode);
  // That a client has gone, or has asked amiss, is no failure of ours.
  if (!writableFinished) span.setAttribute(ATTR_ERROR_TYPE, 'aborted');
  else if (statusCode >= 500) fail(span, `${statusCode}`);
  span.end();
}

function endOperation(span: Span, { document, operation, failed }: OperationTold): void {
  if (document !== undefined) {
    span.updateName(document.type);
    span.setAttribute(ATTR_GRAPHQL_OPERATION_TYPE, document.type);
    if (document.name !== undefined) {
      span.setAttribute(ATTR_GRAPHQL_OPERATION_NAME, document.name.slice(0, textMost));
    }
  }
  if (operation !== undefined) span.setAttribute('govdata.operation', operation);
  if (failed !== undefined) fail(span, failed);
  span.end();
}

/** By a word of a closed list: a message may hold what was asked for. */
function fail(span: Span, type: string): void {
  span.setAttribute(ATTR_ERROR_TYPE, type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The first table that is read. */
const tableOf = (text: string): string | undefined => /\b(?:from|join) "(\w+)"/.exec(text)?.[1];

/** SQLSTATE, or the word of a network fault or of an error of ours. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? `${error.code}` : 'unknown';
