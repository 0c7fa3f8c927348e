import { PassThrough } from 'node:stream';
import t from 'tap';
import { confirmBy, terminalOf } from '../../src/commands/terminal.ts';
import { govdata } from '../govdata.ts';
import { described, filesOf, oneColumn, statuses } from '../import/table/made.ts';
import { oneCell, workbook } from '../import/table/workbooks.ts';
import { seededDatabase } from '../service.ts';

const spec = described(`${oneColumn}\n    range: [0, 100]`, statuses);
const table = 'Province,2014,2015,Prel. 2016\nCan Tho,1,10,200\nHa Noi,1,,\n';

t.test('a table is loaded, and what came of it is told', async (t) => {
  const { url } = await seededDatabase(t, 'provinces');
  const files = filesOf(t, spec, table);
  const load = (...more: string[]) =>
    govdata(['import', 'table', files.table, '--spec', files.spec, ...more], { url });
  const told = `dataset:made: made.csv (utf-8, delimiter ","), SHA-256 `;
  const preview = await load('--dry-run');
  t.match(preview, { code: 0, err: 'read 4 figures of made.csv\n' });
  t.ok(preview.out.startsWith(told));
  t.ok(
    preview.out.includes(`…
Figures: 4 added, 0 revised, 0 withdrawn, 0 as they were; 2 cells without one, 0 rows left out.

Breaks in a series:
observation:made-can-tho-92-made_up-2016  row 2  Prel. 2016  10  (2015) →  200
observation:made-can-tho-92-made_up-2015  row 2  2015         1  (2014) →   10

Outside their range (1):
row 2  Prel. 2016  Can Tho  200

A release would have 6 added, 0 revised, 0 corrected, 0 withdrawn; nothing was written: release 1 is current.
`),
    preview.out,
  );
  t.match(await load(), { code: 0, out: /Release 2: 6 added/ });
  t.match(JSON.parse((await load('--json', '--note', 'Again.')).out), {
    release: 2,
    made: false,
    figures: { left: 4 },
  });
  const later = filesOf(t, spec, table.replace(',10,', ',11,').replaceAll(',', '\t'));
  const revised = await govdata(['import', 'table', later.table, '--spec', later.spec, '--dry-run'], { url });
  t.match(revised.out, /delimiter tab/);
  t.match(
    revised.out,
    /Largest changes:\nobservation:made-can-tho-92-made_up-2015 {2}row 2 {2}2015 {2}10 {2}→ {2}11\n/,
  );
});

t.test('where somebody is there, they are shown what would change, and asked', async (t) => {
  const { url } = await seededDatabase(t, 'provinces');
  const files = filesOf(t, spec, table);
  const questions: string[] = [];
  const load = (answer: boolean, ...more: string[]) =>
    govdata(['import', 'table', files.table, '--spec', files.spec, ...more], {
      url,
      confirm: async (question) => {
        questions.push(question);
        return answer;
      },
    });
  const refused = await load(false);
  t.match(refused, { code: 0, out: '', err: /Figures: 4 added.*\n[\s\S]*nothing was written/ });
  t.match(await load(false, '--dry-run'), { out: /release 1 is current/ });
  t.match(await load(true), { out: /Release 2: / });
  t.match(await load(true), { out: '', err: /Nothing has changed: release 2 is current/ });
  t.match(await load(false, '--yes'), { out: /Nothing has changed/ });
  t.strictSame(questions, ['Write this release?', 'Write this release?']);
});

t.test('a first description is printed', async (t) => {
  const files = filesOf(t, spec, table);
  t.match(await govdata(['import', 'guess', files.table]), {
    code: 0,
    out: /^# [\s\S]*dataset:\n[\s\S]*columns:/,
    err: '',
  });
  t.match(await govdata(['import', 'guess', files.table, '--sheet', 'A']), { code: 1, err: /no_such_sheet/ });
});

t.test('only a yes is a yes', async (t) => {
  const answer = async (typed: string) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.end(typed);
    const said = await confirmBy(input, output, 'Sure?');
    t.equal(String(output.read()), 'Sure? [y/N] ');
    return said;
  };
  t.strictSame(await Promise.all(['y\n', ' YES \n', 'n\n', '\n', ''].map(answer)), [
    true,
    true,
    false,
    false,
    false,
  ]);
});

t.test('a terminal asks only where somebody can answer', async (t) => {
  const streams = (isTTY: boolean) => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const all = { stdin: Object.assign(stdin, { isTTY }), stdout, stderr: Object.assign(stderr, { isTTY }) };
    return { terminal: terminalOf(all as never), stdin, stdout, stderr };
  };
  t.equal(streams(false).terminal.confirm, undefined);
  const { terminal, stdin, stdout, stderr } = streams(true);
  terminal.out('out');
  t.equal(String(stdout.read()), 'out');
  terminal.err('err');
  t.equal(String(stderr.read()), 'err');
  stdin.end('y\n');
  t.equal(await terminal.confirm?.('Sure?'), true);
});

t.test('of a workbook its sheet is told', async (t) => {
  const { url } = await seededDatabase(t, 'provinces');
  const sheet = oneCell('Province').replace(
    '</row>',
    '<c r="B1"><v>2015</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Can Tho</t></is></c><c r="B2"><v>1</v></c></row>',
  );
  const files = filesOf(t, spec, await workbook({ Data: sheet }), 'made.xlsx');
  const args = ['import', 'table', files.table, '--spec', files.spec, '--dry-run'];
  t.match(await govdata(args, { url }), { code: 0, out: /^dataset:made: made.xlsx \(sheet Data\), SHA-256/ });
});
