/** A collector of OpenTelemetry: it takes spans by OTLP over HTTP, as JSON, and tells what it was told. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';

type Value = Record<string, unknown>;

export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: { code: number };
  attributes: Record<string, unknown>;
  resource: Record<string, unknown>;
}

interface Attribute {
  key: string;
  value: Value;
}

const attributesOf = (list: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(list.map(({ key, value }) => [key, Object.values(value)[0]]));

function spansOf(body: string): ReceivedSpan[] {
  const { resourceSpans } = JSON.parse(body) as {
    resourceSpans: {
      resource: { attributes: Attribute[] };
      scopeSpans: { spans: (Omit<ReceivedSpan, 'attributes'> & { attributes: Attribute[] })[] }[];
    }[];
  };
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map((span) => ({
        ...span,
        attributes: attributesOf(span.attributes),
        resource: attributesOf(resource.attributes),
      })),
  );
}

export async function collector(t: Test, port = 0) {
  const spans: ReceivedSpan[] = [];
  const requests: { path: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
  let answer: number | undefined = 200;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    requests.push({ path: request.url, headers: request.headers, body });
    if (answer === undefined) return;
    if (answer === 200) spans.push(...spansOf(body));
    response.writeHead(answer, { 'content-type': 'application/json' }).end('{}');
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    /** What comes from now on is answered by this status; undefined: never. */
    answerBy(status: number | undefined): void {
      answer = status;
    },
    /** The spans of a request, by the id that it was given, once they have come: it ends last. */
    async of(requestId: string): Promise<ReceivedSpan[]> {
      for (;;) {
        const root = spans.find(({ attributes }) => attributes['govdata.request_id'] === requestId);
        if (root !== undefined) return spans.filter(({ traceId }) => traceId === root.traceId);
        await sleep(20);
      }
    },
  };
}
