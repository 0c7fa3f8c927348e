import fc from 'fast-check';
import t from 'tap';
import { fold, foldedNames } from '../../src/db/fold.ts';

const cases: [text: string, folded: string][] = [
  ['Hòa Bình', 'hoa binh'],
  ['Hoà Bình', 'hoa binh'],
  ['HOA BINH', 'hoa binh'],
  ['Đắk Lắk', 'dak lak'],
  ['Ðắk Lắk', 'dak lak'],
  ['Thừa Thiên\u00a0– Huế', 'thua thien – hue'],
  ['  Bảo \t\n Yên ', 'bao yen'],
  ['Ea H’leo', "ea h'leo"],
  ['Ea H´leo', "ea h'leo"],
  ['مُقَاطَعَة لاو كاي', 'مقاطعة لاو كاي'],
  ['לָאוֹ קַאי', 'לאו קאי'],
  ['２０２４', '2024'],
  ['', ''],
];
for (const [text, folded] of cases) {
  t.test(`folds ${JSON.stringify(text)} to ${JSON.stringify(folded)}`, async (t) => {
    t.equal(fold(text), folded);
  });
}

t.test('folds what is folded to itself, whatever the text', async () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)));
});

t.test('writes each name once, a line each, and leaves out what is absent', async (t) => {
  const names = { vi: 'Sông Hòa', en: 'Song Hoa', ar: 'سونغ هوا', he: null };
  const aliases = [{ text: 'Song  Hoa' }, { text: 'River of Peace' }];
  t.equal(
    foldedNames(names, aliases, '18-NQ/TU', null, undefined, [{ en: 'Unity' }], '  '),
    'song hoa\nسونغ هوا\nriver of peace\n18-nq/tu\nunity',
  );
});
