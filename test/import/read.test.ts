import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { checkSeeds } from '../../src/import/check.ts';
import { readSeeds } from '../../src/import/read.ts';
import { countrySeeds, faultsOf, linesOf, seedsWith, titleOf } from './country.ts';

const sourced = "citations: [{package: p, version: '1'}]";
const task = (rest: string) => `tasks:
  - id: task:x
    kind: task
    name: {en: X}
    ${sourced}
    ${rest}`;
const observation = (rest: string) => `observations:
  - id: observation:x
    indicator: indicator:income
    measure: value
    scenario: actual
    comparator: eq
    unit: million_dong
    place: place:tieu-quoc
    period: '2023'
    ${sourced}
    ${rest}`;

const cases: [sentence: string, text: string | Uint8Array, faults: string[]][] = [
  ['a file that holds only a comment', '# nothing\n', []],
  [
    'a misspelt key',
    task("dedline: {date: '2024-06-30', comparator: le}"),
    ['seeds/zz.yml:6:5  unknown_key  "dedline" is not a key of a task; did you mean "deadline"?'],
  ],
  [
    'a misspelt key of a map within',
    task("deadline: {dat: '2024-06-30', comparator: le}"),
    [
      'seeds/zz.yml:6:15  missing_key  "deadline" needs "date"',
      'seeds/zz.yml:6:16  unknown_key  "dat" is not a key of "deadline"; did you mean "date"?',
    ],
  ],
  [
    'a key like nothing that there is',
    task('xyzzy: 1'),
    ['seeds/zz.yml:6:5  unknown_key  "xyzzy" is not a key of a task'],
  ],
  [
    'a missing key',
    `tasks:\n  - id: task:x\n    name: {en: X}\n    ${sourced}\n`,
    ['seeds/zz.yml:2:5  missing_key  a task needs "kind"'],
  ],
  [
    'a record without citations',
    'tasks:\n  - {id: task:x, kind: task, name: {en: X}, citations: []}',
    ['seeds/zz.yml:2:56  too_few  "citations" needs at least 1, but holds 0'],
  ],
  [
    'a name in no language',
    `tasks:\n  - {id: task:x, kind: task, name: {vi: null}, ${sourced}}`,
    ['seeds/zz.yml:2:36  empty_name  "name" needs a text in at least one language'],
  ],
  [
    'an unknown section',
    'task: []',
    ['seeds/zz.yml:1:1  unknown_section  "task" is not a section of a seed file; did you mean "tasks"?'],
  ],
  [
    'a section like nothing that there is',
    'xyzzy: []',
    ['seeds/zz.yml:1:1  unknown_section  "xyzzy" is not a section of a seed file'],
  ],
  [
    'a section that is no list',
    'tasks: {}',
    ['seeds/zz.yml:1:1  wrong_type  "tasks" must be a list of records'],
  ],
  [
    'a section without a record',
    'tasks:\n',
    ['seeds/zz.yml:1:1  wrong_type  "tasks" must be a list of records'],
  ],
  [
    'a file that is no map',
    '- tasks',
    [
      'seeds/zz.yml:1:1  wrong_type  a seed file is a map of sections: documents, places, placeChanges, bodies, persons, events, instruments, themes, mottos, tasks, indicators, observations, contradictions, corrections, placeCitations, treeCounts, treeActs, treeProvinces, treeCorrections, treeContinuations, treeAmendments, treeArrangements, treeOrigins, treeExonyms, crosswalkCorrections, crosswalkParents, crosswalkExceptions',
    ],
  ],
  [
    'a record that is no map',
    'tasks: [task:x]',
    ['seeds/zz.yml:1:9  wrong_type  a task is "task:x", but must be a map of keys and values'],
  ],
  [
    'a list where a map belongs',
    task('deadline: []'),
    ['seeds/zz.yml:6:15  wrong_type  "deadline" is a list, but must be a map of keys and values'],
  ],
  [
    'a text where a list belongs',
    task('responsible: body:front'),
    ['seeds/zz.yml:6:18  wrong_type  "responsible" is "body:front", but must be a list'],
  ],
  [
    'a map where a word belongs',
    `tasks:\n  - {id: task:x, kind: {}, name: {en: X}, ${sourced}}`,
    [
      'seeds/zz.yml:2:24  unknown_word  "kind" is a map, but must be one of task, key_task, breakthrough, key_area',
    ],
  ],
  [
    'a list where text belongs',
    task('note: [a]'),
    ['seeds/zz.yml:6:11  wrong_type  "note" is a list, but must be a text'],
  ],
  [
    'nothing where text belongs',
    `tasks:\n  - {id: , kind: task, name: {en: X}, ${sourced}}`,
    ['seeds/zz.yml:2:10  wrong_type  "id" is empty, but must be a text'],
  ],
  [
    'a word where true or false belongs',
    task("period: '2024'\n    cumulative: yes"),
    ['seeds/zz.yml:7:17  wrong_type  "cumulative" is "yes", but must be true or false'],
  ],
  [
    'text where a number belongs',
    task("ordinal: '1'"),
    ['seeds/zz.yml:6:14  wrong_type  "ordinal" is "1", but must be a number, without quotes'],
  ],
  [
    'a broken number',
    task('ordinal: 1.5'),
    ['seeds/zz.yml:6:14  wrong_type  "ordinal" is 1.5, but must be a whole number'],
  ],
  [
    'a number that is too small',
    task('ordinal: 0'),
    ['seeds/zz.yml:6:14  out_of_range  "ordinal" is 0, but must be at least 1'],
  ],
  [
    'an unquoted code',
    'places: [{id: place:x, level: province, versions: [{code: 01}]}]',
    [
      'seeds/zz.yml:1:52  missing_key  "versions" needs "type"',
      'seeds/zz.yml:1:52  missing_key  "versions" needs "name"',
      'seeds/zz.yml:1:52  missing_key  "versions" needs "fullName"',
      'seeds/zz.yml:1:52  missing_key  "versions" needs "citations"',
      `seeds/zz.yml:1:59  unquoted  "code": 01 is read as a number here; put it in quotes: '01'`,
    ],
  ],
  [
    'an unquoted year',
    task('period: 2024'),
    [`seeds/zz.yml:6:13  unquoted  "period": 2024 is read as a number here; put it in quotes: '2024'`],
  ],
  [
    'a boolean where text belongs',
    task('note: true'),
    [`seeds/zz.yml:6:11  unquoted  "note": true is read as a boolean here; put it in quotes: 'true'`],
  ],
  [
    'a malformed date',
    task("on: '2024-6-30'"),
    ['seeds/zz.yml:6:9  malformed_date  "on" is "2024-6-30", but must be a day, YYYY-MM-DD'],
  ],
  [
    'a date that does not exist',
    task("on: '2024-02-30'"),
    ['seeds/zz.yml:6:9  impossible_date  "on": 2024-02-30 names a day that does not exist'],
  ],
  [
    'a date in a year that no calendar has',
    task("on: '0000-01-01'"),
    ['seeds/zz.yml:6:9  impossible_date  "on": 0000-01-01 names a day that does not exist'],
  ],
  [
    'a malformed period',
    task("period: '2024-Q1'"),
    [
      `seeds/zz.yml:6:13  bad_format  "period" is "2024-Q1", but must be a period: '2023', 2023-09, 2023-10-31 or 2023-01-01/2023-09-30`,
    ],
  ],
  [
    'a month that does not exist',
    task("period: '2024-13'"),
    ['seeds/zz.yml:6:13  impossible_date  "period": 2024-13 names a day that does not exist'],
  ],
  [
    'a period that ends before it starts',
    task('period: 2024-02-01/2024-01-31'),
    ['seeds/zz.yml:6:13  period_backwards  "period": 2024-02-01/2024-01-31 ends before it starts'],
  ],
  [
    'a word that is not in the list',
    task('flags: [place_infered]'),
    [
      'seeds/zz.yml:6:13  unknown_word  "flags" is "place_infered", but must be one of place_inferred, period_inferred, year_inferred, cutoff_not_printed, unit_suspect, base_suspect, translation_suspect, sense_ambiguous, scope_not_printed, place_version_assumed, in_contradiction, derived, body_inferred; did you mean "place_inferred"?',
    ],
  ],
  [
    'a word like none in the list',
    task('flags: [xyzzy]'),
    [
      'seeds/zz.yml:6:13  unknown_word  "flags" is "xyzzy", but must be one of place_inferred, period_inferred, year_inferred, cutoff_not_printed, unit_suspect, base_suspect, translation_suspect, sense_ambiguous, scope_not_printed, place_version_assumed, in_contradiction, derived, body_inferred',
    ],
  ],
  [
    'a word that is a number',
    task('flags: [1]'),
    [
      'seeds/zz.yml:6:13  unknown_word  "flags" is 1, but must be one of place_inferred, period_inferred, year_inferred, cutoff_not_printed, unit_suspect, base_suspect, translation_suspect, sense_ambiguous, scope_not_printed, place_version_assumed, in_contradiction, derived, body_inferred',
    ],
  ],
  [
    'a word twice',
    task('flags: [derived, derived]'),
    ['seeds/zz.yml:6:22  listed_twice  "flags" lists derived twice'],
  ],
  [
    'a malformed id',
    `tasks:\n  - {id: 'task:a b', kind: task, name: {en: X}, ${sourced}}`,
    ['seeds/zz.yml:2:10  bad_format  "id" is "task:a b", but must be an id such as task:…'],
  ],
  [
    'a reference to the wrong type',
    task('parent: body:front'),
    ['seeds/zz.yml:6:13  bad_format  "parent" is "body:front", but must be an id such as task:…'],
  ],
  [
    'a control character',
    task('note: "a\\tb"'),
    ['seeds/zz.yml:6:11  bad_format  "note" is "a\\tb", but must be a text on one line'],
  ],
  ['an empty text', task("note: ''"), ['seeds/zz.yml:6:11  empty_text  "note" is empty; leave the key out']],
  [
    'a file name with a folder',
    'documents: [{id: document:x, fileName: a/b}]',
    [
      'seeds/zz.yml:1:13  missing_key  a document needs "sha256"',
      'seeds/zz.yml:1:13  missing_key  a document needs "languages"',
      'seeds/zz.yml:1:13  missing_key  a document needs "paragraphCount"',
      'seeds/zz.yml:1:40  bad_format  "fileName" is "a/b", but must be the name of a file, without a folder',
    ],
  ],
  [
    'a figure of sixteen digits',
    observation('value: 0.1234567890123456'),
    [
      'seeds/zz.yml:11:12  too_many_digits  "value": 0.1234567890123456 has 16 significant digits; 15 are kept',
    ],
  ],
  [
    'a figure that is not plain',
    observation('value: 1e3'),
    ['seeds/zz.yml:11:12  bad_number  "value": write 1e3 as a plain decimal number'],
  ],
  [
    'a dimension that is no word',
    observation('dimensions: {Sex: female}'),
    ['seeds/zz.yml:11:18  bad_format  "Sex" in "dimensions" must be a lower_snake word'],
  ],
  [
    'one side of a contradiction',
    `contradictions:
  - {id: contradiction:x, kind: value, name: {en: X}, sides: [{fact: task:all, states: a}]}`,
    ['seeds/zz.yml:2:62  too_few  "sides" needs at least 2, but holds 1'],
  ],
  [
    'a text citation with a typo',
    `tasks:
  - {id: task:x, kind: task, name: {en: X}, citations: [{document: document:901, paragraf: 1}]}`,
    [
      'seeds/zz.yml:2:57  missing_key  "citations" needs "paragraph"',
      'seeds/zz.yml:2:57  missing_key  "citations" needs "start"',
      'seeds/zz.yml:2:57  missing_key  "citations" needs "end"',
      'seeds/zz.yml:2:57  missing_key  "citations" needs "sha256"',
      'seeds/zz.yml:2:82  unknown_key  "paragraf" is not a key of "citations"; did you mean "paragraph"?',
    ],
  ],
  ['a key twice', task('kind: task'), ['seeds/zz.yml:6:5  duplicate_key  the key stands twice in one map']],
  [
    'broken YAML',
    'tasks: [',
    [
      'seeds/zz.yml:1:9  yaml_syntax  Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ],
  ['a key without even a colon', task('? note'), ['seeds/zz.yml:6:7  wrong_type  "note" has no value']],
  [
    'what is no id, twice',
    task('responsible: [x, x]'),
    [
      'seeds/zz.yml:6:19  bad_format  "responsible" is "x", but must be an id such as body:…',
      'seeds/zz.yml:6:22  bad_format  "responsible" is "x", but must be an id such as body:…',
    ],
  ],
  ['an unknown tag', task('note: !js a'), ['seeds/zz.yml:6:11  yaml_syntax  Unresolved tag: !js']],
  [
    'an anchor',
    task('parent: &a task:all\n    repeats: *a'),
    [
      'seeds/zz.yml:6:16  yaml_alias  anchors and aliases are not read here; write the value out',
      'seeds/zz.yml:7:14  yaml_alias  anchors and aliases are not read here; write the value out',
    ],
  ],
  [
    'a bomb of aliases',
    `a: &a [x, x]\nb: &b [*a, *a]\ntasks: [*b]`,
    [
      'seeds/zz.yml:1:1  unknown_section  "a" is not a section of a seed file',
      'seeds/zz.yml:2:1  unknown_section  "b" is not a section of a seed file',
      'seeds/zz.yml:3:9  yaml_alias  anchors and aliases are not read here; write the value out',
    ],
  ],
  [
    'two documents in one file',
    'tasks: []\n---\ntasks: []\n',
    ['seeds/zz.yml:2:1  yaml_syntax  a second YAML document begins; a file holds one'],
  ],
  [
    'bytes that are not UTF-8',
    Buffer.from('tasks:\n  - \xff\n', 'latin1'),
    ['seeds/zz.yml:2  invalid_utf8  the line is not valid UTF-8'],
  ],
];
for (const [sentence, text, faults] of cases) {
  t.test(titleOf(sentence, faults), async (t) => {
    t.strictSame(await faultsOf(t, text), faults);
  });
}

t.test('tells the faults of all files at once, sorted by file and line', async (t) => {
  const folder = await seedsWith(t, `${task('dedline: x')}\nthemes: 1\n`);
  await writeFile(join(folder, 'aa.yml'), `\n${task('parent: task:nobody')}`);
  const faults = await linesOf(async () => checkSeeds(await readSeeds(folder)));
  t.strictSame(faults, [
    'seeds/aa.yml:7:13  dangling_reference  there is no task:nobody',
    'seeds/zz.yml:2:5  duplicate_id  task:x at seeds/aa.yml:3 has this id already',
    'seeds/zz.yml:6:5  unknown_key  "dedline" is not a key of a task; did you mean "deadline"?',
    'seeds/zz.yml:7:1  wrong_type  "themes" must be a list of records',
  ]);
});

t.test(
  'raises no false alarm about records that refer to one with faults, or to a version of one',
  async (t) => {
    const text = `${task('parent: task:y')}
  - {id: task:y, kind: task, name: {en: Y}, place: place:x, ${sourced}, plaace: 1}
places:
  - {id: place:x, level: province}
placeChanges:
  - id: place_change:x
    kind: split
    effectiveOn: '2024-01-01'
    links: [{from: place_version:99, to: place_version:71, coverage: part}]
    ${sourced}
bodies:
  - {id: body:x, kind: other, name: {en: X}, place: place:x, ${sourced}}`;
    t.strictSame(await faultsOf(t, text), [
      'seeds/zz.yml:7:102  unknown_key  "plaace" is not a key of a task; did you mean "place"?',
      'seeds/zz.yml:9:5  missing_key  a place needs "versions"',
    ]);
  },
);

t.test('reads .yml and .yaml in all folders below, in one order, and nothing else', async (t) => {
  const { files, seeds } = await readSeeds(countrySeeds);
  t.strictSame(files, [
    'seeds/actors.yml',
    'seeds/documents.yml',
    'seeds/places.yml',
    'seeds/subjects/figures.yml',
  ]);
  t.equal(seeds.observations.length, 17);
  t.strictSame(
    seeds.tasks.map(({ id }) => id),
    ['task:all', 'task:schools', 'task:tourism', 'task:tourism-again'],
  );
});

t.test('says which folder is missing', async (t) => {
  t.strictSame(await linesOf(() => readSeeds('nowhere')), ['missing_folder  there is no folder nowhere']);
});
