import t from 'tap';
import { claimsOf } from '../../src/queries/scorecard-claims.ts';
import type { Observation } from '../../src/schema/observation.ts';
import { type ClaimKind, claimIndicators } from '../../src/schema/scorecard.ts';
import type { Target, TargetResult, TargetStatus } from '../../src/schema/target.ts';

/** An observation of which only what claims depend on is said. */
const observation = (kind: ClaimKind, said: Partial<Observation>): Observation => ({
  ...({ scope: null, dimensions: {}, value: null, numerator: null, denominator: null } as Observation),
  id: `observation:${kind}`,
  indicator: { code: claimIndicators[kind] } as Observation['indicator'],
  measure: 'value',
  scenario: 'actual',
  comparator: 'eq',
  period: { end: '2023-12-31' } as Observation['period'],
  ...said,
});
const met = (said: Partial<Observation>) => observation('met', said);
const metOf = (numerator: number, denominator: number, said: Partial<Observation> = {}) =>
  met({ measure: 'share', numerator, denominator, ...said });
const exceeded = (value: number) => observation('exceeded', { value });
const june = { end: '2023-06-30' } as Observation['period'];

const target = (status: TargetStatus, code = 'people'): Target =>
  ({ kind: 'set', indicator: { code }, result: { status } as TargetResult }) as Target;

const claims: [
  title: string,
  said: Observation[],
  announced: number | null,
  met: number | null,
  text: string,
][] = [
  ['nothing is said', [], null, null, 'No source says how many targets were met.'],
  ['a fraction says both', [metOf(12, 15)], 15, 12, '15 targets are announced, 12 are said to be met.'],
  ['one of one', [metOf(1, 1)], 1, 1, '1 target is announced, 1 is said to be met.'],
  ['a number alone', [met({ value: 12 })], null, 12, '12 targets are said to be met.'],
  [
    'a number and a fraction that agree',
    [met({ value: 12 }), metOf(12, 15)],
    15,
    12,
    '15 targets are announced, 12 are said to be met.',
  ],
  [
    'of how many sources disagree',
    [metOf(12, 15), metOf(12, 16)],
    null,
    12,
    '12 targets are said to be met.',
  ],
  ['how many sources disagree', [metOf(12, 15), metOf(13, 15)], 15, null, '15 targets are announced.'],
  ['only those exceeded', [exceeded(3)], null, null, '3 targets are said to be exceeded.'],
  [
    'a bound is no number',
    [met({ value: 12, comparator: 'ge' })],
    null,
    null,
    'How many targets were met is stated, but not as one exact number.',
  ],
  [
    'the last day counts',
    [metOf(5, 14, { period: june }), metOf(12, 15)],
    15,
    12,
    '15 targets are announced, 12 are said to be met.',
  ],
  [
    'an actual figure comes before an estimate',
    [metOf(13, 15, { scenario: 'estimate' }), metOf(12, 15)],
    15,
    12,
    '15 targets are announced, 12 are said to be met.',
  ],
  [
    'a part of the targets is not all',
    [metOf(1, 2, { scope: 'industry' }), metOf(1, 2, { dimensions: { tier: 'district' } })],
    null,
    null,
    'No source says how many targets were met.',
  ],
  [
    'a share without its fraction is no number of targets',
    [met({ measure: 'share', value: 80 })],
    null,
    null,
    'No source says how many targets were met.',
  ],
];

t.test('what is announced and met is told where it is stated as one exact number', async (t) => {
  for (const [title, said, announced, isMet, text] of claims) {
    const claimed = claimsOf(2023, said, []);
    t.match(claimed, { announced, met: isMet }, title);
    t.equal(claimed.text.replace(/ We hold.*/, ''), text, title);
  }
});

t.test('the claim names the observations that it rests on, and no others', async (t) => {
  const said = [
    metOf(5, 14, { id: 'observation:june', period: june }),
    metOf(12, 15, { id: 'observation:z' }),
    metOf(13, 15, { id: 'observation:a' }),
    exceeded(10),
  ];
  t.strictSame(claimsOf(2023, said, []).observations, [
    'observation:a',
    'observation:exceeded',
    'observation:z',
  ]);
});

t.test(
  'what is held is told beside it: of each status how many, the goal to reach them all left out',
  async (t) => {
    const targets = [
      ...(
        [
          'met',
          'exceeded',
          'exceeded',
          'missed',
          'undecided',
          'in_progress',
          'no_result',
          'not_comparable',
        ] as const
      ).map((status) => target(status)),
      target('met', claimIndicators.met),
      target('missed', claimIndicators.exceeded),
      // A share of a plan that nobody prints cannot confirm itself.
      { ...target('met'), kind: 'plan' as const },
    ];
    t.match(claimsOf(2023, [metOf(12, 15)], targets), {
      held: { targets: 8, withResult: 5, met: 3, exceeded: 2, missed: 1 },
      text: /We hold 8 targets of the year, of which 3 can be confirmed as met, 2 as exceeded and 1 as missed; which of those announced they are, no source says\.$/,
    });
    const { text } = claimsOf(2023, [], [target('no_result')]);
    t.match(
      text,
      /We hold 1 target of the year, of which 0 can be confirmed as met, 0 as exceeded and 0 as missed\.$/,
    );
  },
);

t.test('where no target is held nothing that is claimed can be confirmed', async (t) => {
  t.match(
    claimsOf(2023, [metOf(12, 15)], []).text,
    / We hold no target of the year, so that we can confirm none of this\.$/,
  );
  t.match(claimsOf(2023, [], []).text, / We hold no target of the year\.$/);
});

t.test('those exceeded are of those met only where both are of one day', async (t) => {
  const said = [metOf(12, 15, { period: june }), exceeded(14)];
  t.match(claimsOf(2023, said, []), {
    announced: 15,
    met: 12,
    exceeded: null,
    text: /^15 targets are announced, 12 are said to be met\. /,
  });
});

t.test('what is said of the year comes before what is said of a longer time that touches it', async (t) => {
  const term = { start: '2021-01-01', end: '2025-12-31' } as Observation['period'];
  const ofTerm = metOf(30, 40, { id: 'observation:term', period: term });
  t.match(claimsOf(2023, [ofTerm, metOf(12, 15)], []), { announced: 15, met: 12 });
  t.match(claimsOf(2023, [ofTerm], []), { announced: 40, met: 30 }, 'it counts where there is nothing else');
});
