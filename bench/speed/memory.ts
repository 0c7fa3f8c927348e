/** What memory a node has under full load for minutes: many different questions, most of which the cache cannot hold. */
import { setTimeout as sleep } from 'node:timers/promises';
import { get, load, writeRequests } from './load.ts';
import type { Part, Section } from './parts.ts';
import { memoryOf, peakOf } from './processes.ts';
import { documents, graphqlPost, pagePaths, placePath, readQuestions, seriesPath } from './questions.ts';
import { Servers } from './servers.ts';
import { settings } from './settings.ts';

/** Samples of a run. */
const samples = 60;

interface Sample {
  seconds: number;
  mebibytes: number;
}

export async function memory({ data }: Part): Promise<Section> {
  const { url } = await data();
  const servers = new Servers();
  try {
    const service = await servers.service(url, { cache: 'own' });
    const { communes, series, pages } = await readQuestions(url);
    const paths = await pagePaths(service.address, pages);
    const requests = communes.flatMap((code, index) => {
      const [line, path] = [series[index], paths[index]];
      if (line === undefined || path === undefined) return [];
      const { indicator: i, place: p } = line;
      return [
        ...[placePath(code), seriesPath(line), path].map((one) => get(one)),
        graphqlPost(documents.series.ours, { i, p }),
      ];
    });
    const seconds = Math.ceil(settings.memoryMinutes * 60);
    const { address, pid } = service;
    const idle = memoryOf(pid);
    const begin = performance.now();
    const loading = load({
      address,
      seconds,
      file: writeRequests(requests),
      connections: settings.connections,
    });
    const taken: Sample[] = [];
    for (let index = 1; index < samples; index += 1) {
      await sleep((seconds * 1000) / samples);
      taken.push({ seconds: (performance.now() - begin) / 1000, mebibytes: memoryOf(pid) });
    }
    const answered = await loading;
    if (answered.errors > 0) throw new Error(`memory: ${answered.errors} errors`);
    return sectionOf(taken, { idle, peak: peakOf(pid), perSecond: answered.requests / answered.seconds });
  } finally {
    await servers.stop();
  }
}

/** Flat: the last third has no more than the second. */
function sectionOf(
  taken: Sample[],
  { idle, peak, perSecond }: Record<'idle' | 'peak' | 'perSecond', number>,
) {
  const third = Math.floor(taken.length / 3);
  const most = (list: Sample[]): number => Math.max(...list.map(({ mebibytes }) => mebibytes));
  const parts = [taken.slice(0, third), taken.slice(third, 2 * third), taken.slice(2 * third)];
  const firstMinute = taken.find(({ seconds }) => seconds >= 60) ?? taken.at(-1);
  const figures = [
    ...[idle, firstMinute?.mebibytes ?? Number.NaN, ...parts.map(most)],
    ...[taken.at(-1)?.mebibytes ?? Number.NaN, peak, perSecond],
  ];
  return {
    title: `Memory of a node in ${settings.memoryMinutes} minutes of full load`,
    text: `Places, series, pages of a hundred and GraphQL series in turns, ${settings.connections} connections; resident memory in MiB, ${samples} samples. The goal is at most 250, and flat.`,
    rows: [
      [
        'idle',
        'after a minute',
        'most in the first third',
        'second',
        'last',
        'at the end',
        'peak',
        'answers/s',
      ],
      figures.map((value) => value.toFixed(0)),
    ],
    raw: { idle, peak, perSecond, taken },
  };
}
