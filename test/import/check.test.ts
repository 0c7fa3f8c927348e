import t from 'tap';
import { faultsOf, titleOf } from './country.ts';

const cited = "citations: [{package: p, version: '1'}]";
const task = (id: string, rest: string) => `
  - id: task:${id}
    kind: task
    name: {en: ${id}}
    ${rest}`;
const withTask = (rest: string) => `tasks:${task('x', `${rest}\n    ${cited}`)}`;
const observation = (id: string, rest: string) => `
  - id: observation:${id}
    indicator: indicator:income
    measure: growth
    scenario: actual
    comparator: eq
    unit: percent
    place: place:tieu-quoc
    period: '2023'
    ${cited}
    ${rest}`;
const withObservation = (rest: string) => `observations:${observation('x', rest)}`;
const version = (rest: string) => `
      - name: {en: X}
        fullName: {en: X}
        type: commune
        ${cited}
        ${rest}`;
const place = (id: string, rest: string) => `
  - id: place:${id}
    level: commune
    versions:${rest}`;
const cite = (rest: string) => withTask(`flags: []`).replace(cited, `citations: [${rest}]`);
const sum = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';

/** The country announces two parts of its tasks and has both: another is one too many. */
const surplus = (listed: number, last: string) =>
  `seeds/actors.yml:83:5  unlinked_contradiction  contradiction of kind count: task:all at seeds/actors.yml:83 says 2 announced, ${listed} listed, but task:${last} at seeds/zz.yml:2 says a part of it; more is listed than is announced. If all is printed so, declare it: - {id: contradiction:all-against-${last}, kind: count, name: {en: "more is listed than is announced"}, sides: [{fact: task:all, states: "2 announced, ${listed} listed"}, {fact: task:${last}, states: "a part of it"}]}`;

