/** Spans on their way to a collector, by OTLP over HTTP: in batches, beside all else, and lost where it cannot be reached. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ExportResult, ExportResultCode, parseKeyPairsIntoRecord } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { ATTR_PROCESS_PID, ATTR_SERVICE_INSTANCE_ID } from '@opentelemetry/semantic-conventions/incubating';
import type { SamplerName, TraceSettings } from '../config/traces.ts';
import { programVersion } from '../version.ts';
import { spansOf } from './spans.ts';
import { flushMs, type Tracing } from './tracing.ts';

/** What an export may take, with all that it tries again: less than what a process may take to stop. */
const exportMs = 5000;

export function openTracing(url: string, settings: TraceSettings, log: (line: string) => void): Tracing {
  const { otlpHeaders = '', otelServiceName, otelResourceAttributes = '' } = settings;
  const given = parseKeyPairsIntoRecord(otelResourceAttributes);
  const headers = parseKeyPairsIntoRecord(otlpHeaders);
  const exporter = new Exporter({ url, headers, timeoutMillis: exportMs }, log);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: 'govdata',
      [ATTR_SERVICE_VERSION]: programVersion,
      [ATTR_SERVICE_INSTANCE_ID]: randomUUID(),
      [ATTR_PROCESS_PID]: process.pid,
      ...given,
      ...(otelServiceName !== undefined && { [ATTR_SERVICE_NAME]: otelServiceName }),
    }),
    sampler: samplerOf(settings.otelTracesSampler, settings.otelTracesSamplerArg),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  return {
    ...spansOf(provider.getTracer('govdata', programVersion)),
    async close() {
      // What could not be sent by then was said to be so, or is of a collector that hangs.
      await Promise.race([
        Promise.allSettled([provider.shutdown()]),
        sleep(flushMs, undefined, { ref: false }),
      ]);
    },
  };
}

/** Says once that the collector cannot be reached, and once that it can be again. */
class Exporter extends OTLPTraceExporter {
  readonly #log: (line: string) => void;
  readonly #collector: string;
  #isAway = false;

  constructor(
    options: { url: string; headers: Record<string, string>; timeoutMillis: number },
    log: (line: string) => void,
  ) {
    super(options);
    this.#log = log;
    this.#collector = new URL(options.url).origin;
  }

  override export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    super.export(spans, (result) => {
      this.#tell(result);
      done(result);
    });
  }

  #tell({ code, error }: ExportResult): void {
    const isAway = code !== ExportResultCode.SUCCESS;
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    const { message } = error ?? {};
    this.#log(
      isAway
        ? `spans cannot be exported to ${this.#collector}: ${message}`
        : `spans are exported to ${this.#collector} again`,
    );
  }
}

function samplerOf(name: SamplerName, ratio: number): Sampler {
  const own = name.replace('parentbased_', '');
  const root =
    own === 'traceidratio'
      ? new TraceIdRatioBasedSampler(ratio)
      : own === 'always_on'
        ? new AlwaysOnSampler()
        : new AlwaysOffSampler();
  return own === name ? root : new ParentBasedSampler({ root });
}
