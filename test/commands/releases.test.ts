/** What an administrator of releases types, and reads. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { diffText } from '../../src/commands/diff-text.ts';
import { releasesText } from '../../src/commands/texts.ts';
import { type Diff, linkMembers, type RecordDiff } from '../../src/import/diff.ts';
import { layouts } from '../../src/import/layout.ts';
import { govdata } from '../govdata.ts';
import { testDatabase } from '../helper.ts';
import { countrySeeds, emptiedDatabase, seedsWith } from '../import/country.ts';

const correction = (expected: number) => `corrections:
  - id: correction:budget-2023
    fact: observation:budget-2023
    expect: {value: ${expected}}
    set: {value: 1240}
    reason: Two digits had changed places.
    date: '2026-11-25'
`;

/** The tiny country as release 1; as release 2 with a name, a link and a figure changed, a person and a motto less. */
async function twoReleases(t: Test) {
  const { url } = await emptiedDatabase();
  await govdata(['seed', '--from', countrySeeds, '--note', 'The first.'], { url });
  const folder = await seedsWith(t, correction(1204));
  const path = join(folder, 'actors.yml');
  const text = await readFile(path, 'utf8');
  const edited = text
    .replace('en: Party Committee of An Khe}', 'en: Committee of the Party of An Khe}')
    .replace('supporting: [body:front]', 'supporting: [body:front, body:an-khe-party]')
    .replace(/ {2}- id: motto:clear-people\n( {4}.*\n)+/, '');
  await writeFile(path, edited);
  const seeded = await govdata(['seed', '--from', folder, '--note', 'Read\nanew.'], { url });
  return { url, folder, seeded };
}

t.test('before there is a release: says so, and how to get there', async (t) => {
  const { url } = await testDatabase(t);
  const commands = [['releases'], ['diff', '1', '2'], ['rollback', '1']];
  for (const command of commands) {
    t.match(
      await govdata(command, { url }),
      { code: 1, out: '', err: /^The database is not migrated\. Run `govdata migrate` first\.\n/ },
      command.join(' '),
    );
  }
  await govdata(['migrate'], { url });
  t.strictSame(await govdata(['releases'], { url }), { code: 0, out: 'There is no release yet.\n', err: '' });
  t.strictSame(await govdata(['releases', '--json'], { url }), { code: 0, out: '[]\n', err: '' });
  for (const command of commands.slice(1)) {
    t.strictSame(
      await govdata(command, { url }),
      { code: 1, out: '', err: 'There is no release yet.\n' },
      command.join(' '),
    );
  }
});

t.test('lists the releases, newest first, with when, how much and why', async (t) => {
  const { url, seeded } = await twoReleases(t);
  t.match(seeded.out, /^Release 2: 0 added, 2 revised, 1 corrected, 1 withdrawn\.\n/);
  const { code, out } = await govdata(['releases'], { url });
  t.equal(code, 0);
  t.match(
    out,
    new RegExp(
      [
        '^release {2}made {22}added {2}revised {2}corrected {2}withdrawn {2}hash {10}note',
        ' {6}2 {2}20[-0-9]{8}T[0-9:.]{12}Z {6}0 {8}2 {10}1 {10}1 {2}[0-9a-f]{12} {2}Read anew\\.',
        ' {6}1 {2}20[-0-9]{8}T[0-9:.]{12}Z {5}53 {8}0 {10}0 {10}0 {2}[0-9a-f]{12} {2}The first\\.\n$',
      ].join('\n'),
    ),
  );
  t.match(JSON.parse((await govdata(['releases', '--json'], { url })).out), [
    { number: 2, note: 'Read\nanew.', counts: { revised: 2, corrected: 1 }, hash: /^[0-9a-f]{64}$/ },
    { number: 1, note: 'The first.', counts: { added: 53 } },
  ]);
  await govdata(['rollback', '1', '--note', ''], { url });
  t.match((await govdata(['releases'], { url })).out.split('\n')[1], / 3 .* [0-9a-f]{12}$/);
});

