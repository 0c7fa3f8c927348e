import t from 'tap';
import { versionId } from '../../../src/import/gazetteer.ts';
import type { ReadResult } from '../../../src/import/read.ts';
import { linesOf, packages, planted, typed } from './little-country.ts';

const versionsOf = ({ seeds }: ReadResult, id: string): string[] =>
  (seeds.places.find((place) => place.id === id)?.versions ?? []).map(
    (version) =>
      `${versionId(version)} ${version.fullName.vi}, in ${version.parent}, until ${version.validTo}`,
  );
const changeOf = ({ seeds }: ReadResult, id: string): string => {
  const change = seeds.placeChanges.find((one) => one.id === id);
  const links = change?.links.map(({ from, to, coverage }) => `${from} ${coverage} ${to}`);
  return `${change?.kind} by ${change?.legalBasis}: ${links?.join('; ')}`.replaceAll('place_version:', '');
};

t.test('a seeds folder without a tree has only its own places', async (t) => {
  const { seeds, faults } = await planted(t, '', 'places: []\n');
  t.strictSame([seeds.places, faults], [[], []]);
});

t.test('nothing is made of seed files that cannot be read', async (t) => {
  const { seeds, unreadable } = await planted(t, 'a: [');
  t.equal(unreadable, true);
  t.equal(seeds.places.length, 1);
});

t.test('a unit with the same code and name goes on through all lists', async (t) => {
  const read = await planted(t);
  t.strictSame(linesOf(read), []);
  t.strictSame(versionsOf(read, 'place:an-00001'), [
    'place_version:00001 Xã An, in place:tren-001, until 2025-07-01',
    'place_version:00001@2025-07-01 Xã An, in place:nui-01, until undefined',
  ]);
  t.strictSame(versionsOf(read, 'place:hoa-00007').length, 2, 'Hoà and Hòa are one name');
  t.strictSame(versionsOf(read, 'place:nui-01'), [
    'place_version:01 Tỉnh Núi, in place:dat-nuoc, until 2025-07-01',
    'place_version:02@2025-07-01 Tỉnh Núi, in place:dat-nuoc, until undefined',
  ]);
  t.strictSame(versionsOf(read, 'place:rung-03').length, 1, 'what did not merge has one version');
});

t.test('what is gone from a list ends on its day, its successor unknown', async (t) => {
  const read = await planted(t);
  t.equal(changeOf(read, 'place_change:cat-00003-2025-06-30'), 'abolish by null: 00003 unknown null');
  t.strictSame(versionsOf(read, 'place:cat-00003'), [
    'place_version:00003 Xã Cát, in place:tren-001, until 2025-06-30',
  ]);
});

t.test('a name that is found again under another code carries its place there', async (t) => {
  const read = await planted(t);
  t.strictSame(versionsOf(read, 'place:dau-00004'), [
    'place_version:00004 Thị trấn Dâu, in place:tren-001, until 2025-06-30',
    'place_version:00002@2025-06-30 Thị trấn Dâu, in place:tren-001, until 2025-07-01',
    'place_version:00002@2025-07-01 Xã Dâu, in place:nui-01, until undefined',
  ]);
  t.equal(
    changeOf(read, 'place_change:dau-00002-2025-06-30'),
    'merge by null: 00002 primary 00002@2025-06-30; 00004 primary 00002@2025-06-30',
  );
  const change = read.seeds.placeChanges.find(({ id }) => id === 'place_change:dau-00002-2025-06-30');
  t.strictSame(change?.flags, ['derived']);
});

t.test('another name or type with nobody gone is the same place renamed or reclassified', async (t) => {
  const read = await planted(t);
  t.strictSame(versionsOf(read, 'place:gao-00006'), [
    'place_version:00006 Xã Gạo, in place:duoi-002, until 2025-06-30',
    'place_version:00006@2025-06-30 Phường Gạo Mới, in place:duoi-002, until 2025-07-01',
  ]);
  t.equal(
    changeOf(read, 'place_change:gao-moi-00006-2025-06-30'),
    'rename by null: 00006 whole 00006@2025-06-30',
  );
  t.equal(
    changeOf(read, 'place_change:en-00005-2025-06-30'),
    'reclassify by null: 00005 whole 00005@2025-06-30',
  );
});

t.test('what is new in a list begins on its day, made of nobody knows what', async (t) => {
  const read = await planted(t);
  t.strictSame(versionsOf(read, 'place:moi-00009'), [
    'place_version:00009@2025-06-30 Xã Mới, in place:tren-001, until 2025-07-01',
  ]);
  t.notOk(read.seeds.placeChanges.some(({ id }) => id === 'place_change:moi-00009-2025-06-30'));
});

