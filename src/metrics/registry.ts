/** What `/metrics` says of one process, in the words of Prometheus: all of it is read when somebody asks. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { programVersion } from '../version.ts';
import { boundsOfSeconds, type RequestCounts, type Series } from './counts.ts';

/** How often something was looked for: found, waited for with somebody else, not there. */
type Lookups = Readonly<{ hit: number; joined?: number; miss: number }>;

/** What there is to measure in an application. */
export interface Measured {
  requests: RequestCounts;
  traffic: { readonly inFlight: number };
  cache: {
    answers: { size: { answers: number; bytes: number }; lookups: Lookups };
    front: { size: { requests: number; bytes: number }; lookups: Lookups };
  };
  pool: { totalCount: number; idleCount: number; waitingCount: number; options: { max: number } };
  /** Undefined before the first question, and where no answer is kept. */
  release: () => { number: number; ageMs: number } | undefined;
}

/** Of several processes, numbers are added up, unless another rule is given. */
export function registryOf(measured: Measured): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  new Gauge({
    name: 'govdata_info',
    help: 'The version of the program; always 1.',
    labelNames: ['version'],
    aggregator: 'first',
    registers,
  }).set({ version: programVersion }, 1);
  ofRequests(measured, registers);
  ofCache(measured, registers);
  ofPool(measured, registers);
  ofRelease(measured, registers);
  return register;
}

function ofRequests({ requests, traffic }: Measured, registers: Registry[]): void {
  new Counter({
    name: 'govdata_requests_total',
    help: 'Requests that have ended, by mouth, operation and status; aborted: the client has gone.',
    labelNames: ['mouth', 'operation', 'status'],
    registers,
    collect() {
      this.reset();
      for (const { mouth, operation, ended } of requests.all()) {
        for (const [status, count] of ended) this.inc({ mouth, operation, status }, count);
      }
    },
  });
  new Durations(requests, registers);
  new Gauge({
    name: 'govdata_requests_in_flight',
    help: 'Requests that have arrived and not ended, WebSockets among them.',
    registers,
    collect() {
      this.set(traffic.inFlight);
    },
  });
}

const durations = {
  name: 'govdata_request_duration_seconds',
  help: 'From the arrival of a request to the last byte of its answer.',
};

/** Made from counts: to observe each request would cost more than to answer one that is known. */
class Durations extends Histogram<'mouth' | 'operation'> {
  readonly #requests: RequestCounts;

  constructor(requests: RequestCounts, registers: Registry[]) {
    super({
      ...durations,
      labelNames: ['mouth', 'operation'],
      buckets: [...boundsOfSeconds],
      registers,
    });
    this.#requests = requests;
  }

  /** What a registry takes from a histogram, for any of its formats. */
  async getForPromString() {
    const values = [...this.#requests.all()].flatMap((one) => this.#valuesOf(one));
    return { ...durations, type: 'histogram', aggregator: 'sum', values };
  }

  #valuesOf({ mouth, operation, byBound, seconds }: Series) {
    const of = { labels: {}, sharedLabels: { mouth, operation } };
    let count = 0;
    const buckets = byBound.map((more, at) => {
      count += more;
      const le = boundsOfSeconds[at] ?? '+Inf';
      return { metricName: `${durations.name}_bucket`, ...of, labels: { le }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${durations.name}_sum`, ...of, value: seconds },
      { metricName: `${durations.name}_count`, ...of, value: count },
    ];
  }
}

function ofCache({ cache: { answers, front } }: Measured, registers: Registry[]): void {
  const sizes = () => ({
    front: { entries: front.size.requests, bytes: front.size.bytes },
    answers: { entries: answers.size.answers, bytes: answers.size.bytes },
  });
  new Counter({
    name: 'govdata_cache_lookups_total',
    help: 'Requests looked up before routing (front), and answers looked up by the mouths (answers).',
    labelNames: ['cache', 'result'],
    registers,
    collect() {
      this.reset();
      for (const [cache, { lookups }] of Object.entries({ front, answers })) {
        for (const [result, count] of Object.entries(lookups)) this.inc({ cache, result }, count);
      }
    },
  });
  for (const what of ['entries', 'bytes'] as const) {
    new Gauge({
      name: `govdata_cache_${what}`,
      help: `The ${what} that are kept: heads of known requests (front), bodies (answers).`,
      labelNames: ['cache'],
      registers,
      collect() {
        for (const [cache, size] of Object.entries(sizes())) this.set({ cache }, size[what]);
      },
    });
  }
}

function ofPool({ pool }: Measured, registers: Registry[]): void {
  new Gauge({
    name: 'govdata_pool_connections',
    help: 'Connections of the pool to the database, by state.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
    },
  });
  new Gauge({
    name: 'govdata_pool_connections_max',
    help: 'Connections that the pool may open, POOL_SIZE for each process.',
    registers,
  }).set(pool.options.max);
  new Gauge({
    name: 'govdata_pool_waiting',
    help: 'Statements that wait for a connection of the pool.',
    registers,
    collect() {
      this.set(pool.waitingCount);
    },
  });
}

function ofRelease({ release }: Measured, registers: Registry[]): void {
  new Gauge({
    name: 'govdata_release_number',
    help: 'The release that is served as the current one; of several processes, the earliest.',
    aggregator: 'min',
    registers,
    collect() {
      const known = release();
      if (known === undefined) this.remove();
      else this.set(known.number);
    },
  });
  new Gauge({
    name: 'govdata_release_reading_age_seconds',
    help: 'Since when the number of the release was last confirmed by the database; it grows while nobody asks.',
    aggregator: 'max',
    registers,
    collect() {
      const known = release();
      if (known === undefined) this.remove();
      else this.set(known.ageMs / 1000);
    },
  });
}
