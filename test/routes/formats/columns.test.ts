import t from 'tap';
import Type from 'typebox';
import { type Column, columnsOf, kindOf, unfold } from '../../../src/routes/formats/columns.ts';

const text = (description = 'Text.') => Type.String({ description });
const Names = Type.Object(
  { vi: text(), label: Type.Optional(Type.Object({ text: text() })) },
  { title: 'Names', description: 'A name.' },
);
const shape = Type.Object({
  plain: Type.Union([Type.Number({ description: 'A figure.' }), Type.Null()]),
  word: Type.Enum(['a', 'b'], { description: 'A word.' }),
  flags: Type.Array(text('A flag.'), { description: 'Flags.' }),
  inner: Type.Union([
    Type.Object({
      yes: Type.Boolean({ description: 'Whether.' }),
      any: Type.Unknown({ description: 'Anything.' }),
      tags: Type.Array(text(), { description: 'Tags.' }),
    }),
    Type.Null(),
  ]),
  steps: Type.Array(
    Type.Object({
      count: Type.Integer({ description: 'A number.' }),
      on: Type.Union([Type.String({ format: 'date', description: 'A day.' }), Type.Null()]),
      at: Type.String({ format: 'date-time', description: 'A moment.' }),
      marks: Type.Array(text(), { description: 'Marks.' }),
    }),
  ),
  name: Names,
});

t.test('a column may be null where its member, or one around it, may be or may be missing', async (t) => {
  const nullable = columnsOf(shape, { labels: true }).filter((column) => column.nullable);
  t.strictSame(
    nullable.map(({ name }) => name),
    ['plain', 'inner_yes', 'inner_any', 'name_label_text'],
  );
});

const shown = ({ name, type, depth, description }: Column) => [name, type, depth, description];

t.test('columns come from any shape: nested members by _, with their types and descriptions', async (t) => {
  t.strictSame(columnsOf(shape).map(shown), [
    ['plain', 'number', 0, 'A figure.'],
    ['word', 'text', 0, 'A word.'],
    ['flags', 'text', 1, 'Flags.'],
    ['inner_yes', 'boolean', 0, 'Whether.'],
    ['inner_any', 'json', 0, 'Anything.'],
    ['inner_tags', 'text', 1, 'Tags.'],
    ['steps_count', 'integer', 1, 'A number.'],
    ['steps_on', 'date', 1, 'A day.'],
    ['steps_at', 'instant', 1, 'A moment.'],
    ['steps_marks', 'text', 2, 'Marks.'],
    ['name_vi', 'text', 0, 'Text.'],
  ]);
  t.equal(columnsOf(shape, { labels: true }).at(-1)?.name, 'name_label_text');
  t.strictSame(columnsOf(shape).slice(7, 10).map(kindOf), [
    'list of date',
    'list of instant',
    'list of lists of text',
  ]);
});

t.test('a column finds its value in a record, null where it is missing, lists as lists', async (t) => {
  const valuesIn = (row: object) =>
    Object.fromEntries(columnsOf(shape).map(({ name, valueIn }) => [name, valueIn(row)]));
  const steps = [
    { count: 1, on: null, at: 'x', marks: ['m', 'n'] },
    { count: 2, on: '2024-01-01', at: 'y', marks: [] },
  ];
  const inner = { yes: true, any: { x: 1 }, tags: ['t'] };
  t.strictSame(valuesIn({ plain: 1.5, word: 'a', flags: ['a', 'b'], inner, steps, name: { vi: 'Tên' } }), {
    plain: 1.5,
    word: 'a',
    flags: ['a', 'b'],
    inner_yes: true,
    inner_any: { x: 1 },
    inner_tags: ['t'],
    steps_count: [1, 2],
    steps_on: [null, '2024-01-01'],
    steps_at: ['x', 'y'],
    steps_marks: [['m', 'n'], []],
    name_vi: 'Tên',
  });
  t.match(valuesIn({ plain: null, flags: [], inner: null, steps: [] }), {
    plain: null,
    inner_yes: null,
    inner_tags: [],
    steps_marks: [],
    name_vi: null,
  });
});

t.test('a table has a row for each value of the member that is unfolded', async (t) => {
  const records = [
    { plain: 1, steps: [{ count: 1 }, { count: 2 }] },
    { plain: 2, steps: [] },
  ];
  t.strictSame(unfold(records, undefined), records);
  const rows = unfold(records, 'steps');
  const columns = columnsOf(shape, { rows: 'steps' });
  t.match(columns.map(shown), [[], [], [], [], [], [], ['steps_count', 'integer', 0]]);
  const [plain, count] = ['plain', 'steps_count'].map((name) => columns.find((one) => one.name === name));
  t.strictSame(
    rows.map((row) => [plain?.valueIn(row), count?.valueIn(row)]),
    [
      [1, 1],
      [1, 2],
    ],
  );
});
