import t from 'tap';
import { keyOf, TablePlaces } from '../../../src/import/table/places.ts';
import { parsePeriod } from '../../../src/schema/period.ts';

const noName = { vi: null, en: null, ar: null, he: null };
const version = (id: string, code: string, en: string, from: string, to: string) => ({
  id,
  placeId: `place:${en.toLowerCase()}-${code}`,
  level: 'province' as const,
  code,
  name: { ...noName, en },
  fullName: noName,
  aliases: [],
  from,
  to,
});
const versions = [version('a', '01', 'Anh', '', '2010-07-01'), version('b', '01', 'Anh', '2010-07-01', '')];
const by = { level: 'province', by: 'name', names: new Map<string, string>() } as const;

t.test(
  'a name is the version that is in force at the end of the time, however many times there are',
  async (t) => {
    const places = new TablePlaces(versions, by);
    const idAt = (label: string) => {
      const found = places.find('Tỉnh Anh', parsePeriod(label));
      return 'id' in found ? found.id : found.problem;
    };
    for (const _ of [1, 2]) {
      t.strictSame(['2009', '2010-06', '2010', '2011'].map(idAt), ['a', 'a', 'b', 'b']);
      for (let day = 0; day < 10_001; day += 1) {
        idAt(new Date(Date.UTC(1990, 0, 1) + day * 86_400_000).toISOString().slice(0, 10));
      }
    }
  },
);

t.test('a code is one with zeros before it or without, and no other is suggested', async (t) => {
  const places = new TablePlaces(versions, { ...by, by: 'code' });
  t.match(places.find('1', parsePeriod('2009')), { id: 'a' });
  t.match(places.find('01', parsePeriod('2011')), { id: 'b' });
  const unknown = places.find('02', parsePeriod('2011'));
  t.match(unknown, { problem: 'no province has the code "02"' });
  t.equal('suggest' in unknown && unknown.suggest(), undefined);
});

t.test('names are compared without what they share', async (t) => {
  for (const name of ['TP.Ho Chi Minh', 'Ho Chi Minh city', 'Thành phố Hồ Chí Minh']) {
    t.equal(keyOf(name), 'hochiminh');
  }
  t.equal(keyOf('Thua Thien-Hue'), keyOf('Thừa Thiên Huế'));
});