t.test(
  'a merger under a new name makes a new place; a district ends in what its communes became',
  async (t) => {
    const read = await planted(t);
    t.strictSame(versionsOf(read, 'place:lua-00005'), [
      'place_version:00005@2025-07-01 Phường Lúa, in place:nui-01, until undefined',
    ]);
    t.equal(
      changeOf(read, 'place_change:lua-00005-2025-07-01'),
      'merge by 1654/NQ-UBTVQH15: 00005@2025-06-30 primary 00005@2025-07-01; 00006@2025-06-30 primary 00005@2025-07-01',
    );
    t.equal(
      changeOf(read, 'place_change:tren-001-2025-07-01'),
      'abolish by null: 001 part 00001@2025-07-01; 001 part 00002@2025-07-01',
    );
    t.equal(
      changeOf(read, 'place_change:ven-003-2025-07-01'),
      'abolish by null: 003 primary 00007@2025-07-01',
    );
    t.equal(
      changeOf(read, 'place_change:dao-004-2025-07-01'),
      'abolish by 1654/NQ-UBTVQH15: 004 whole 00010@2025-07-01',
    );
  },
);

t.test('two places of one name and code are told apart by the day on which the second began', async (t) => {
  const lists = packages();
  // Én becomes Ẽn, and more than it goes in: another place, whose id would be the same.
  const renamed = { ...lists.after, communes: lists.after.communes.map((one) => ({ ...one })) };
  for (const one of renamed.communes) if (one.ward_code === '00005') one.name = 'Phường Ên';
  const read = await planted(t, '', typed, { ...lists, after: renamed });
  t.equal(versionsOf(read, 'place:en-00005-2025-07-01').length, 1);
});

t.test(
  'what is typed changes the tree: continuations, arrangements, amendments, origins, exonyms',
  async (t) => {
    const read = await planted(
      t,
      `
treeContinuations:
  - {code: '00005', from: '00006', reason: It bears the older name.}
  - {code: '00001', reason: Not the same.}
treeArrangements:
  - {province: '01', effectiveOn: '2024-11-01', resolution: '1/NQ', date: '2024-10-01'}
treeAmendments:
  - {effectiveOn: '2026-04-30', level: commune, type: ward, resolution: '2/NQ', units: [{code: '00007', name: 'Hòa'}]}
  - {effectiveOn: '2024-01-01', level: province, type: city, resolution: '3/NQ', date: '2023-12-01', units: [{code: '03', name: 'Rừng Lớn'}]}
treeCorrections:
  - {on: '2025-06-30', level: province, code: '03', name: 'Thành phố Rừng Lớn', reason: The list is older.}
  - {on: '2025-07-01', level: province, code: '03', name: 'Thành phố Rừng', reason: It has its old name again.}
  - {on: '2025-06-30', level: commune, code: '00099', name: 'Xã Lẻ', parent: '001', reason: The list lacks it.}
  - {on: '2022-10-01', level: commune, code: '00003', successor: '00001', coverage: whole, reason: A resolution says it.}
treeOrigins:
  - {level: province, code: '01', validFrom: '1991-01-01', resolution: '4/NQ'}
treeExonyms:
  - {level: province, name: 'Núi', en: The Mountains}
  - {level: province, name: 'Biển', en: The Sea, fullName: The Sea}
`,
      // One more commune is typed.
      typed.replace('level: commune, count: 7', 'level: commune, count: 8'),
    );
    t.strictSame(linesOf(read), []);
    t.equal(versionsOf(read, 'place:gao-00006').length, 3, 'Gạo goes on as Lúa');
    t.equal(
      changeOf(read, 'place_change:an-00001-2024-11-01'),
      'merge by 1/NQ: 00001 whole 00001@2024-11-01; 00003 whole 00001@2024-11-01',
    );
    t.equal(versionsOf(read, 'place:an-00001').length, 2);
    t.equal(versionsOf(read, 'place:an-00001-2025-07-01').length, 1, 'the new An is another place');
    t.equal(
      changeOf(read, 'place_change:gao-moi-00006-2024-11-01'),
      'rename by 1/NQ: 00006 whole 00006@2024-11-01',
    );
    t.equal(
      changeOf(read, 'place_change:hoa-00007-2026-04-30'),
      'reclassify by 2/NQ: 00007@2025-07-01 whole 00007@2026-04-30',
    );
    t.equal(changeOf(read, 'place_change:rung-lon-03-2024-01-01'), 'rename by 3/NQ: 03 whole 03@2024-01-01');
    t.equal(versionsOf(read, 'place:nui-01')[0]?.slice(0, 27), 'place_version:01@1991-01-01');
    const english = (id: string) => read.seeds.places.find((place) => place.id === id)?.versions[0];
    t.match(english('place:nui-01'), {
      name: { en: 'The Mountains' },
      fullName: { en: 'The Mountains Province' },
      nameBasis: 'exonym',
    });
    t.match(english('place:bien-02'), { fullName: { en: 'The Sea' } });
  },
);

