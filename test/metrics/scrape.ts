/** Metrics as Prometheus reads them: by a reader of its text format that is not ours. */
import parse from 'parse-prometheus-text-format';

export type Labels = Record<string, string>;

export interface Sample {
  labels: Labels;
  value: number;
}

export interface Scrape {
  /** Of series as queries name them: of a histogram `…_bucket`, `…_sum` and `…_count`. */
  names: Set<string>;
  samples: (name: string) => Sample[];
  /** The sum over all samples whose labels are these, and others. */
  sum: (name: string, labels?: Labels) => number;
}

export async function scrape(address: string): Promise<Scrape> {
  const response = await fetch(address);
  if (response.status !== 200) throw new Error(`answered ${response.status}: ${await response.text()}`);
  return read(await response.text());
}

export function read(text: string): Scrape {
  const metrics = parse(
    // Of histograms the reader keeps one only; without their type it reads them sample by sample.
    text.replaceAll(/^# TYPE \S+ histogram$/gm, ''),
  ).filter((one) => one.metrics.length > 0);
  const samples = (name: string): Sample[] =>
    metrics
      .filter((one) => one.name === name)
      .flatMap((one) => one.metrics)
      .map(({ labels = {}, value }) => ({ labels, value: Number(value) }));
  return {
    names: new Set(metrics.map(({ name }) => name)),
    samples,
    sum(name, wanted = {}) {
      const fits = ({ labels }: Sample) =>
        Object.entries(wanted).every(([label, value]) => labels[label] === value);
      return samples(name)
        .filter(fits)
        .reduce((sum, { value }) => sum + value, 0);
    },
  };
}
