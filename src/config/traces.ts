/** Settings of traces, by the names that OpenTelemetry gives them. */
import { oneOf, type Setting } from './setting.ts';

export const samplers = [
  ...(['always_on', 'always_off', 'traceidratio'] as const),
  ...(['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const),
] as const;
export type SamplerName = (typeof samplers)[number];

export interface TraceSettings {
  otelSdkDisabled: boolean;
  /** Undefined, both: nothing is traced. */
  otlpEndpoint: string | undefined;
  otlpTracesEndpoint: string | undefined;
  otlpHeaders: string | undefined;
  otelServiceName: string | undefined;
  otelResourceAttributes: string | undefined;
  otelTracesSampler: SamplerName;
  otelTracesSamplerArg: number;
}

const endpoint: Pick<Setting<string>, 'rule' | 'read' | 'default'> = {
  default: null,
  rule: 'an address that begins with http:// or https://',
  read: (text) => (/^https?:\/\//.test(text) && URL.canParse(text) ? text : undefined),
};

/** As of a header `baggage`: values are percent-encoded. */
const pairs: Pick<Setting<string>, 'rule' | 'read' | 'default'> = {
  default: null,
  rule: 'pairs like name=value, separated by commas',
  read: (text) => (/^[^=,\s]+=[^,]*(,\s*[^=,\s]+=[^,]*)*,?$/.test(text) ? text : undefined),
};

const truth: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

export const traces: { readonly [K in keyof TraceSettings]: Setting<TraceSettings[K]> } = {
  otelSdkDisabled: {
    name: 'OTEL_SDK_DISABLED',
    description: '`true`: nothing is traced, whatever else is set.',
    default: 'false',
    rule: 'true or false',
    read: (text) => truth.get(text.toLowerCase()),
  },
  otlpEndpoint: {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    description:
      'Collector of OpenTelemetry that spans are sent to, by OTLP over HTTP at `/v1/traces` below it. Unset: nothing is traced.',
    ...endpoint,
  },
  otlpTracesEndpoint: {
    name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    description: 'The same as a whole address, which comes first.',
    ...endpoint,
  },
  otlpHeaders: {
    name: 'OTEL_EXPORTER_OTLP_HEADERS',
    description: 'Headers that the collector wants, such as `authorization=Bearer%20…`, separated by commas.',
    ...pairs,
    secret: true,
  },
  otelServiceName: {
    name: 'OTEL_SERVICE_NAME',
    description:
      'What the service is called in traces. Unset: `service.name` of the attributes, or `govdata`.',
    default: null,
    rule: 'a name',
    read: (text) => text,
  },
  otelResourceAttributes: {
    name: 'OTEL_RESOURCE_ATTRIBUTES',
    description:
      'What else every span says of the service, such as `deployment.environment.name=staging`, separated by commas.',
    ...pairs,
  },
  otelTracesSampler: {
    name: 'OTEL_TRACES_SAMPLER',
    description: `Which requests are traced: ${samplers.join(', ')}.`,
    default: 'parentbased_always_on',
    ...oneOf(samplers),
  },
  otelTracesSamplerArg: {
    name: 'OTEL_TRACES_SAMPLER_ARG',
    description: 'Of a sampler by ratio, the part of all traces, from 0 to 1.',
    default: '1',
    rule: 'a number from 0 to 1',
    read: (text) => (/^(0(\.\d+)?|1(\.0+)?)$/.test(text) ? Number(text) : undefined),
  },
};

/** Where spans go; undefined: nowhere. */
export function collectorOf(settings: TraceSettings): string | undefined {
  const { otelSdkDisabled, otlpEndpoint, otlpTracesEndpoint } = settings;
  if (otelSdkDisabled) return undefined;
  if (otlpTracesEndpoint !== undefined || otlpEndpoint === undefined) return otlpTracesEndpoint;
  const url = new URL(otlpEndpoint);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}