t.test(
  'earlier versions that are typed, and what documents print, join the places of the tree',
  async (t) => {
    const sum = 'a'.repeat(64);
    const read = await planted(
      t,
      `
documents:
  - {id: document:1, fileName: 1.txt, sha256: '${sum}', languages: [ar], paragraphCount: 1}
places:
  - id: place:rung-03
    level: province
    versions:
      - code: '03'
        type: province
        name: {vi: 'Rừng'}
        fullName: {vi: 'Tỉnh Rừng'}
        validTo: '1991-01-01'
        validToBasis: resolution
        citations: [{resolution: '4/NQ'}]
treeOrigins:
  - {level: province, code: '03', validFrom: '1991-01-01', resolution: '4/NQ'}
placeCitations:
  - version: place_version:00003
    aliases: [{text: 'غ', language: ar}]
    note: A remark.
    citations: [{document: document:1, paragraph: 1, start: 0, end: 1, sha256: '${sum}'}]
  - {version: place_version:00001, citations: [{document: document:1, paragraph: 1, start: 2, end: 3, sha256: '${sum}'}]}
`,
    );
    t.strictSame(linesOf(read), []);
    t.strictSame(
      versionsOf(read, 'place:rung-03').map((line) => line.slice(0, 27)),
      ['place_version:03 Tỉnh Rừng,', 'place_version:03@1991-01-01'],
    );
    const version = (id: string) => read.seeds.places.find((place) => place.id === id)?.versions[0];
    t.match(version('place:cat-00003'), { aliases: [{ text: 'غ' }], note: 'A remark.' });
    t.equal(version('place:cat-00003')?.citations.length, 2);
    t.strictSame(version('place:an-00001')?.aliases, []);
  },
);

