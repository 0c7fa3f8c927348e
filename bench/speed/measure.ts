/** Rounds in turns: who is measured, what a round gave, and how rounds are summed up. */
import { setTimeout as sleep } from 'node:timers/promises';
import { median, type Running } from '../service.ts';
import { type Asked, type Load, load, writeRequests } from './load.ts';
import { cpuOf, peakOf } from './processes.ts';
import { isQuick, settings } from './settings.ts';

export interface Round {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Of an answer, with its head. */
  bytes: number;
  /** Microseconds of processor time for an answer: of the program that answers, and of PostgreSQL. */
  programUs: number;
  postgresUs: number;
  errors: number;
}

/** Who answers the question of a workload, the service or a peer. */
export interface Contender {
  name: string;
  run(seconds: number): Promise<Round>;
  /** Of the program, in MiB, so far. */
  peak(): number;
}

export interface Workload {
  name: string;
  /** Of the service to the first of its peers: requests a second. */
  goal: number;
  /** Rounds are so many times as long: of large answers few are ready in a short one. */
  longer?: number;
  /** Then its peers, the baseline first. */
  contenders: readonly [Contender, ...Contender[]];
}

export interface Result extends Round {
  workload: string;
  goal: number;
  who: string;
  least: number;
  most: number;
  peak: number;
  rounds: Round[];
}

/** Who answers over HTTP. */
export function overHttp(
  name: string,
  { address, pid }: Running,
  requests: readonly Asked[],
  postgres: number | undefined,
  connections = settings.connections,
): Contender {
  const of: Omit<Load, 'seconds'> = { address, file: writeRequests(requests), connections };
  return {
    name,
    peak: () => peakOf(pid),
    async run(seconds) {
      const before = [cpuOf(pid), postgres === undefined ? 0 : cpuOf(postgres)] as const;
      const answered = await load({ ...of, seconds });
      const { requests: count } = answered;
      if (Number.isNaN(peakOf(pid))) throw new Error(`${name} ended while it was asked`);
      return {
        perSecond: count / answered.seconds,
        p50: answered.p50,
        p99: answered.p99,
        bytes: answered.bytes / count,
        programUs: (cpuOf(pid) - before[0]) / count,
        postgresUs: postgres === undefined ? 0 : (cpuOf(postgres) - before[1]) / count,
        errors: answered.errors,
      };
    },
  };
}

const pauseMs = 500;

/** Warms all up, then lets each have its turn, round by round. */
export async function measure({ name, goal, longer = 1, contenders }: Workload): Promise<Result[]> {
  const seconds = settings.seconds * longer;
  for (const one of contenders) await one.run(isQuick ? 1 : Math.ceil(seconds / 2));
  const rounds = new Map<Contender, Round[]>(contenders.map((one) => [one, []]));
  for (let round = 0; round < settings.rounds; round += 1) {
    for (const one of contenders) {
      // Who was asked before finishes what nobody waits for any more.
      await sleep(pauseMs);
      rounds.get(one)?.push(await one.run(seconds));
    }
  }
  return [...rounds].map(([one, list]) => {
    const result = summed(list);
    if (result.errors > 0) throw new Error(`${name}: ${one.name} made ${result.errors} errors`);
    console.error(`${name}: ${one.name} ${result.perSecond.toFixed(0)}/s`);
    return { ...result, workload: name, goal, who: one.name, peak: one.peak(), rounds: list };
  });
}

function summed(rounds: readonly Round[]): Round & Pick<Result, 'least' | 'most'> {
  const of = (key: keyof Round): number => median(rounds.map((one) => one[key]));
  const rates = rounds.map(({ perSecond }) => perSecond);
  return {
    ...{ perSecond: of('perSecond'), least: Math.min(...rates), most: Math.max(...rates) },
    ...{ p50: of('p50'), p99: of('p99'), bytes: of('bytes') },
    ...{ programUs: of('programUs'), postgresUs: of('postgresUs') },
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
  };
}