t.test('shows what differs between two releases, and the other way round', async (t) => {
  const { url } = await twoReleases(t);
  const motto = /- citation:[0-9a-f]{20} of motto:clear-people/;
  const { code, out, err } = await govdata(['diff', '1', '2'], { url });
  t.strictSame([code, err], [0, '']);
  t.match(out, motto);
  t.strictSame(
    out.replace(motto, '- citation'),
    `From release 1 to 2: 0 added, 3 revised, 1 withdrawn.

type         added  revised  withdrawn
body             0        1          0
citation         0        0          1
correction       1        0          0
motto            0        0          1
observation      0        1          0
task             0        1          0

~ body:an-khe-party
    name.en: "Party Committee of An Khe" → "Committee of the Party of An Khe"
- citation
+ correction:budget-2023 of observation:budget-2023
- motto:clear-people
~ observation:budget-2023
    value: 1204 → 1240
~ task:schools
    + bodies {"role":"supporting","bodyId":"body:an-khe-party","ordinal":2}
`,
  );
  const back = await govdata(['diff', '2', '1'], { url });
  t.match(back.out, /^From release 2 to 1: 1 added, 3 revised, 0 withdrawn\.\n/);
  t.match(back.out, '\n    value: 1240 → 1204\n');
  t.match(back.out, '\n    - bodies {"role":"supporting","bodyId":"body:an-khe-party","ordinal":2}\n');
  t.match(back.out, '\n- correction:budget-2023 of observation:budget-2023\n+ motto:clear-people\n');
  t.match(JSON.parse((await govdata(['diff', '1', '2', '--json'], { url })).out), {
    from: 1,
    to: 2,
    byType: [{ type: 'body', added: 0, revised: 1, withdrawn: 0 }, {}, {}, {}, {}, {}],
    records: [
      {
        id: 'body:an-khe-party',
        fact: null,
        change: 'revised',
        members: [{ member: 'name', before: { en: 'Party Committee of An Khe' }, after: { vi: /./ } }],
        links: [],
      },
      { fact: 'motto:clear-people', change: 'withdrawn' },
      { id: 'correction:budget-2023', fact: 'observation:budget-2023', change: 'added' },
      { id: 'motto:clear-people', members: [{ member: 'kind', before: 'slogan', after: null }, {}, {}] },
      { members: [{ member: 'value', before: 1204, after: 1240 }] },
      {
        id: 'task:schools',
        change: 'revised',
        members: [],
        links: [{ member: 'bodies', change: 'added', link: { bodyId: 'body:an-khe-party' } }],
      },
    ],
  });
});

t.test('every table of links has the member that holds them, and no other table', async (t) => {
  const links = [...layouts].filter(([, { key }]) => key.length > 1).map(([name]) => name);
  t.strictSame(Object.keys(linkMembers).sort(), links.sort());
});

t.test('says of releases of one content that they do not differ', async (t) => {
  const { url } = await twoReleases(t);
  await govdata(['rollback', '1'], { url });
  const told = async (from: string, to: string) => (await govdata(['diff', from, to], { url })).out;
  t.equal(await told('1', '3'), 'Releases 1 and 3 have the same content.\n');
  t.equal(await told('2', '2'), 'Release 2 does not differ from itself.\n');
  t.strictSame(JSON.parse((await govdata(['diff', '1', '3', '--json'], { url })).out), {
    from: 1,
    to: 3,
    byType: [],
    records: [],
  });
});

t.test('refuses to compare releases that there are not', async (t) => {
  const { url } = await twoReleases(t);
  const refused = async (...args: string[]) => {
    const { code, out, err } = await govdata(['diff', ...args], { url });
    t.equal(out, '');
    return [code, err];
  };
  t.strictSame(await refused('1', '3'), [1, 'There is no release 3; the current one is 2.\n']);
  t.strictSame(await refused('4', '3'), [
    1,
    'There is no release 4 and no release 3; the current one is 2.\n',
  ]);
  t.strictSame(await refused('0', '1'), [
    2,
    "error: command-argument value '0' is invalid for argument 'from'. It must be a whole number from 1.\n",
  ]);
  t.strictSame(await refused('1'), [2, "error: missing required argument 'to'\n"]);
});

t.test('rolls back: shows what that would do, does it, and can be undone alike', async (t) => {
  const { url, folder } = await twoReleases(t);
  const dry = await govdata(['rollback', '1', '--dry-run'], { url });
  const counts = '1 added, 3 revised, 0 corrected, 0 withdrawn';
  t.match(dry, { code: 0, err: '' });
  t.match(dry.out, `A release would have ${counts}; nothing was written: release 2 is current.\n\ntype `);
  t.notMatch(dry.out, 'The next');
  t.match((await govdata(['status', '--json'], { url })).out, '"number": 2,');

  const { code, out } = await govdata(['rollback', '1'], { url });
  t.equal(code, 0);
  t.match(out, `Release 3: ${counts}.\n\ntype `);
  t.match(
    out,
    /\n\nThe next `govdata seed` writes what the seed files say: if that is wrong, mend them first\.\n$/,
  );
  t.strictSame(await govdata(['rollback', '1'], { url }), {
    code: 0,
    out: 'Nothing has changed: release 3 is current, and has the content of release 1.\n',
    err: '',
  });
  const again = await govdata(['rollback', '2', '--note', 'That was right.', '--json'], { url });
  t.match(JSON.parse(again.out), {
    release: 4,
    made: true,
    counts: { revised: 2, corrected: 1, withdrawn: 1 },
  });
  const { out: list } = await govdata(['releases', '--json'], { url });
  t.match(JSON.parse(list), [{ note: 'That was right.' }, { note: 'Rollback to release 1.' }, {}, {}]);
  const hashes = (JSON.parse(list) as { hash: string }[]).map(({ hash }) => hash);
  t.strictSame(hashes.slice(0, 2), hashes.slice(2), 'the content is that of before');
  t.match(await govdata(['seed', '--from', folder], { url }), {
    out: 'Nothing has changed: release 4 is current.\n',
  });
});

