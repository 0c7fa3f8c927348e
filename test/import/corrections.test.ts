import t, { type Test } from 'tap';
import { checkSeeds } from '../../src/import/check.ts';
import { applyCorrections } from '../../src/import/corrections.ts';
import { readSeeds } from '../../src/import/read.ts';
import { linesOf, seedsWith } from './country.ts';

const correction = (id: string, rest: string) =>
  `  - {id: correction:${id}, ${rest}, reason: Read again., date: '2026-11-22'}\n`;
const corrections = (...list: string[]) =>
  `corrections:\n${list.map((rest, index) => correction(`c${index + 1}`, rest)).join('')}`;

const correctedRows = async (t: Test, text: string) =>
  checkSeeds(applyCorrections(await readSeeds(await seedsWith(t, text))));
const faultsOf = (t: Test, text: string) => linesOf(() => correctedRows(t, text));

const budget = 'fact: observation:budget-2023';
const citations = 'citations: [{resolution: 9/2025}]';

t.test('gives members another value, and keeps what it says as a record', async (t) => {
  const rows = await correctedRows(
    t,
    corrections(`${budget}, expect: {value: 1204, comparator: approx}, set: {value: 1240.5}`),
  );
  t.match(
    rows.observations.find(({ id }) => id === 'observation:budget-2023'),
    { value: 1240.5, comparator: 'approx' },
  );
  t.strictSame(rows.corrections, [
    {
      id: 'correction:c1',
      factId: 'observation:budget-2023',
      kind: 'set',
      expected: { value: 1204, comparator: 'approx' },
      corrected: { value: 1240.5 },
      mergedIntoId: null,
      reason: 'Read again.',
      date: '2026-11-22',
    },
  ]);
});

t.test('corrects what stands within a member, adds what was not there, and null takes it away', async (t) => {
  const rows = await correctedRows(
    t,
    corrections(
      'fact: task:tourism, expect: {name.en: Develop tourism, name.vi: null, deadline.date: null, deadline: null}, set: {name.vi: Du lịch, deadline: {date: 2024-12-31, comparator: le}}',
      'fact: instrument:18-nq-tu, expect: {issuedOn: 2023-12-20}, set: {issuedOn: null}',
      'fact: body:an-khe-party, expect: {name.vi: Huyện ủy An Khê}, set: {name.vi: null}',
    ),
  );
  t.match(
    rows.tasks.find(({ id }) => id === 'task:tourism'),
    {
      name: { vi: 'Du lịch', en: 'Develop tourism' },
      deadlineDate: '2024-12-31',
      deadlineComparator: 'le',
    },
  );
  t.match(
    rows.instruments.find(({ id }) => id === 'instrument:18-nq-tu'),
    { issuedOn: null, number: '18-NQ/TU' },
  );
  t.strictSame(rows.bodies.find(({ id }) => id === 'body:an-khe-party')?.name, {
    vi: null,
    en: 'Party Committee of An Khe',
    ar: null,
    he: null,
  });
});

t.test('corrects one version of a place, and a member within one that is not there yet', async (t) => {
  const rows = await correctedRows(
    t,
    corrections(
      "fact: 'place_version:72@2025-07-01', expect: {name.en: Song Hoa}, set: {name.en: Song Hoa City}",
      'fact: document:902, expect: {title.en: null}, set: {title.en: Print}',
    ),
  );
  const names = rows.placeVersions
    .filter(({ placeId }) => placeId === 'place:song-hoa-71')
    .map(({ id, name }) => [id, name.en]);
  t.strictSame(names, [
    ['place_version:71', 'Song Hoa'],
    ['place_version:72@2025-07-01', 'Song Hoa City'],
  ]);
  t.equal(rows.documents.find(({ id }) => id === 'document:902')?.title.en, 'Print');
});

