import t from 'tap';
import {
  kindOfChange,
  type NamedPlace,
  namesOfChange,
  type Predecessor,
} from '../../src/import/change-kind.ts';

const kimSon: NamedPlace = { placeId: 'place:a', code: '02971', type: 'commune', name: 'Kim Sơn' };
const whole = (from: NamedPlace): Predecessor<NamedPlace> => ({ from, coverage: 'whole' });
const part = (from: NamedPlace): Predecessor<NamedPlace> => ({ from, coverage: 'part' });

const cases: [what: string, from: Predecessor<NamedPlace>[], kind: string][] = [
  ['two places into one are a merge', [whole(kimSon), part(kimSon)], 'merge'],
  ['a part of one place is a split', [part(kimSon)], 'split'],
  [
    'another name is a rename, whatever else is new',
    [whole({ ...kimSon, code: '1', type: 'ward', name: 'Bảo Hà' })],
    'rename',
  ],
  ['another type is a reclassification', [whole({ ...kimSon, type: 'township', code: '1' })], 'reclassify'],
  ['another code is a new code only', [whole({ ...kimSon, code: '1' })], 'recode'],
  [
    'of a place that only got another parent it is a transfer',
    [whole({ ...kimSon, name: 'Kim sơn' })],
    'transfer',
  ],
  [
    'a new place with one known predecessor was made of more',
    [whole({ ...kimSon, placeId: 'place:b' })],
    'merge',
  ],
  ['a place without a predecessor has none that goes on', [], 'abolish'],
];
for (const [what, from, kind] of cases) {
  t.test(what, async (t) => {
    t.equal(kindOfChange(from, kimSon), kind);
  });
}

t.test('places that went into none are abolished', async (t) => {
  t.equal(kindOfChange([whole(kimSon), whole(kimSon)], undefined), 'abolish');
});

t.test('a change is found by its kind and day, and by its legal basis', async (t) => {
  t.strictSame(namesOfChange('merge', '2025-07-01', '1673/NQ-UBTVQH15'), [
    'merge of 2025-07-01',
    '1673/NQ-UBTVQH15',
  ]);
});