t.test('refuses to roll back to the current release, and to one that there is not', async (t) => {
  const { url } = await twoReleases(t);
  t.strictSame(await govdata(['rollback', '2'], { url }), {
    code: 1,
    out: '',
    err: 'Release 2 is the current one; name an earlier one, whose content is to come back.\n',
  });
  t.strictSame(await govdata(['rollback', '9'], { url }), {
    code: 1,
    out: '',
    err: 'There is no release 9; the current one is 2.\n',
  });
  t.match(await govdata(['rollback', 'one'], { url }), { code: 2, out: '', err: /whole number from 1/ });
  t.match((await govdata(['status', '--json'], { url })).out, '"number": 2,');
});

t.test('a correction that meets another figure than it expects stops the seed, at its line', async (t) => {
  const { url } = await emptiedDatabase();
  t.match(await govdata(['seed', '--from', await seedsWith(t, correction(1205))], { url }), {
    code: 1,
    out: '',
    err: /^The seed files cannot be used\.\nseeds\/zz\.yml:4:5 {2}failed_guard {2}"value" is expected to be 1205, but observation:budget-2023 at seeds\/subjects\/figures\.yml:\d+ says 1204\n$/,
  });
  t.match(
    await govdata(['seed', '--from', await seedsWith(t, correction(1204).replace('1240', 'much'))], { url }),
    {
      code: 1,
      out: '',
      err: /^The seed files cannot be used\.\nseeds\/zz\.yml:5:5 {2}misfit_correction {2}"value" must be number\n$/,
    },
  );
  t.equal((await govdata(['releases'], { url })).out, 'There is no release yet.\n');
});

const record = (
  id: string,
  change: RecordDiff['change'],
  members: RecordDiff['members'] = [],
): RecordDiff => ({
  id,
  fact: null,
  change,
  members,
  links: [],
});
const diffOf = (...records: RecordDiff[]): Diff => ({ from: 1, to: 2, byType: [], records });
const linesOf = (diff: Diff) => diffText(diff).split('\n').slice(4, -1);

t.test('of thousands of records of a type twenty are shown, and first what was there before', async (t) => {
  const added = Array.from({ length: 3000 }, (_, index) => record(`task:${index}`, 'added'));
  const lines = linesOf(
    diffOf(record('body:a', 'added'), ...added, record('task:x', 'withdrawn'), record('task:y', 'revised')),
  );
  t.strictSame(lines.slice(0, 4), ['+ body:a', '~ task:y', '- task:x', '+ task:0']);
  t.strictSame(lines.slice(20), ['+ task:17', '… and 2982 more of task; --json has all']);
});

t.test('long values are cut around the place where they differ', async (t) => {
  const filler = 'abcdefghi '.repeat(20);
  const shownOf = (before: unknown, after: unknown) =>
    linesOf(diffOf(record('task:a', 'revised', [{ member: 'note', before, after }]))).slice(1);
  t.strictSame(shownOf(`${filler}then${filler}`, `${filler}now${filler}`), [
    `    note: …fghi abcdefghi then${filler.slice(0, 41)}… → …fghi abcdefghi now${filler.slice(0, 42)}…`,
  ]);
  t.strictSame(shownOf(null, filler), [`    note: null → "${filler.slice(0, 59)}…`]);
  t.strictSame(shownOf(`${filler}.`, `${filler}!`), [
    `    note: …${filler.slice(-58)}." → …${filler.slice(-58)}!"`,
  ]);
  t.strictSame(shownOf({ en: 'a', vi: 'b' }, { en: 'a', he: 'c' }), [
    '    note.vi: "b" → null',
    '    note.he: null → "c"',
  ]);
  t.strictSame(shownOf([1], { en: 'a' }), ['    note: [1] → {"en":"a"}']);
});

t.test('a release without a note has none in its row', async (t) => {
  const counts = { added: 1, revised: 0, corrected: 0, withdrawn: 0 };
  const release = {
    number: 1,
    createdAt: '2026-11-22T05:00:00.000Z',
    hash: 'ab'.repeat(32),
    counts,
    note: null,
  };
  const [, row] = releasesText([release]).split('\n');
  t.match(row, / abababababab$/);
});