t.test('a chain of corrections: each one meets what those before it left', async (t) => {
  const chain = [
    `${budget}, expect: {value: 1204}, set: {value: 1205}`,
    `${budget}, expect: {value: 1205}, set: {value: 1206, comparator: eq}`,
  ];
  t.match(await faultsOf(t, corrections(...chain)), [
    /^seeds\/zz\.yml:3:\d+ {2}unguarded_correction {2}"expect" must say what the record says of "comparator" before$/,
  ]);
  const [first = ''] = chain;
  const second = `${budget}, expect: {value: 1205, comparator: approx}, set: {value: 1206, comparator: eq}`;
  const rows = await correctedRows(t, corrections(first, second));
  t.match(
    rows.observations.find(({ id }) => id === 'observation:budget-2023'),
    { value: 1206, comparator: 'eq' },
  );
  t.equal(rows.corrections.length, 2);
  t.match(await faultsOf(t, corrections(second, first)), [
    /zz\.yml:2:\d+ {2}failed_guard {2}"value" is expected to be 1205, but observation:budget-2023 at seeds\/subjects\/figures\.yml:92 says 1204$/,
  ]);
});

t.test('merges a record into another, withdraws one, and what cites or links goes with it', async (t) => {
  const rows = await correctedRows(
    t,
    corrections(
      'fact: observation:villages-2023, expect: {numerator: 9}, mergedInto: observation:villages-recognised',
      'fact: motto:clear-people, expect: {kind: slogan}, withdraw: true',
      'fact: task:tourism-again, expect: {kind: task}, withdraw: true',
    ),
  );
  const gone = ['observation:villages-2023', 'motto:clear-people', 'task:tourism-again'];
  for (const list of [rows.observations, rows.mottos, rows.tasks]) {
    t.ok(list.length > 0 && list.every(({ id }) => !gone.includes(id)));
  }
  t.ok(rows.citations.every(({ factId }) => !gone.includes(factId)));
  t.strictSame(
    rows.corrections.map(({ kind, mergedIntoId, corrected }) => [kind, mergedIntoId, corrected]),
    [
      ['merge', 'observation:villages-recognised', {}],
      ['withdraw', null, {}],
      ['withdraw', null, {}],
    ],
  );
});

t.test(
  'a record that refers to what is withdrawn is told, unless it is withdrawn or corrected too',
  async (t) => {
    const withdrawAll = 'fact: task:all, expect: {kind: key_task}, withdraw: true';
    t.match(await faultsOf(t, corrections(withdrawAll)), [
      /^seeds\/actors\.yml:\d+:\d+ {2}dangling_reference {2}there is no task:all/,
      /^seeds\/actors\.yml:\d+:\d+ {2}dangling_reference {2}there is no task:all/,
    ]);
    const rest = [
      'fact: task:schools, expect: {parent: task:all}, set: {parent: null}',
      'fact: task:tourism-again, expect: {repeats: task:tourism}, withdraw: true',
      'fact: motto:three-clears, expect: {task: task:tourism}, set: {task: task:schools}',
      'fact: task:tourism, expect: {parent: task:all}, withdraw: true',
    ];
    const rows = await correctedRows(t, corrections(withdrawAll, ...rest));
    t.strictSame(
      rows.tasks.map(({ id }) => id),
      ['task:schools'],
    );
    t.equal(rows.mottos[0]?.taskId, 'task:schools');
  },
);

t.test('a reference that a correction sets is checked, at the line of the correction', async (t) => {
  const set = (set: string) =>
    corrections(
      `fact: observation:budget-2023-plan, expect: {issuer: null, basis.issuer: body:an-khe-party}, set: ${set}`,
    );
  t.match(await faultsOf(t, set('{issuer: body:frontt}')), [
    'seeds/zz.yml:2:124  dangling_reference  there is no body:frontt; did you mean "body:front"?',
  ]);
  t.match(await faultsOf(t, set('{basis.issuer: body:nobody}')), [/^seeds\/\S+ {2}dangling_reference/]);
  t.match(
    await faultsOf(
      t,
      corrections(
        'fact: task:schools, expect: {localities: [place:ho-dao-70001, place:suoi-moi-70002]}, set: {localities: [place:nowhere]}',
      ),
    ),
    [/^seeds\/zz\.yml:2:\d+ {2}dangling_reference {2}there is no place:nowhere/],
  );
});

