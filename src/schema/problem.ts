/** What each error means to a client, what to do about it, and an example of it: for its page and for docs/errors.md. */
import type { ErrorCode } from '../errors.ts';

interface Explanation {
  /** What it means and what causes it; code stands in backticks. */
  about: string;
  /** What the client does now. */
  remedy: string;
  /** A request that meets it, where one line can show it, and what it is told besides code, status and title. */
  example: {
    request?: string;
    detail: string;
    parameter?: string;
    suggestion?: string;
    available?: string[];
  };
}

export const explanations: Readonly<Record<ErrorCode, Explanation>> = {
  bad_argument: {
    about:
      'An argument has a value that cannot be used: not of its type, form or range, a day that does not exist, a word that is not on the list, a code that lacks its leading zeros or is of another system, a release that does not exist.',
    remedy: 'Correct the argument that `parameter` names.',
    example: {
      request: 'GET /v1/provinces?limit=501',
      detail: '"limit" must be a whole number from 1 to 500, not 501.',
      parameter: 'limit',
    },
  },
  unknown_argument: {
    about: 'The operation has no argument of this name. Nothing is ignored silently.',
    remedy:
      'Take the name that `suggestion` gives, where there is a similar one, or look it up in `/openapi.json`.',
    example: {
      request: 'GET /v1/provinces?lmit=1',
      detail: '"provinces" has no argument "lmit".',
      parameter: 'lmit',
      suggestion: 'limit',
    },
  },
  repeated_argument: {
    about: 'An argument was given twice, in the query or in path and query.',
    remedy: 'Give it once. The values of a list are separated by commas: `topic=economy,culture`.',
    example: {
      request: 'GET /v1/provinces?limit=1&limit=2',
      detail: '"limit" is given more than once; the values of a list are separated by commas.',
      parameter: 'limit',
    },
  },
  missing_argument: {
    about: 'An argument that the operation needs was left out.',
    remedy: 'Add the argument that `parameter` names.',
    example: { request: 'GET /v1/search', detail: '"search" needs the argument "q".', parameter: 'q' },
  },
  bad_cursor: {
    about:
      '`after` is not a cursor of this service, or belongs to another list, to other arguments or to a release that does not exist.',
    remedy:
      'Take `next` of the page before and leave the other arguments as they were, or begin again without `after`.',
    example: {
      request: 'GET /v1/tasks?after=nonsense',
      detail: '"after" is not a cursor that this service gave.',
      parameter: 'after',
    },
  },
  bad_request: {
    about:
      'The request could not be read: it is no valid HTTP, or its address, headers or body are malformed, or not UTF-8.',
    remedy: 'Percent-encode the address, send JSON in UTF-8, and leave the writing of HTTP to a library.',
    example: {
      request: 'GET /v1/provinces?q=%FF',
      detail: 'The query has a malformed percent-encoding or is not UTF-8.',
    },
  },
  graphql_syntax: {
    about: 'The GraphQL document could not be parsed.',
    remedy: 'Correct it where `locations` says.',
    example: { detail: 'Syntax Error: Expected Name, found <EOF>.' },
  },
  graphql_invalid: {
    about:
      'The GraphQL document does not fit the schema: an unknown field, a wrong type, a missing variable.',
    remedy: 'Check it against the schema at `/graphiql`, or generate its types, so that your build finds it.',
    example: { detail: 'Cannot query field "nothing" on type "Query".' },
  },
  query_too_large: {
    about:
      'The GraphQL document is longer, deeper or has more parts than the limits allow, or asks for too many records.',
    remedy: 'Ask for smaller pages, or in several requests. `/v1/config` lists the limits.',
    example: { detail: 'The document has more than 30 fields of Query, which queryRootFieldsMax allows.' },
  },
  operation_mismatch: {
    about:
      'A document was sent and named at once, or named twice, and the names are not those of one document.',
    remedy:
      'The hash is the SHA-256 of the very text that is sent, in lower-case hexadecimal. Send it of that, or alone.',
    example: { detail: 'The hash is not that of the document that was sent.' },
  },
  operation_not_registered: {
    about:
      'The service runs with `GRAPHQL_OPERATIONS=registered` and answers persisted operations alone; the document that was sent is none.',
    remedy: 'Who runs the service registers its file with `govdata operations register`.',
    example: { detail: 'This document is not registered.' },
  },
  operation_not_found: {
    about:
      'No persisted operation is registered under this hash or id. In `message` GraphQL says `PersistedQueryNotFound`, which clients look for to send the document itself.',
    remedy: 'Do what stands in `detail`.',
    example: { detail: 'No operation is registered under this hash. Send the document beside it.' },
  },
  origin_not_allowed: {
    about: 'A page of another origin than `CORS_ORIGIN` wants to open a WebSocket.',
    remedy: 'Who runs the service sets `CORS_ORIGIN`; a program that is no page sends no `Origin`.',
    example: { detail: 'Pages of https://example.org may not connect.' },
  },
  not_found: {
    about:
      'No record has this code or id, or had none on the day of `on`. An abolished place is found, with its successors; only what never existed is not.',
    remedy: 'Look it up: `/v1/search` finds by name, `POST /v1/places/lookup` many places at once.',
    example: { request: 'GET /v1/provinces/97', detail: 'No province has the code 97.', parameter: 'code' },
  },
  no_such_route: {
    about: 'There is nothing at this address.',
    remedy: '`suggestion` is the nearest one, where one is near; `/docs` shows all.',
    example: {
      request: 'GET /v1/provinses',
      detail: 'There is nothing at /v1/provinses. Did you mean /v1/provinces?',
      suggestion: '/v1/provinces',
    },
  },
  method_not_allowed: {
    about: 'The address exists and does not answer this method.',
    remedy: 'Use one of those that the header `Allow` and `available` list.',
    example: {
      request: 'DELETE /v1/provinces',
      detail: '/v1/provinces answers GET, HEAD, OPTIONS, not DELETE.',
      available: ['GET', 'HEAD', 'OPTIONS'],
    },
  },
  not_acceptable: {
    about:
      'The client accepts none of the formats that are served at this address, by `Accept`, or none of the encodings, by `Accept-Encoding`.',
    remedy: 'Accept one of those that `available` lists, or leave the header out.',
    example: {
      request: 'GET /v1/config, with Accept: text/csv',
      detail: 'This address is served as application/json.',
      available: ['application/json'],
    },
  },
  request_timeout: {
    about:
      'The request did not arrive in the time that it has: 10 seconds for the headers, 30 for all of it.',
    remedy: 'Open the connection when the request is ready to be sent, and ask again.',
    example: { detail: 'The request did not arrive in the time that it has.' },
  },
  precondition_failed: {
    about: '`If-Match` names an answer that this one no longer is: there is a newer release, or another day.',
    remedy:
      'Ask without `If-Match` and go on with the new answer; `release=` asks for that of an earlier release.',
    example: { detail: 'The answer is no longer the one that If-Match names.' },
  },
  body_too_large: {
    about: 'The request body is larger than `bodyBytesMax` of `/v1/config`.',
    remedy: 'Ask in several requests.',
    example: { detail: 'The request body is larger than the service reads.' },
  },
  uri_too_long: {
    about: 'A part of the path is longer than any id or code.',
    remedy: 'Check what the path was put together from.',
    example: {
      request: `GET /v1/tasks/task:${'a'.repeat(300)}`,
      detail: 'A part of the path is too long to be an id or code.',
    },
  },
  unsupported_media_type: {
    about:
      'A request body, of GraphQL or of `POST /v1/places/lookup`, is of another type than `application/json`, or encoded.',
    remedy: 'Send JSON as it is, with `Content-Type: application/json` and without `Content-Encoding`.',
    example: { detail: 'Send the request body as application/json.' },
  },
  too_many_subscriptions: {
    about: 'A WebSocket connection has `subscriptionsMax` of `/v1/config` already.',
    remedy: 'End one, or open another connection.',
    example: { detail: 'This connection has 10 subscriptions, which subscriptionsMax allows.' },
  },
  too_many_requests: {
    about:
      'The address has sent as many requests as it may in a while, by `RATE_LIMIT`, or has as many WebSocket connections as it may, by `SOCKETS_PER_ADDRESS`. The headers `RateLimit-Policy` and `RateLimit` of every answer say how many it may send, and how many are left.',
    remedy:
      'Ask again after the seconds in `Retry-After`; keep answers, and ask for whole lists as files rather than record by record.',
    example: { detail: 'An address may send 600 requests in 60 s; this one has.' },
  },
  headers_too_large: {
    about: 'Address and headers together take more than 16 KiB.',
    remedy: 'Leave out headers that are not for this service, such as cookies; shorten lists of arguments.',
    example: { detail: 'The address and headers together may take 16 KiB.' },
  },
  internal: {
    about:
      "The service failed, and it is not the client's doing. What happened is in the log, under the id of the request; the answer says nothing of it.",
    remedy: 'Tell who runs the service the `requestId`. To ask again does no harm, and may not help.',
    example: { detail: 'The service failed. The request id finds the cause in its log.' },
  },
  unavailable: {
    about: 'The database is away, stopping or too slow just now.',
    remedy: 'Ask again after the seconds in `Retry-After`.',
    example: { detail: 'The database cannot be reached.' },
  },
  overloaded: {
    about:
      'There is more to do than the service can, and this request would have waited for too long; nothing was done for it.',
    remedy:
      'Ask again after the seconds in `Retry-After`, and after twice as many each time that you are told so again.',
    example: { detail: 'A request would wait 1240 ms for the database.' },
  },
};
