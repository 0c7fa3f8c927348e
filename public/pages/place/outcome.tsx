/** The status of a target: in words, with a sign and a colour beside them. */
import type { ComponentChildren } from 'preact';
import type { Schemas } from '../../lib/api';

type Status = Schemas['TargetStatus'];

const signs: Record<Status, string> = {
  exceeded: '✓',
  met: '✓',
  missed: '✕',
  undecided: '?',
  in_progress: '…',
  no_result: '–',
  not_comparable: '≠',
};

export const statuses: readonly Status[] = [
  'exceeded',
  'met',
  'missed',
  'undecided',
  'in_progress',
  'no_result',
  'not_comparable',
];

export function Outcome({ of, children }: { of: Status; children: ComponentChildren }) {
  return (
    <span class={`outcome outcome-${of}`}>
      <span aria-hidden="true">{signs[of]}</span> {children}
    </span>
  );
}