t.test('a place whose last version is withdrawn is gone, and who is there is told', async (t) => {
  const withdraw = (id: string) => `fact: '${id}', expect: {type: commune}, withdraw: true`;
  const faults = await faultsOf(t, corrections(withdraw('place_version:70002@2024-01-01')));
  t.strictSame(
    faults.map((line) => line.replace(/:\d+ {2}/, '  ')),
    [
      'seeds/actors.yml:102  dangling_reference  there is no place:suoi-moi-70002',
      'seeds/actors.yml:111  dangling_reference  there is no place:suoi-moi-70002',
      'seeds/places.yml:110  dangling_reference  there is no place_version:70002@2024-01-01; did you mean "place_version:70001@2025-07-01"?',
      'seeds/subjects/figures.yml:259  dangling_reference  there is no place:suoi-moi-70002',
    ],
  );
});

t.test('an id that stands there twice is told, also when one of the two is withdrawn', async (t) => {
  const twice = `mottos:\n  - {id: motto:clear-people, kind: method, name: {en: Again}, ${citations}}\n`;
  const faults = await faultsOf(
    t,
    twice + corrections('fact: motto:clear-people, expect: {kind: method}, withdraw: true'),
  );
  t.match(faults, [/zz\.yml:2:\d+ {2}duplicate_id/]);
});

