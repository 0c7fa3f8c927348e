/** What of a request is traced, for those who trace and those who are traced; nothing of OpenTelemetry is loaded by it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What is known of a request by the time that it ends. */
export interface Told {
  requestId?: string;
  /** As it was registered, `/v1/places/:id`; undefined: there is none. */
  route?: string | undefined;
  /** The release that was served. */
  release?: number | null | undefined;
  /** Whether it was answered before there was any routing. */
  isKept?: boolean;
}

/** What is known of an operation of GraphQL once it was executed. */
export interface OperationTold {
  /** What kind it is, and what its document calls it; undefined of one that was refused. */
  document?: { type: string; name: string | undefined } | undefined;
  /** Which operation of the contract it asks for. */
  operation?: string | undefined;
  /** The code of its first error. */
  failed?: string | undefined;
}

export interface Tracing {
  /** The handler of a server: each request is a span until it ends, and all that is done for it lies below. */
  before(handler: Handler): Handler;
  /** `told` is asked when the request ends. */
  tell(request: IncomingMessage, told: () => Told): void;
  /** Goes on with a request whose body was read meanwhile: what is called when bytes arrive is called for the connection. */
  resume(request: IncomingMessage, next: () => void): void;
  /** What lines of the log bear that are written for a request. */
  ids(): { trace_id?: string; span_id?: string };
  /** A statement of the database. Its text is not told, nor what it is asked with. */
  statement<T>(text: string, run: () => Promise<T>): Promise<T>;
  operation<T>(run: () => Promise<T>, told: (outcome: T) => OperationTold): Promise<T>;
  /** Sends what is left, for `flushMs` at most. */
  close(): Promise<void>;
}

/** What a service that stops waits for a collector. */
export const flushMs = 2000;
