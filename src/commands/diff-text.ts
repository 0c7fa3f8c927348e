/** What `govdata diff` prints for a person: how much of each type differs, then the records, long values cut. */
import type { Diff, DiffKind, LinkDiff, MemberDiff, RecordDiff } from '../import/diff.ts';
import { typeOf } from '../import/ids.ts';
import { groupBy } from '../lists.ts';
import { table } from './terminal.ts';

/** Records of a type that are shown; `--json` has all. */
const shown = 20;
/** Characters of a value that are shown, and how many of them lead up to the difference. */
const [width, lead] = [60, 15];

export function diffText({ from, to, byType, records }: Diff): string {
  if (from === to) return `Release ${from} does not differ from itself.\n`;
  if (records.length === 0) return `Releases ${from} and ${to} have the same content.\n`;
  // As a release counts them: what belongs to a fact counts only by type.
  const own = records.filter(({ fact }) => fact === null);
  const count = (kind: DiffKind) => `${own.filter(({ change }) => change === kind).length} ${kind}`;
  const rows = byType.map(({ type, added, revised, withdrawn }) => [type, added, revised, withdrawn]);
  return [
    `From release ${from} to ${to}: ${count('added')}, ${count('revised')}, ${count('withdrawn')}.\n`,
    table([['type', 'added', 'revised', 'withdrawn'], ...rows]),
    ...[...groupBy(records, ({ id }) => typeOf(id))].flatMap(([type, list]) => linesOf(type, list)),
    '',
  ].join('\n');
}

/** What tells most comes first: of thousands that are new, the few that are revised are not to be missed. */
const ranks = { revised: 0, withdrawn: 1, added: 2 };

function linesOf(type: string, list: readonly RecordDiff[]): string[] {
  const more = list.length - shown;
  const ranked = [...list].sort((a, b) => ranks[a.change] - ranks[b.change]);
  return [
    ...ranked.slice(0, shown).flatMap(recordLines),
    ...(more > 0 ? [`… and ${more} more of ${type}; --json has all`] : []),
  ];
}

const signs = { added: '+', revised: '~', withdrawn: '-' };

/** What began or ended as a whole is told by its id alone. */
function recordLines({ id, fact, change, members, links }: RecordDiff): string[] {
  const line = `${signs[change]} ${id}${fact === null ? '' : ` of ${fact}`}`;
  return change === 'revised' ? [line, ...members.flatMap(memberLines), ...links.map(linkLine)] : [line];
}

/** A name in several languages is compared in each. */
function memberLines({ member, before, after }: MemberDiff): string[] {
  if (!isMap(before) || !isMap(after)) return [valueLine(member, before, after)];
  return Object.keys({ ...before, ...after })
    .filter((inner) => textOf(before[inner]) !== textOf(after[inner]))
    .map((inner) => valueLine(`${member}.${inner}`, before[inner], after[inner]));
}

function valueLine(member: string, before: unknown, after: unknown): string {
  const [old, now] = [[...textOf(before)], [...textOf(after)]];
  const same = old.findIndex((character, index) => character !== now[index]);
  return `    ${member}: ${cut(old, same)} → ${cut(now, same)}`;
}

/** Around the place where they differ, if there is one that far from the beginning. */
function cut(text: readonly string[], place: number): string {
  if (text.length <= width) return text.join('');
  const start = Math.max(0, Math.min(place - lead, text.length - width));
  const end = start + width;
  return `${start > 0 ? '…' : ''}${text.slice(start, end).join('')}${end < text.length ? '…' : ''}`;
}

function linkLine({ member, change, link }: LinkDiff): string {
  const said = Object.fromEntries(Object.entries(link).filter(([, value]) => value !== null));
  return `    ${signs[change]} ${member} ${JSON.stringify(said)}`;
}

const textOf = (value: unknown): string => JSON.stringify(value ?? null);

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