const refused: [what: string, code: string, text: string, ...faults: (string | RegExp)[]][] = [
  [
    'a correction that does nothing',
    'unclear_correction',
    corrections(`${budget}, expect: {value: 1204}`),
    'seeds/zz.yml:2:5  unclear_correction  a correction has one of "set", "mergedInto" and "withdraw"',
  ],
  [
    'a correction that does two things',
    'unclear_correction',
    corrections(`${budget}, expect: {value: 1204}, set: {value: 1205}, withdraw: true`),
    /zz\.yml:2:5 {2}unclear_correction/,
  ],
  [
    'a correction of a record that there is not',
    'dangling_reference',
    corrections('fact: observation:budget-203, expect: {value: 1204}, set: {value: 1205}'),
    'seeds/zz.yml:2:25  dangling_reference  there is no observation:budget-203; did you mean "observation:budget-2023"?',
  ],
  [
    'a correction of what is like nothing',
    'dangling_reference',
    corrections('fact: dataset:x, expect: {value: 1204}, withdraw: true'),
    'seeds/zz.yml:2:25  dangling_reference  there is no dataset:x',
  ],
  [
    'a second correction of a record that was withdrawn',
    'dangling_reference',
    corrections(
      'fact: observation:rank-2023, expect: {value: 7}, withdraw: true',
      'fact: observation:rank-2023, expect: {value: 7}, set: {value: 8}',
    ),
    /zz\.yml:3:25 {2}dangling_reference {2}there is no observation:rank-2023/,
  ],
  [
    'a correction of a place as a whole',
    'uncorrectable',
    corrections('fact: place:an-khe-701, expect: {level: district}, set: {level: commune}'),
    'seeds/zz.yml:2:25  uncorrectable  a place cannot be corrected; of a place, correct a version',
  ],
  [
    'a correction of a correction',
    'uncorrectable',
    corrections(
      `${budget}, expect: {value: 1204}, set: {value: 1205}`,
      'fact: correction:c1, expect: {reason: x}, withdraw: true',
    ),
    /zz\.yml:3:25 {2}uncorrectable {2}a correction cannot be corrected/,
  ],
  [
    'a correction without a guard',
    'unguarded_correction',
    corrections(`${budget}, expect: {}, withdraw: true`),
    'seeds/zz.yml:2:56  unguarded_correction  "expect" must name at least one member, and what the record says of it before',
  ],
  [
    'a correction whose guards fail',
    'failed_guard',
    corrections(`${budget}, expect: {value: 1205, name.en: x, flags.length: 0}, set: {value: 1206}`),
    /zz\.yml:2:56 {2}failed_guard {2}"value" is expected to be 1205, but \S+ at seeds\/subjects\/figures\.yml:\d+ says 1204$/,
    /failed_guard {2}"name\.en" is expected to be "x", but \S+ at seeds\/subjects\/figures\.yml:\d+ says null$/,
    /failed_guard {2}"flags\.length" is expected to be 0, but \S+ at seeds\/subjects\/figures\.yml:\d+ says null$/,
  ],
  [
    'a correction of what ids are made of',
    'fixed_member',
    corrections("fact: place_version:71, expect: {code: '71'}, set: {code: '73'}"),
    /fixed_member {2}"code" is what the id of the record is made of; withdraw the record, and add another$/,
  ],
  [
    'a correction to what is there',
    'idle_correction',
    corrections(`${budget}, expect: {value: 1204}, set: {value: 1204}`),
    /idle_correction {2}"value" is 1204 already$/,
  ],
  [
    'a correction to a word that there is not',
    'misfit_correction',
    corrections(`${budget}, expect: {scenario: preliminary}, set: {scenario: final}`),
    /zz\.yml:2:\d+ {2}misfit_correction {2}"scenario" must/,
  ],
  [
    'a correction that takes away what must be there',
    'misfit_correction',
    corrections(`${budget}, expect: {unit: billion_dong}, set: {unit: null}`),
    /misfit_correction {2}the record must have required properties unit$/,
  ],
  [
    'a correction of a member that such a record does not have',
    'misfit_correction',
    corrections(`${budget}, expect: {valu: null}, set: {valu: 1}`),
    /zz\.yml:2:\d+ {2}misfit_correction {2}such a record has no "valu"$/,
  ],
  [
    'a correction within what has nothing within',
    'misfit_correction',
    corrections(`${budget}, expect: {value.en: null}, set: {value.en: x}`),
    /misfit_correction {2}"value" must/,
  ],
  [
    'a correction within a list',
    'misfit_correction',
    corrections(`${budget}, expect: {citations.x: null}, set: {citations.x: 1}`),
    /misfit_correction {2}"citations" must/,
  ],
  [
    'a correction to a day that does not exist',
    'misfit_correction',
    corrections("fact: instrument:18-nq-tu, expect: {issuedOn: '2023-12-20'}, set: {issuedOn: '2023-02-30'}"),
    /misfit_correction {2}"issuedOn" must/,
  ],
  [
    'a correction to a period that ends before it starts',
    'misfit_correction',
    corrections(`${budget}, expect: {period: '2023'}, set: {period: 2023-12-31/2023-01-01}`),
    /misfit_correction {2}"period" must match format "period"$/,
  ],
  [
    'a correction to a figure of too many digits',
    'too_many_digits',
    corrections(`${budget}, expect: {value: 1204}, set: {value: 1204.1234567890123}`),
    /^seeds\/zz\.yml:2:92 {2}too_many_digits {2}.*1204\.1234567890123 has 17 significant digits; 15 are kept$/,
  ],
  [
    'a merger into a record that there is not',
    'dangling_reference',
    corrections('fact: observation:rank-2023, expect: {value: 7}, mergedInto: observation:rank'),
    /zz\.yml:2:\d+ {2}dangling_reference {2}there is no observation:rank/,
  ],
  [
    'a merger into a record of another type',
    'other_type',
    corrections('fact: observation:rank-2023, expect: {value: 7}, mergedInto: task:all'),
    /zz\.yml:2:\d+ {2}other_type {2}task:all is no observation, as observation:rank-2023 is$/,
  ],
  [
    'a merger of a record into itself',
    'self_merger',
    corrections('fact: observation:rank-2023, expect: {value: 7}, mergedInto: observation:rank-2023'),
    /zz\.yml:2:\d+ {2}self_merger {2}observation:rank-2023 cannot be merged into itself$/,
  ],
  [
    'a merger into a record that has ended',
    'dangling_reference',
    corrections(
      'fact: observation:rank-2023, expect: {value: 7}, mergedInto: observation:rank-change-2023',
      'fact: observation:schools-ho-dao, expect: {value: 2}, mergedInto: observation:rank-2023',
    ),
    /zz\.yml:3:\d+ {2}dangling_reference {2}there is no observation:rank-2023/,
  ],
  [
    'two corrections of one id',
    'duplicate_id',
    `corrections:\n${correction('a', `${budget}, expect: {value: 1204}, set: {value: 1205}`)}${correction('a', `${budget}, expect: {value: 1205}, set: {value: 1206}`)}`,
    /zz\.yml:3:5 {2}duplicate_id {2}correction:a at seeds\/zz\.yml:2 has this id already$/,
  ],
];
for (const [what, code, text, ...expected] of refused) {
  t.test(`${what} is refused as ${code}`, async (t) => {
    const faults = await faultsOf(t, text);
    t.equal(faults.length, expected.length, faults.join('\n'));
    for (const [index, line] of expected.entries()) {
      if (typeof line === 'string') t.equal(faults[index], line);
      else t.match(faults[index], line);
    }
  });
}

