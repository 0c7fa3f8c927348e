/** One answer for all workers: what each counted is added up, and what one that has ended counted is not lost. */
import type { Worker } from 'node:cluster';
import { once } from 'node:events';
import { AggregatorRegistry, Gauge, type PrometheusContentType, type Registry } from 'prom-client';

/** What the process that keeps the workers asks of each. */
export const askForMetrics = 'metrics';

export type Metrics = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** What a worker answers. */
export interface MetricsOfWorker {
  metrics: Metrics;
}

/** What a worker has to answer; one that does not is told of as it was last. */
const answerMs = 1000;

export class Gathering {
  /** Of the workers that listen, what each said last. */
  readonly #said = new Map<Worker, Metrics>();
  /** What workers that have ended counted: without it the sums would fall, which means a restart to Prometheus. */
  #ended: Promise<Metrics> = Promise.resolve([]);
  #running: Promise<string> | undefined;
  #answered = 0;

  /** To be called for each worker before it listens, which it says by a text. */
  follow(worker: Worker): void {
    worker.on('message', (message: string | MetricsOfWorker) => {
      this.#said.set(worker, typeof message === 'string' ? [] : message.metrics);
    });
    worker.once('exit', () => {
      const said = (this.#said.get(worker) ?? []).filter(({ type }) => String(type) !== 'gauge');
      this.#said.delete(worker);
      this.#ended = this.#ended.then((ended) =>
        AggregatorRegistry.aggregate([ended, said]).getMetricsAsJSON(),
      );
    });
  }

  /** In the text format of Prometheus. Who asks while somebody else does is told the same. */
  text(): Promise<string> {
    this.#running ??= this.#gather().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #gather(): Promise<string> {
    const signal = AbortSignal.timeout(answerMs);
    const asked = [...this.#said.keys()].map((worker) => {
      worker.send(askForMetrics, () => undefined);
      return once(worker, 'message', { signal });
    });
    const answers = await Promise.allSettled(asked);
    this.#answered = answers.filter(({ status }) => status === 'fulfilled').length;
    const registry = AggregatorRegistry.aggregate<PrometheusContentType>([
      await this.#ended,
      ...this.#said.values(),
    ]);
    this.#countWorkers(registry);
    return registry.metrics();
  }

  #countWorkers(registry: Registry<PrometheusContentType>): void {
    new Gauge({
      name: 'govdata_workers',
      help: 'Processes that serve.',
      registers: [registry],
    }).set(this.#said.size);
    new Gauge({
      name: 'govdata_workers_answered',
      help: 'Processes that answered within a second when they were asked for these numbers.',
      registers: [registry],
    }).set(this.#answered);
  }
}
