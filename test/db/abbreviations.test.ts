import t from 'tap';
import { bareOf, wordings, writeOut } from '../../src/db/abbreviations.ts';

const cases: [short: string, written: string][] = [
  ['TP.HCM', 'thành phố hồ chí minh'],
  ['TPHCM', 'thành phố hồ chí minh'],
  ['tp hcm', 'thành phố hồ chí minh'],
  ['T.P. HCM', 'thành phố hồ chí minh'],
  ['TP. Hồ Chí Minh', 'thành phố Hồ Chí Minh'],
  ['HCM', 'hồ chí minh'],
  ['HCMC', 'ho chi minh city'],
  ['HN', 'hà nội'],
  ['BRVT', 'bà rịa – vũng tàu'],
  ['Q.1', 'quận 1'],
  ['q1', 'quận 1'],
  ['Q 1', 'quận 1'],
  ['P.05', 'phường 05'],
  ['p 12', 'phường 12'],
  ['TX Sa Pa', 'thị xã Sa Pa'],
  ['Tx. Sa Pa', 'thị xã Sa Pa'],
  ['TT.Phố Ràng', 'thị trấn Phố Ràng'],
  ['H. Bảo Yên', 'huyện Bảo Yên'],
  ['H Bảo Yên', 'huyện Bảo Yên'],
  ['X.Cúc Phương', 'xã Cúc Phương'],
  ['T. Ninh Bình', 'tỉnh Ninh Bình'],
  ['ĐK Phú Quốc', 'đặc khu Phú Quốc'],
  ['P. Bến Nghé, Q.1, TP.HCM', 'phường Bến Nghé, quận 1, thành phố hồ chí minh'],
  ['P Bến Nghé, Q Ba Đình', 'phường Bến Nghé, quận Ba Đình'],
  ['X. Ea H’Leo', 'xã Ea H’Leo'],
];
for (const [short, written] of cases) {
  t.test(`writes ${JSON.stringify(short)} as ${JSON.stringify(written)}`, async (t) => {
    t.equal(writeOut(short), written);
  });
}

t.test('leaves alone what is no abbreviation', async (t) => {
  for (const text of [
    'Tân Phú',
    'Xã Tân An',
    "Ea H'Leo",
    'TT-BTC',
    'tp',
    'h',
    'Phú Thọ',
    'p2p3',
    'Y Tý',
    'a.h. 5x',
  ]) {
    t.equal(writeOut(text), text);
  }
});

t.test('a question is asked as it is and written out, folded, and once where both are alike', async (t) => {
  t.strictSame(wordings('Q.01'), ['q.01', 'quan 1']);
  t.strictSame(wordings('  Cúc  Phương '), ['cuc phuong']);
  t.strictSame(wordings('BR-VT'), ['br vt']);
  t.strictSame(wordings(' – '), []);
});

t.test('a name is bare without its type before or after it, and never empty', async (t) => {
  t.equal(bareOf('thi xa sa pa'), 'sa pa');
  t.equal(bareOf('cuc phuong commune'), 'cuc phuong');
  t.equal(bareOf('an phu special zone'), 'an phu');
  t.equal(bareOf('quan'), 'quan');
  t.equal(bareOf('xa dan'), 'dan', 'what may be a name of its own is tried as it is first');
});