const cases: [sentence: string, text: string, faults: string[]][] = [
  [
    'an id twice',
    `bodies: [{id: body:front, kind: other, name: {en: X}, ${cited}}]`,
    ['seeds/zz.yml:1:10  duplicate_id  body:front at seeds/actors.yml:21 has this id already'],
  ],
  [
    'a version twice',
    `places:${place('x', version("code: '70001'\n        validTo: '2000-01-01'\n        validToBasis: observed"))}`,
    ['seeds/zz.yml:5:9  duplicate_id  place_version:70001 at seeds/places.yml:66 has this id already'],
  ],
  [
    'a reference that is nearly right',
    withTask('parent: task:tourims'),
    ['seeds/zz.yml:5:13  dangling_reference  there is no task:tourims; did you mean "task:tourism"?'],
  ],
  [
    'a reference to nothing',
    withTask('parent: task:nowhere-at-all'),
    ['seeds/zz.yml:5:13  dangling_reference  there is no task:nowhere-at-all'],
  ],
  [
    'a side that is not there',
    `contradictions:
  - id: contradiction:x
    kind: value
    name: {en: X}
    sides: [{fact: observation:schools, states: a}, {fact: observation:schoolz, states: b}]`,
    [
      'seeds/zz.yml:5:60  dangling_reference  there is no observation:schoolz; did you mean "observation:schools"?',
    ],
  ],
  [
    'a side twice',
    `contradictions:
  - id: contradiction:x
    kind: value
    name: {en: X}
    sides: [{fact: observation:schools, states: a}, {fact: observation:schools, states: b}]`,
    ['seeds/zz.yml:5:54  listed_twice  "sides" lists observation:schools twice'],
  ],
  [
    'a link twice',
    `placeChanges:
  - id: place_change:x
    kind: split
    effectiveOn: '2025-07-01'
    links:
      - {from: place_version:71, to: 'place_version:72@2025-07-01', coverage: part}
      - {from: place_version:71, to: 'place_version:70001@2025-07-01', coverage: part}
      - {from: place_version:71, to: 'place_version:72@2025-07-01', coverage: whole}
    ${cited}`,
    ['seeds/zz.yml:8:9  listed_twice  "links" lists place_version:71 to place_version:72@2025-07-01 twice'],
  ],
  [
    'an indicator that may be itself',
    `indicators:
  - id: indicator:x
    name: {en: X}
    definition: {en: X}
    unit: x
    topic: x
    direction: up
    additive: true
    possiblySameAs: [indicator:x]
    ${cited}`,
    ['seeds/zz.yml:9:21  circle  indicator:x names itself in "possiblySameAs"'],
  ],
  [
    'a task that is its own parent',
    withTask('parent: task:x'),
    ['seeds/zz.yml:2:5  circle  "parent" leads back to the record itself: task:x → task:x'],
  ],
  [
    'a circle of three',
    `tasks:${[
      ['c', 'b'],
      ['b', 'a'],
      ['a', 'c'],
      ['d', 'a'],
    ]
      .map(([id, parent]) => task(String(id), `parent: task:${parent}\n    ${cited}`))
      .join('')}`,
    [
      'seeds/zz.yml:12:5  circle  "parent" leads back to the record itself: task:a → task:c → task:b → task:a',
    ],
  ],
  [
    'tasks that repeat each other',
    `tasks:${task('a', `repeats: task:b\n    ${cited}`)}${task('b', `repeats: task:a\n    ${cited}`)}`,
    ['seeds/zz.yml:2:5  circle  "repeats" leads back to the record itself: task:a → task:b → task:a'],
  ],
  [
    'a figure within itself',
    withObservation('value: 1\n    subsetOf: observation:x'),
    ['seeds/zz.yml:2:5  circle  "subsetOf" leads back to the record itself: observation:x → observation:x'],
  ],
  [
    'a place within itself',
    `places:${place('x', version("code: '70009'\n        parent: place:x"))}`,
    ['seeds/zz.yml:2:5  circle  "parent" leads back to the record itself: place:x → place:x'],
  ],
  [
    'a cumulative period from March',
    withTask('period: 2024-03-01/2024-09-30\n    cumulative: true'),
    ['seeds/zz.yml:6:5  not_cumulative  what is cumulative has a period that starts on 1 January'],
  ],
  [
    'a cumulative flag without a period',
    withTask('cumulative: true'),
    ['seeds/zz.yml:5:5  not_cumulative  what is cumulative has a period that starts on 1 January'],
  ],
  [
    'a code of the wrong length',
    `places:${place('x', version("code: '7009'"))}`,
    ['seeds/zz.yml:9:9  code_length  the code of a commune has 5 characters, not 4'],
  ],
  [
    'a version that ends before it starts',
    `places:${place('x', version("code: '70009'\n        validFrom: '2024-01-01'\n        validFromBasis: observed\n        validTo: '2024-01-01'\n        validToBasis: observed"))}`,
    [
      'seeds/zz.yml:12:9  empty_validity  validTo is the first day after the version, so it comes after validFrom (2024-01-01)',
    ],
  ],
  [
    'a date of validity without its basis',
    `places:${place('x', version("code: '70009'\n        validFrom: '2024-01-01'\n        validToBasis: observed"))}`,
    [
      'seeds/zz.yml:5:9  missing_basis  validTo and validToBasis go together',
      'seeds/zz.yml:10:9  missing_basis  validFrom and validFromBasis go together',
    ],
  ],
  [
    'two places with one code at one time',
    `places:${place('x', version("code: '70001'\n        validFrom: '2020-01-01'\n        validFromBasis: observed\n        validTo: '2021-01-01'\n        validToBasis: observed"))}`,
    [
      'seeds/zz.yml:5:9  overlapping_versions  place_version:70001@2020-01-01 overlaps in time with place_version:70001 at seeds/places.yml:66',
    ],
  ],
  [
    'a place with two codes at one time',
    `places:${place('x', version("code: '70008'") + version("code: '70009'\n        validFrom: '2020-01-01'\n        validFromBasis: observed"))}`,
    [
      'seeds/zz.yml:10:9  overlapping_versions  place_version:70009@2020-01-01 overlaps in time with place_version:70008 at seeds/zz.yml:5',
    ],
  ],
  [
    'a place with several versions and no day',
    withTask('place: place:song-hoa-71'),
    [
      'seeds/zz.yml:5:5  ambiguous_place_version  place:song-hoa-71 has 2 versions; say with "on" for which day it is meant',
    ],
  ],
  [
    'a locality with several versions and no day',
    withTask('localities: [place:an-khe-701, place:ho-dao-70001]'),
    [
      'seeds/zz.yml:5:36  ambiguous_place_version  place:ho-dao-70001 has 2 versions; say with "on" for which day it is meant',
    ],
  ],
  [
    'a place that had ended',
    withTask("place: place:an-khe-701\n    on: '2025-07-01'"),
    [
      'seeds/zz.yml:5:5  place_not_in_force  place:an-khe-701 has no version in force on 2025-07-01; say with "on" for which day it is meant',
    ],
  ],
  [
    'a figure of a place that had ended',
    withObservation('value: 1').replace('place:tieu-quoc', 'place:an-khe-701').replace('2023', '2025'),
    [
      'seeds/zz.yml:8:5  place_not_in_force  place:an-khe-701 has no version in force on 2025-12-31; say with "on" for which day it is meant',
    ],
  ],
  [
    'a paragraph past the end',
    cite(`{document: document:901, paragraph: 6, start: 0, end: 1, sha256: ${sum}}`),
    ['seeds/zz.yml:6:42  paragraph_past_end  document:901 has 5 paragraphs, but paragraph 6 is cited'],
  ],
  [
    'a citation that ends where it starts',
    cite(`{document: document:901, paragraph: 1, start: 4, end: 4, sha256: ${sum}}`),
    ['seeds/zz.yml:6:66  empty_citation  the citation ends at 4, but starts at 4'],
  ],
  [
    'a printed form that is too long',
    cite(
      `{document: document:901, paragraph: 1, start: 0, end: 61, printed: ${'a'.repeat(61)}, sha256: ${'ab'.repeat(32)}}`,
    ),
    [
      'seeds/zz.yml:6:75  printed_too_long  printed is 61 characters long; beyond 60 it is left out',
      'seeds/zz.yml:6:147  printed_checksum  the checksum of printed is 35d5fc17cfbbadd00f5e710ada39f194c5ad7c766ad67072245f1fad45f0f530',
    ],
  ],
  [
    'a printed form of another length',
    cite(`{document: document:901, paragraph: 1, start: 0, end: 2, printed: a, sha256: ${sum}}`),
    ['seeds/zz.yml:6:74  printed_length  printed is 1 long, but from 0 to 2 it is 2'],
  ],
  [
    'a printed form of another checksum',
    cite(`{document: document:901, paragraph: 1, start: 0, end: 1, printed: b, sha256: ${sum}}`),
    [
      'seeds/zz.yml:6:86  printed_checksum  the checksum of printed is 3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',
    ],
  ],
  [
    'a printed form whose one character takes two units, as one',
    cite('{document: document:901, paragraph: 5, start: 1, end: 2, printed: 🌿, sha256: 0}').replace(
      'sha256: 0',
      'sha256: 05a5b5ca8c6486ff824600eb54b5561bf3f61c59169cba6f3233e54bd138e3da',
    ),
    [],
  ],
  [
    'a place cited twice by one fact',
    cite(
      "{resolution: a}, {package: p, version: '1'}, {resolution: a, date: '2024-01-01'}, {resolution: a, inferred: [name]}",
    ),
    ['seeds/zz.yml:6:99  duplicate_citation  task:x cites the same place already at seeds/zz.yml:6'],
  ],
  [
    'siblings that cite the same characters',
    `tasks:${task('x', `parent: task:all\n    citations: [{document: document:901, paragraph: 3, start: 20, end: 30, sha256: ${sum}}]`)}${task('y', `parent: task:tourism\n    citations: [{document: document:901, paragraph: 3, start: 20, end: 30, sha256: ${sum}}]`)}`,
    [
      surplus(3, 'x'),
      'seeds/zz.yml:6:17  overlapping_citations  task:x cites characters that its sibling task:schools at seeds/actors.yml:105 cites too',
    ],
  ],
  [
    'an observation without a finding',
    withObservation('value: null'),
    [
      'seeds/zz.yml:2:5  empty_observation  the observation needs a value, a valueCode, a trend or a fraction',
    ],
  ],
  [
    'a rank without a number',
    withObservation('trend: up').replace('growth', 'rank'),
    ['seeds/zz.yml:2:5  bad_rank  the value of a rank is a whole number from 1'],
  ],
  [
    'a rank that is not whole',
    withObservation('value: 1.5').replace('growth', 'rank'),
    ['seeds/zz.yml:11:5  bad_rank  the value of a rank is a whole number from 1'],
  ],
  [
    'a rank of 0',
    withObservation('value: 0').replace('growth', 'rank'),
    ['seeds/zz.yml:11:5  bad_rank  the value of a rank is a whole number from 1'],
  ],
  [
    'outOf on what is no rank',
    withObservation('value: 1\n    outOf: 63'),
    ['seeds/zz.yml:12:5  out_of_without_rank  outOf belongs to a rank, not to a growth'],
  ],
  [
    'a numerator without a denominator',
    withObservation('numerator: 1').replace('growth', 'share'),
    ['seeds/zz.yml:11:5  half_fraction  a fraction has both a numerator and a denominator'],
  ],
  [
    'a denominator without a numerator',
    withObservation('value: 5\n    denominator: 1').replace('growth', 'share'),
    ['seeds/zz.yml:12:5  half_fraction  a fraction has both a numerator and a denominator'],
  ],
  [
    'a denominator of 0',
    withObservation('numerator: 1\n    denominator: 0').replace('growth', 'share'),
    ['seeds/zz.yml:12:5  zero_denominator  the denominator is 0'],
  ],
  [
    'the same figure twice',
    `observations:${observation('x', 'value: 1')}${observation('y', 'value: 1.0\n    dimensions: {}')}`,
    [
      'seeds/zz.yml:12:5  duplicate_observation  observation:x at seeds/zz.yml:2 states the same figure; keep one record and give it both citations',
    ],
  ],
  [
    'two figures of one thing',
    `observations:${observation('x', 'value: 1\n    dimensions: {a: b, c: d}')}${observation('y', 'value: 2\n    dimensions: {c: d, a: b}')}`,
    [
      'seeds/zz.yml:13:5  unlinked_contradiction  contradiction of kind value: observation:y at seeds/zz.yml:13 says 2 percent, but observation:x at seeds/zz.yml:2 says 1 percent; one thing has one value. If all is printed so, declare it: - {id: contradiction:y-against-x, kind: value, name: {en: "one thing has one value"}, sides: [{fact: observation:y, states: "2 percent"}, {fact: observation:x, states: "1 percent"}]}',
    ],
  ],
  [
    'one figure against two base periods',
    `observations:${observation('x', "value: 1\n    basis: {kind: earlier_period, period: '2022'}")}${observation('y', "value: 1\n    basis: {kind: earlier_period, period: '2021'}")}`,
    [
      'seeds/zz.yml:13:5  unlinked_contradiction  contradiction of kind base: observation:y at seeds/zz.yml:13 says 1 percent against 2021, but observation:x at seeds/zz.yml:2 says 1 percent against 2022; they differ only in the base period. If all is printed so, declare it: - {id: contradiction:y-against-x, kind: base, name: {en: "they differ only in the base period"}, sides: [{fact: observation:y, states: "1 percent against 2021"}, {fact: observation:x, states: "1 percent against 2022"}]}',
    ],
  ],
  [
    'two figures against two base periods, which may both be right',
    `observations:${observation('x', "value: 1\n    basis: {kind: earlier_period, period: '2022'}")}${observation('y', "value: 2\n    basis: {kind: earlier_period, period: '2021'}")}`,
    [],
  ],
  [
    'two figures of one thing that share a contradiction',
    `observations:${observation('x', 'value: 1')}${observation('y', 'value: 2')}
contradictions:
  - {id: contradiction:x, kind: value, name: {en: X}, sides: [{fact: observation:x, states: a}, {fact: observation:y, states: b}]}`,
    [],
  ],
  [
    'an observation twice under one id',
    `observations:${observation('x', 'value: 1')}${observation('x', 'value: 1')}`,
    ['seeds/zz.yml:12:5  duplicate_id  observation:x at seeds/zz.yml:2 has this id already'],
  ],
  [
    'a document twice',
    `documents: [{id: document:x, fileName: x.txt, languages: [he], paragraphCount: 1, sha256: ${sum}}, {id: document:y, fileName: y.txt, languages: [he], paragraphCount: 1, sha256: ${sum}}]`,
    [
      'seeds/zz.yml:1:158  duplicate_record  document:x at seeds/zz.yml:1 has the same checksum; keep one of the two',
    ],
  ],
  [
    'a body twice',
    `bodies: [{id: body:x, kind: front, name: {en: Fatherland Front, vi: null}, ${cited}}]`,
    [
      'seeds/zz.yml:1:10  duplicate_record  body:front at seeds/actors.yml:21 has the same kind, place and name; keep one of the two',
    ],
  ],
  [
    'a person twice',
    `persons: [{id: person:x, name: {en: X}, ${cited}}, {id: person:y, name: {en: X}, ${cited}}]`,
    [
      'seeds/zz.yml:1:83  duplicate_record  person:x at seeds/zz.yml:1 has the same name, offices, body and place; keep one of the two',
    ],
  ],
  [
    'an event twice',
    `events: [{id: event:x, kind: other, name: {en: X}, ${cited}}, {id: event:y, kind: other, name: {en: X}, ${cited}}]`,
    [
      'seeds/zz.yml:1:94  duplicate_record  event:x at seeds/zz.yml:1 has the same kind, name, place and period; keep one of the two',
    ],
  ],
  [
    'an instrument twice',
    `instruments: [{id: instrument:x, kind: plan, name: {en: X}, ${cited}}, {id: instrument:y, kind: plan, name: {en: X}, ${cited}}]`,
    [
      'seeds/zz.yml:1:103  duplicate_record  instrument:x at seeds/zz.yml:1 has the same kind, number, name and body; keep one of the two',
    ],
  ],
  [
    'a theme twice',
    `themes: [{id: theme:x, name: {en: X}, ${cited}}, {id: theme:y, name: {en: X}, ${cited}}]`,
    [
      'seeds/zz.yml:1:81  duplicate_record  theme:x at seeds/zz.yml:1 has the same name, body, event and period; keep one of the two',
    ],
  ],
  [
    'a motto twice',
    `mottos: [{id: motto:x, kind: model, name: {en: X}, ${cited}}, {id: motto:y, kind: model, name: {en: X}, ${cited}}]`,
    [
      'seeds/zz.yml:1:94  duplicate_record  motto:x at seeds/zz.yml:1 has the same kind, name, body, theme, task and period; keep one of the two',
    ],
  ],
  [
    'two first parts of a task',
    withTask('parent: task:all\n    ordinal: 1'),
    [
      surplus(3, 'x'),
      'seeds/zz.yml:2:5  duplicate_record  task:schools at seeds/actors.yml:94 has the same parent and ordinal; keep one of the two',
    ],
  ],
  [
    'a task twice under one id',
    `tasks:${task('x', `parent: task:all\n    ordinal: 9\n    ${cited}`)}${task('x', `parent: task:all\n    ordinal: 9\n    ${cited}`)}`,
    [surplus(3, 'x'), 'seeds/zz.yml:8:5  duplicate_id  task:x at seeds/zz.yml:2 has this id already'],
  ],
];
for (const [sentence, text, faults] of cases) {
  t.test(titleOf(sentence, faults), async (t) => {
    t.strictSame(await faultsOf(t, text), faults);
  });
}
