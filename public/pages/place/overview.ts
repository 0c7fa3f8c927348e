/** What is asked of a place at once, and of which years that speaks. */
import { type Answer, type Asked, type Schemas, useAsk } from '../../lib/api';

export interface Overview {
  place: Schemas['Place'];
  history: Answer<'/v1/places/{id}/history'>;
  themes: Answer<'/v1/themes'>;
  mottos: Answer<'/v1/mottos'>;
  targets: Answer<'/v1/targets'>;
  tasks: Answer<'/v1/tasks'>;
  rankings: Answer<'/v1/observations'>;
  coverage: Answer<'/v1/coverage'>;
}

/** All or nothing, so that a page does not move while it is read. */
export function useOverview(id: string): Asked<Overview> {
  const place = useAsk('/v1/places/{id}', { path: { id } });
  const history = useAsk('/v1/places/{id}/history', { path: { id }, query: { limit: 100 } });
  const themes = useAsk('/v1/themes', { query: { place: id, limit: 100 } });
  const mottos = useAsk('/v1/mottos', { query: { place: id, limit: 100 } });
  const targets = useAsk('/v1/targets', { query: { place: id, limit: 500 } });
  const tasks = useAsk('/v1/tasks', { query: { place: id, limit: 500 } });
  const rankings = useAsk('/v1/observations', {
    query: { place: id, measure: ['rank', 'rank_change'], limit: 100 },
  });
  // The cells of the first indicator name all years of which a figure is known.
  const coverage = useAsk('/v1/coverage', { query: { place: id, limit: 60 } });
  if (place.state !== 'here') return place;
  if (history.state !== 'here') return history;
  if (themes.state !== 'here') return themes;
  if (mottos.state !== 'here') return mottos;
  if (targets.state !== 'here') return targets;
  if (tasks.state !== 'here') return tasks;
  if (rankings.state !== 'here') return rankings;
  if (coverage.state !== 'here') return coverage;
  return {
    state: 'here',
    address: place.address,
    data: {
      place: place.data,
      history: history.data,
      themes: themes.data,
      mottos: mottos.data,
      targets: targets.data,
      tasks: tasks.data,
      rankings: rankings.data,
      coverage: coverage.data,
    },
  };
}

/** Whether any source speaks of the place, beyond that there is it. */
export const isEmpty = ({ themes, mottos, targets, tasks, coverage }: Overview): boolean =>
  [themes, mottos, targets, tasks, coverage].every(({ total }) => total === 0);

type Spanned = { start: string; end: string } | null;

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** The years that a period touches. */
export function yearsIn(period: Spanned): number[] {
  if (period === null) return [];
  const [first, last] = [yearOf(period.start), yearOf(period.end)];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** As the service has it: the period touches the year, or the deadline lies in it. */
export const taskYears = ({ period, deadline }: Schemas['Task']): number[] => [
  ...new Set([...yearsIn(period), ...(deadline === null ? [] : [yearOf(deadline.date)])]),
];

export interface YearOf {
  year: number;
  themes: number;
  targets: number;
  tasks: number;
}

export interface Years {
  /** With something that was set out, the newest first. */
  said: YearOf[];
  /** With figures and nothing else, the newest first. */
  figuresOnly: number[];
  /** From the first to the last of which a figure is known. */
  figures: number[];
  /** What is shown where the address names none. */
  usual: number | undefined;
}

export function yearsOf({ themes, targets, tasks, coverage }: Overview): Years {
  const said = new Map<number, YearOf>();
  const count = (years: number[], what: 'themes' | 'targets' | 'tasks') => {
    for (const year of years) {
      const entry = said.get(year) ?? { year, themes: 0, targets: 0, tasks: 0 };
      entry[what] += 1;
      said.set(year, entry);
    }
  };
  for (const { period } of themes.items) count(yearsIn(period), 'themes');
  for (const { period } of targets.items) count(yearsIn(period), 'targets');
  for (const task of tasks.items) count(taskYears(task), 'tasks');
  const first = coverage.items[0]?.indicator.id;
  const figures = coverage.items.filter(({ indicator }) => indicator.id === first).map(({ year }) => year);
  const ordered = [...said.values()].sort((a, b) => b.year - a.year);
  const usual = ordered.find((one) => one.themes > 0) ?? ordered.find((one) => one.targets > 0) ?? ordered[0];
  return {
    said: ordered,
    figuresOnly: figures.filter((year) => !said.has(year)).reverse(),
    figures,
    usual: usual?.year ?? figures.at(-1),
  };
}
