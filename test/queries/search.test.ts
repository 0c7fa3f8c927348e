import t from 'tap';
import { townsOf } from './towns.ts';

const { ask } = await townsOf(t);

interface Hit {
  id: string;
  match: string;
  context: { vi: string; en: string } | null;
  name: { vi: string };
}

async function hits(args: object): Promise<Hit[]> {
  return (await ask('search', { type: ['place_version'], ...args }))['items'] as Hit[];
}
const ids = async (args: object) => (await hits(args)).map(({ id }) => id.replace('place_version:', ''));

t.test('abbreviations are understood: each way to write a place finds it as a whole name', async (t) => {
  const ways: [id: string, ways: string[]][] = [
    [
      '79',
      [
        'TP.HCM',
        'TPHCM',
        'tp hcm',
        'HCM',
        'T.P. Hồ Chí Minh',
        'thanh pho ho chi minh',
        'Hồ Chí Minh'.normalize('NFD'),
      ],
    ],
    ['760', ['Q.1', 'q1', 'Q 1', 'quận 1', 'Quan 01']],
    ['26743', ['P.5', 'p05', 'phường 5', 'Phường 05', 'P 05']],
    ['088@2020-01-01', ['TX Sa Pa', 'tx. sa pa', 'thị xã sapa'.replace('sapa', 'sa pa')]],
    ['088', ['H. Sa Pa', 'h sa pa']],
    ['70001', ['TT Hồ Đào', 'tt.ho dao']],
    ['70001@2025-07-01', ['X. Hồ Đào', 'xa ho dao']],
    ['72@2025-07-01', ['T. Sông Hoà', 'tinh song hòa']],
  ];
  for (const [id, texts] of ways) {
    for (const q of texts) {
      const [first] = await hits({ q });
      t.match(first, { id: `place_version:${id}`, match: 'exact' }, q);
    }
  }
});

t.test('a code is found whole and as it is typed', async (t) => {
  t.strictSame(await ids({ q: '26740' }), ['26740@2025-07-01', '26740']);
  t.match(await hits({ q: '7003' }), [{ match: 'prefix' }, { match: 'prefix' }]);
  t.match((await hits({ q: '79' }))[0], { id: 'place_version:79', match: 'exact' });
});

t.test(
  'of equal matches those in force come first, then the higher level, then the lower code',
  async (t) => {
    t.strictSame(await ids({ q: 'song hoa' }), ['72@2025-07-01', '71']);
    t.strictSame(await ids({ q: 'ha nam' }), ['70021@2025-07-01', '70022@2025-07-01']);
    t.strictSame(await ids({ q: 'tuong lai' }), ['70041@2027-01-01', '70042@2028-01-01']);
    t.strictSame(await ids({ q: 'sa pa' }), ['088', '088@2020-01-01']);
  },
);

t.test('a name is found before it is typed to its end, bare names first', async (t) => {
  t.match(await hits({ q: 'song h' }), [{ match: 'prefix' }, { match: 'prefix' }]);
  t.strictSame((await ids({ q: 'xa m' }))[0], '70031@2025-07-01', 'Xã Mới is its bare name');
  t.match((await hits({ q: 'nghe' }))[0], { id: 'place_version:26740', match: 'word' });
  t.match((await hits({ q: 'ghe' }))[0], { id: 'place_version:26740', match: 'part' });
});

t.test('a question of one or two letters finds words that begin with it, and no parts', async (t) => {
  const found = await hits({ q: 'b' });
  t.match(found[0], { id: 'place_version:26740', match: 'prefix' });
  t.ok(found.every(({ match }) => match !== 'part'));
  t.match(await hits({ q: 'ng' }), [{ id: 'place_version:26740', match: 'word' }]);
});

t.test('what folds to nothing finds nothing', async (t) => {
  t.strictSame(await ids({ q: '–' }), []);
});

t.test('on, level and within narrow the places', async (t) => {
  t.strictSame(await ids({ q: 'song hoa', on: '2024-01-01' }), ['71']);
  t.strictSame(await ids({ q: 'tan an', within: 'province:79' }), ['70012@2025-07-01']);
  t.strictSame(await ids({ q: 'hồ', level: ['province'] }), ['79', '72@2025-07-01', '71']);
  t.strictSame(await ids({ q: 'hồ đ', level: ['commune', 'district'], on: '2025-06-30' }), ['70001']);
});

t.test('a place comes with what lies above it, on the day asked for, else on its own last day', async (t) => {
  const context = async (args: object) => (await hits(args))[0]?.context;
  t.match(await context({ q: 'ben nghe' }), { vi: 'Quận 1, Thành phố Hồ Chí Minh' });
  t.match(await context({ q: 'sai gon' }), { vi: 'Thành phố Hồ Chí Minh', ar: null });
  t.match(await context({ q: 'suoi moi' }), {
    vi: 'Huyện An Khê, Tỉnh Sông Hòa',
    en: 'An Khe District, Song Hoa Province',
  });
  t.match(await context({ q: 'suoi moi', on: '2024-06-01' }), { vi: 'Huyện An Khê, Tỉnh Sông Hòa' });
  t.equal(await context({ q: 'tphcm' }), null);
  const [body] = (await ask('search', { q: 'song hoa', type: ['body'] }))['items'] as Hit[];
  t.equal(body?.context ?? null, null);
});