t.test('a correction of a record with faults of its own adds none', async (t) => {
  const bad = `mottos:\n  - {id: motto:bad, kind: slogann, name: {en: Bad}, ${citations}}\n`;
  const faults = await faultsOf(
    t,
    bad + corrections('fact: motto:bad, expect: {kind: slogan}, withdraw: true'),
  );
  t.match(faults, [/unknown_word/]);
  t.equal(faults.length, 1);
  const place = 'places:\n  - {id: place:bad, level: provinc, versions: []}\n';
  const versions = await faultsOf(
    t,
    place + corrections('fact: place_version:99, expect: {type: ward}, withdraw: true'),
  );
  t.ok(
    versions.every((line) => !line.includes('place_version:99')),
    versions.join('\n'),
  );
});

t.test('nothing is corrected while a file cannot be read, or where there is no correction', async (t) => {
  t.match(await faultsOf(t, `${corrections(`${budget}, expect: {value: 1}, set: {value: 2}`)}x: [`), [
    /yaml_syntax/,
  ]);
  const read = await readSeeds(await seedsWith(t, 'tasks: []'));
  const references = [...read.references];
  t.strictSame(applyCorrections(read).references, references);
});

t.test('of a place with several versions one may be withdrawn; what refers to it is told', async (t) => {
  const faults = await faultsOf(
    t,
    corrections("fact: 'place_version:72@2025-07-01', expect: {code: '72'}, withdraw: true"),
  );
  t.ok(faults.length > 0);
  t.ok(
    faults.every((fault) => fault.includes('there is no place_version:72@2025-07-01')),
    faults.join('\n'),
  );
});

t.test('what a record was merged into may be merged further, or withdrawn', async (t) => {
  const first = 'fact: observation:schools-ho-dao, expect: {value: 2}, mergedInto: observation:rank-2023';
  for (const then of ['mergedInto: observation:rank-change-2023', 'withdraw: true']) {
    const rows = await correctedRows(
      t,
      corrections(first, `fact: observation:rank-2023, expect: {value: 7}, ${then}`),
    );
    const ids = rows.observations.map(({ id }) => id);
    t.notOk(ids.includes('observation:schools-ho-dao') || ids.includes('observation:rank-2023'));
    t.equal(rows.corrections[0]?.mergedIntoId, 'observation:rank-2023');
  }
});
