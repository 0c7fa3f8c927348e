/** Figures, periods and places in words, for docs/data.md. */
import type { SeedCitation } from '../../src/import/shape-parts.ts';
import type { SeedRecord, Seeds } from '../../src/import/shapes.ts';
import { comparatorWords } from '../../src/schema/figure.ts';
import { capital, sentence } from './markdown.ts';

type Observation = SeedRecord<'observations'>;
type Names = SeedRecord<'themes'>['name'];

interface Printed {
  name: Names;
  aliases?: readonly { text: string }[];
  citations?: readonly SeedCitation[];
}

const numbers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 15 });
const trends = { up: 'rose or improved', down: 'fell or worsened', none: 'unchanged' };
const changes = { up: 'grew', down: 'shrank', none: 'did not change' };
const aims = { up: 'to rise or improve', down: 'to fall', none: 'to stay' };
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `billion_vnd` → `billion VND`. */
export function plain(word: string): string {
  return word.replaceAll('_', ' ').replace(/\bvnd\b/, 'VND');
}

/** `document:003` → `003`. */
export const keyOf = (id: string): string => id.replace('document:', '');

/** English first, since that is the page's language. */
export function nameOf({ en, vi, ar, he }: Names): string {
  return en ?? vi ?? ar ?? he ?? '';
}

/** `2023-01-01/2023-09-30` → `Jan–Sep 2023`; days where the span is not of whole months. */
export function periodOf(period: string): string {
  const [start = '', end] = period.split('/');
  if (end === undefined) return dayOf(start);
  const [from, to] = [start.split('-'), end.split('-')] as [string[], string[]];
  const monthLength = new Date(Date.UTC(Number(to[0]), Number(to[1]), 0)).getUTCDate();
  if (from[2] !== '01' || Number(to[2]) !== monthLength) return `${dayOf(start)} to ${dayOf(end)}`;
  const sameYear = from[0] === to[0];
  if (from[1] === '01' && to[1] === '12') return sameYear ? dayOf(String(to[0])) : `${from[0]}–${to[0]}`;
  const year = sameYear ? '' : ` ${from[0]}`;
  return `${months[Number(from[1]) - 1]}${year}–${months[Number(to[1]) - 1]} ${to[0]}`;
}

/** `2023-10-31` → `31 Oct 2023`; a month or a year likewise. */
function dayOf(date: string): string {
  const [year, month, day] = date.split('-');
  return [day === undefined ? undefined : Number(day), month && months[Number(month) - 1], year]
    .filter((part) => part !== undefined)
    .join(' ');
}

export function deadlineOf({ date, comparator }: { date: string; comparator: string }): string {
  return `${comparator === 'lt' ? 'before' : 'by'} ${dayOf(date)}`;
}

/** The figure or finding as it was qualified: `more than 66 million VND per year`. */
export function figureOf(observation: Observation): string {
  const { measure, scenario, comparator, value, valueCode, trend, numerator, denominator, outOf } =
    observation;
  const unit = observation.unit === 'percent' ? ' %' : ` ${plain(observation.unit)}`;
  if (typeof numerator === 'number') return `${numbers.format(numerator)} of ${denominator}${unit}`;
  if (typeof value !== 'number') {
    if (valueCode) return `${plain(valueCode)}${measure === 'growth' ? ' growth' : ''}`;
    const said = scenario === 'target' ? aims : measure === 'growth' ? changes : trends;
    return trend ? said[trend] : '';
  }
  const bound = comparatorWords[comparator];
  const figure = numbers.format(value);
  // Which year of a term it is: the number names, it does not count.
  if (observation.unit === 'year') return `${bound}year ${figure}`;
  if (measure === 'rank') {
    const rank = comparator === 'le' ? `among the first ${figure}` : `rank ${bound}${figure}`;
    return outOf ? `${rank} of ${outOf}` : rank;
  }
  if (measure === 'rank_change')
    return `${value < 0 ? 'down' : 'up'} ${numbers.format(Math.abs(value))} places`;
  const sign = measure === 'growth' && value > 0 ? '+' : '';
  return `${bound}${sign}${figure}${unit}`;
}

export class Wording {
  readonly #seeds: Seeds;
  readonly #names: Map<string, string>;

  constructor(seeds: Seeds) {
    this.#seeds = seeds;
    const { bodies, persons, events, instruments, themes, mottos, tasks, indicators, contradictions } = seeds;
    const named = [bodies, persons, events, instruments, themes, mottos, tasks, indicators, contradictions];
    this.#names = new Map(named.flat().map(({ id, name }) => [id, nameOf(name)]));
    for (const { id } of seeds.places) this.#names.set(id, this.place(id));
    for (const observation of seeds.observations) {
      this.#names.set(observation.id, `${this.name(observation.indicator)}: ${figureOf(observation)}`);
    }
  }

  /** The name of a record; of an observation, what it says. */
  name(id: string): string {
    return this.#names.get(id) ?? id;
  }

  /** A note with the names of the records whose ids it gives. */
  note(text: string | null | undefined): string {
    return (text ?? '').replace(/\b[a-z]+:[a-z0-9][a-z0-9_-]*[a-z0-9]/g, (id) => {
      const name = this.#names.get(id);
      return name === undefined ? id : `“${name}”`;
    });
  }

  /** What is doubtful about a record, and the curator's remark. */
  remarks({ flags = [], note }: { flags?: readonly string[]; note?: string | null }): string {
    const doubts = flags.length > 0 ? sentence(capital(flags.map(plain).join(', '))) : '';
    return [doubts, this.note(note)].filter((part) => part !== '').join(' ');
  }

  /** The renderings of a record, each once: its printed name, its aliases, and the cited words that are a name. */
  printed({ name, aliases = [], citations = [] }: Printed): string {
    const cited = citations.flatMap((citation) => ('document' in citation ? [citation.printed] : []));
    const texts = [name.ar, name.he, ...aliases.map(({ text }) => text), ...cited];
    return [...new Set(texts.filter((text) => typeof text === 'string'))].join('; ');
  }

  /** The place as its oldest version is called: `Ninh Bình province`. */
  place(id: string): string {
    const version = this.#seeds.places.find((place) => place.id === id)?.versions[0];
    if (!version) return id;
    const { name, type } = version;
    return type === 'country' ? (name.vi ?? id) : `${name.vi} ${plain(type)}`;
  }

  /** Against what a growth, a ratio or a share of a plan is measured. */
  basis({ measure, unit, basis }: Observation): string {
    if (!basis) return '';
    const { kind, period, issuer } = basis;
    const when = period ? periodOf(period) : '';
    if (kind === 'earlier_period') {
      if (measure !== 'level_ratio') return when === '' ? '' : ` against ${when}`;
      return ` ${unit === 'times' ? '' : 'of '}the level${when === '' ? ' of an earlier period' : ` of ${when}`}`;
    }
    const whose = issuer ? ` of ${this.name(issuer)}` : '';
    return ` of the ${plain(kind)}${whose}${when === '' ? '' : ` for ${when}`}`;
  }

  /** Where a record stands, each paragraph once: `000 ¶ 4`. */
  sources(citations: readonly SeedCitation[]): string {
    const places = citations.flatMap((citation) =>
      'document' in citation ? [{ key: keyOf(citation.document), paragraph: citation.paragraph }] : [],
    );
    const shown = places.map(({ key, paragraph }) => `[${key} ¶ ${paragraph}](curation/${key}.md)`);
    return [...new Set(shown)].join(', ');
  }
}
