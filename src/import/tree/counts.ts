/** What the tree must count to: a package or a correction that went astray stops the seed. */
import { groupBy } from '../../lists.ts';
import type { SeedVersion } from '../shapes.ts';
import type { TreeFacts } from './shapes.ts';
import type { Timeline } from './timeline.ts';
import type { TellFault } from './units.ts';

export function checkCounts(timeline: Timeline, counts: TreeFacts['treeCounts'], tell: TellFault): void {
  const versions = [...timeline.places.values()].flatMap(({ level, versions: list }) =>
    list.map((version) => ({ level, version })),
  );
  const levelOf = new Map(versions.map(({ level, version }) => [version.code, level]));
  const links = groupBy(timeline.changes, ({ effectiveOn }) => effectiveOn);
  for (const count of counts) {
    const { on, of, level, type, count: wanted } = count;
    const found =
      of === 'units'
        ? versions.filter(
            (one) => one.level === level && isIn(one.version, on) && (!type || one.version.type === type),
          ).length
        : (links.get(on) ?? [])
            .flatMap((change) => change.links)
            .filter(({ from }) => levelOf.get(codeOf(from)) === level).length;
    if (found === wanted) continue;
    const what = `${of === 'units' ? 'units' : 'links from units'} of level ${level}${type ? ` and type ${type}` : ''}`;
    tell({ code: 'wrong_count', message: `on ${on} the tree has ${found} ${what}, not ${wanted}` }, count);
  }
}

const isIn = ({ validFrom, validTo }: SeedVersion, on: string): boolean =>
  (validFrom ?? '') <= on && on < (validTo ?? '9999');

/** `place_version:02953@2025-07-01` → `02953`; a code has the length of its level. */
const codeOf = (version: string): string => version.slice('place_version:'.length).split('@', 1).join('');
