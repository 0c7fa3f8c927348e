/** What commands print for a person, where `--json` is not asked for. */
import type { CrosswalkReport } from '../import/crosswalk/import.ts';
import type { ListedRelease } from '../import/releases.ts';
import type { StatusReport } from '../import/status.ts';
import type { ReleaseReport } from '../import/write.ts';
import { table } from './terminal.ts';

export function crosswalkText(report: CrosswalkReport): string {
  const { links, added, communes, areas } = report;
  const covered = `${links.whole + links.part} links from ${communes} communes: ${links.whole} whole, ${links.part} part; ${added} were not known.`;
  const left = areas.map((area) => `No unit, cited and not linked: ${area}.`);
  return [covered, ...left, '', releaseText(report)].join('\n');
}

/** Of a command that made a release, or would have. */
export function releaseText({ release, made, counts, byType }: ReleaseReport): string {
  const { added, revised, corrected, withdrawn } = counts;
  const current = release === null ? 'there is no release yet' : `release ${release} is current`;
  if (byType.length === 0) return `Nothing has changed: ${current}.\n`;
  const changes = `${added} added, ${revised} revised, ${corrected} corrected, ${withdrawn} withdrawn`;
  const rows = byType.map((one) => [one.type, one.added, one.revised, one.corrected, one.withdrawn]);
  return [
    made
      ? `Release ${release}: ${changes}.\n`
      : `A release would have ${changes}; nothing was written: ${current}.\n`,
    table([['type', 'added', 'revised', 'corrected', 'withdrawn'], ...rows]),
  ].join('\n');
}

export function rollbackText(to: number, report: ReleaseReport): string {
  const { release, made, byType } = report;
  if (byType.length === 0)
    return `Nothing has changed: release ${release} is current, and has the content of release ${to}.\n`;
  const hint = 'The next `govdata seed` writes what the seed files say: if that is wrong, mend them first.\n';
  return made ? `${releaseText(report)}\n${hint}` : releaseText(report);
}

export function releasesText(list: readonly ListedRelease[]): string {
  if (list.length === 0) return 'There is no release yet.\n';
  const rows = list.map(({ number, createdAt, counts, hash, note }) => [
    number,
    createdAt,
    counts.added,
    counts.revised,
    counts.corrected,
    counts.withdrawn,
    hash.slice(0, 12),
    (note ?? '').replace(/\s+/g, ' '),
  ]);
  return table([['release', 'made', 'added', 'revised', 'corrected', 'withdrawn', 'hash', 'note'], ...rows]);
}

export function statusText({ schema, release, records, documents }: StatusReport): string {
  const { current, pending } = schema;
  const made = release && `${release.number}, made ${release.createdAt}, ${release.hash.slice(0, 12)}`;
  const citations = documents.map((document) => [
    document.id,
    document.fileName,
    Object.entries(document.citations)
      .map(([type, count]) => `${count} of ${type}`)
      .join(', ') || 'no citation',
  ]);
  return [
    table([
      ['schema', current ?? 'none'],
      ['pending', pending.length === 0 ? 'none' : `${pending.join(', ')}: run \`govdata migrate\``],
      ['release', made ?? 'none'],
    ]),
    table(Object.entries(records)),
    table(citations),
  ]
    .filter((part) => part !== '')
    .join('\n');
}