t.test('what is typed and does not fit is told with its line and a guess', async (t) => {
  const faults: [fault: string, more: string][] = [
    [
      'wrong_count  on 2022-10-01 the tree has 8 units of level commune, not 9',
      "treeCounts: [{on: '2022-10-01', of: units, level: commune, count: 9}]",
    ],
    [
      'wrong_count  on 2022-10-01 the tree has 1 units of level commune and type township, not 2',
      "treeCounts: [{on: '2022-10-01', of: units, level: commune, type: township, count: 2}]",
    ],
    [
      'wrong_count  on 2025-06-30 the tree has 5 links from units of level commune, not 1',
      "treeCounts: [{on: '2025-06-30', of: links, level: commune, count: 1}]",
    ],
    [
      'wrong_count  on 1999-01-01 the tree has 0 links from units of level commune, not 1',
      "treeCounts: [{on: '1999-01-01', of: links, level: commune, count: 1}]",
    ],
    [
      'no_such_list  no list is of 2025-06-01; there are those of 2022-10-01, 2025-06-30, 2025-07-01',
      "treeCorrections: [{on: '2025-06-01', level: commune, code: '00001', name: 'Xã An', reason: x}]",
    ],
    [
      'no_type  "An" begins with no word for a type of commune',
      "treeCorrections: [{on: '2025-06-30', level: commune, code: '00001', name: An, reason: x}]",
    ],
    [
      'unknown_unit  the list of 2025-06-30 has no commune 0001; to add one, give name and parent; did you mean "00001"?',
      "treeCorrections: [{on: '2025-06-30', level: commune, code: '0001', successor: '00001', reason: x}]",
    ],
    [
      'unknown_unit  the list of 2025-06-30 has no commune 98765; to add one, give name and parent',
      "treeCorrections: [{on: '2025-06-30', level: commune, code: '98765', name: 'Xã Xa', reason: x}]",
    ],
    [
      'needless_correction  commune 00001 is "Xã An" already',
      "treeCorrections: [{on: '2025-06-30', level: commune, code: '00001', name: 'Xã An', reason: x}]",
    ],
    [
      'unknown_unit  the lists have no commune 00011; did you mean "00001"?',
      "treeContinuations: [{code: '00011', from: '00001', reason: x}]",
    ],
    ['unknown_unit  the lists have no commune 98765', "treeContinuations: [{code: '98765', reason: x}]"],
    [
      'unknown_unit  the lists have no commune 98765',
      "treeContinuations: [{code: '00001', from: '98765', reason: x}]",
    ],
    [
      'unknown_unit  no commune 0007 is in force on 2026-04-30; did you mean "00007"?',
      "treeAmendments: [{effectiveOn: '2026-04-30', level: commune, type: ward, resolution: '2/NQ', units: [{code: '0007', name: 'Hòa'}]}]",
    ],
    [
      'unknown_unit  no province 77 is in force on 2026-04-30',
      "treeAmendments: [{effectiveOn: '2026-04-30', level: province, type: city, resolution: '2/NQ', units: [{code: '77', name: 'Hòa'}]}]",
    ],
    [
      'needless_amendment  commune 00007 is that already on 2026-04-30',
      "treeAmendments: [{effectiveOn: '2026-04-30', level: commune, type: commune, resolution: '2/NQ', units: [{code: '00007', name: 'Hòa'}]}]",
    ],
    [
      'unknown_unit  the list of 2022-10-01 has no province 77',
      "treeOrigins: [{level: province, code: '77', validFrom: '1991-01-01', resolution: '4/NQ'}]",
    ],
    [
      'dangling_reference  there is no place_version:00012; did you mean "place_version:00002"?',
      'placeCitations: [{version: place_version:00012, citations: []}]',
    ],
    [
      'dangling_reference  there is no place_version:far-away-and-nowhere-at-all',
      'placeCitations: [{version: place_version:far-away-and-nowhere-at-all, citations: []}]',
    ],
    [
      'wrong_province  the list of 2025-07-01 has no province 77',
      "treeProvinces: [{code: '77', type: city, name: 'Xa', former: ['01'], communes: 1/NQ}]",
    ],
    [
      'wrong_province  province 03 is "Rừng" in the list of 2025-07-01',
      "treeProvinces: [{code: '03', type: city, name: 'Xa', former: ['01'], communes: 1/NQ}]",
    ],
    [
      'wrong_province  not all of 03, 77 are provinces of 2025-06-30',
      "treeProvinces: [{code: '03', type: city, name: 'Rừng', former: ['03', '77'], communes: 1/NQ}]",
    ],
  ];
  for (const [fault, more] of faults) {
    await t.test(`${fault.split('  ')[0]} of ${more}`, async (t) => {
      const lines = linesOf(await planted(t, more));
      t.ok(
        lines.some((line) => line.startsWith('seeds/b.yml:1:') && line.endsWith(fault)),
        lines.join('\n'),
      );
    });
  }
});

t.test('a unit in one that no list has, or in no country, is told', async (t) => {
  const lists = packages();
  const communes = lists.before.communes.filter(({ idDistrict }) => idDistrict !== '003');
  const after = { ...lists.after, communes: [...lists.after.communes] };
  after.communes.push({ ward_code: '00011', name: 'Xã Lạc', province_code: '99' });
  const read = await planted(t, '', typed.slice(typed.indexOf('treeCounts')), {
    ...lists,
    before: { ...lists.before, communes },
    after,
  });
  const lines = linesOf(read).map((line) => line.replace(/^\S+ {2}/, ''));
  t.strictSame(lines, [
    'unknown_parent  00007 (Xã Hòa) is in ?, which no list has',
    'unknown_parent  00011 (Xã Lạc) is in 99, which no list has',
  ]);
  t.equal(read.seeds.places.find(({ id }) => id === 'place:nui-01')?.versions[0]?.parent, 'place:no-country');
});

t.test(
  'a province that nobody typed keeps what its list says, and has the acts of no resolution',
  async (t) => {
    const lists = packages();
    const provinces = [
      { province_code: '02', name: 'Núi' },
      { province_code: '03', name: 'Thành phố Rừng' },
    ];
    const text = typed.replace(/^ {2}- \{code: '03'.*\n/m, '').replace(/^treeActs:\n.*\n/m, '');
    const read = await planted(t, '', text, { ...lists, after: { ...lists.after, provinces } });
    t.strictSame(linesOf(read), []);
    t.equal(
      changeOf(read, 'place_change:nui-02-2025-07-01'),
      'merge by null: 01 whole 02@2025-07-01; 02 whole 02@2025-07-01',
    );
  },
);
