/** The administrative tree as both mouths tell it: every count, and the places that others get wrong. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import t from 'tap';
import { fold } from '../../src/db/fold.ts';
import { sharedService } from '../shared-service.ts';

const oracles = new URL('../../../shared/gazetteer/', import.meta.url).pathname;
const oracle = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(oracles, name), 'utf8'), { columns: true });
const skip = existsSync(oracles) ? false : 'the official lists are not part of the project';

type Place = {
  id: string;
  placeId: string;
  code: string;
  name: { vi: string; en: string };
  fullName: { vi: string };
  parent: { code: string } | null;
  validFrom: string | null;
  validTo: string | null;
  status: string;
  predecessors: Link[];
  successors: Link[];
};
type Link = {
  place: { id: string; code: string; level: string } | null;
  coverage: string;
  kind: string;
  legalBasis: string | null;
  enactedOn: string | null;
  effectiveOn: string;
};

/** Every item of a list, page by page; read once, since lists of communes are long. */
function everything<T = Place>(address: string): Promise<T[]> {
  const items = told.get(address) ?? readAll(address);
  told.set(address, items);
  return items as Promise<T[]>;
}
const told = new Map<string, Promise<unknown[]>>();

async function readAll(address: string): Promise<unknown[]> {
  const service = await sharedService();
  const items: unknown[] = [];
  let after = '';
  do {
    const { body } = await service.get(`${address}&limit=500${after === '' ? '' : `&after=${after}`}`);
    items.push(...(body['items'] as unknown[]));
    after = encodeURIComponent((body['next'] as string | null) ?? '');
  } while (after !== '');
  return items;
}

const codes = (links: readonly Link[], level = 'commune'): string[] =>
  links.flatMap(({ place }) => (place?.level === level ? [place.code] : []));

t.test('the API counts what the official lists count, on every day that they are of', async (t) => {
  const service = await sharedService();
  const counts: [day: string, provinces: number, cities: number, districts: number, ...communes: number[]][] =
    [
      ['2022-10-01', 63, 5, 705, 10_599, 8_248, 1_737, 614, 0],
      ['2025-06-30', 63, 6, 696, 10_035, 7_692, 1_726, 617, 0],
      ['2025-07-01', 34, 6, 0, 3_321, 2_621, 687, 0, 13],
      ['2026-04-30', 34, 7, 0, 3_321, 2_611, 697, 0, 13],
      ['2026-09-01', 34, 8, 0, 3_321, 2_611, 697, 0, 13],
      ['2026-09-20', 34, 9, 0, 3_321, 2_599, 709, 0, 13],
    ];
  const questions = [
    'provinces?',
    'provinces?type=city&',
    'districts?',
    'communes?',
    'communes?type=commune&',
    'communes?type=ward&',
    'communes?type=township&',
    'communes?type=special_zone&',
  ];
  for (const [day, ...wanted] of counts) {
    for (const [index, question] of questions.entries()) {
      const { body } = await service.get(`/v1/${question}on=${day}&limit=1`);
      t.equal(body['total'], wanted[index], `${question}on=${day}`);
    }
    const { data } = await service.graphql(
      `{ provinces(on: "${day}") { totalCount } communes(on: "${day}", first: 1) { totalCount } }`,
    );
    t.match(
      data,
      { provinces: { totalCount: wanted[0] }, communes: { totalCount: wanted[3] } },
      `GraphQL, ${day}`,
    );
  }
});

t.test('provinces and districts count what the lists count within them', async (t) => {
  const service = await sharedService();
  const within: [place: string, day: string, level: string, count: number][] = [
    ['province:37', '2022-10-01', 'commune', 143],
    ['province:37', '2025-06-30', 'commune', 125],
    ['province:37', '2025-06-30', 'district', 7],
    ['province:37', '2025-07-01', 'commune', 129],
    ['province:40', '2022-10-01', 'commune', 460],
    ['province:40', '2025-06-30', 'commune', 412],
    ['province:40', '2025-06-30', 'district', 20],
    ['province:40', '2025-07-01', 'commune', 130],
    ['province:10', '2022-10-01', 'commune', 152],
    ['province:10', '2025-06-30', 'commune', 151],
    ['province:10', '2025-06-30', 'district', 9],
    ['province:15', '2025-07-01', 'commune', 99],
    ['district:372', '2022-10-01', 'commune', 27],
    ['district:372', '2025-06-30', 'commune', 23],
    ['district:375', '2022-10-01', 'commune', 19],
    ['district:375', '2025-06-30', 'commune', 18],
    ['district:376', '2022-10-01', 'commune', 25],
    ['district:376', '2025-06-30', 'commune', 23],
    ['district:369', '2022-10-01', 'commune', 14],
    ['district:374', '2022-10-01', 'commune', 11],
    ['district:374', '2025-06-30', 'commune', 20],
    ['district:087', '2022-10-01', 'commune', 17],
    ['district:087', '2025-06-30', 'commune', 17],
  ];
  for (const [place, day, level, count] of within) {
    const { body } = await service.get(`/v1/places?level=${level}&within=${place}&on=${day}&limit=1`);
    t.equal(body['total'], count, `${level}s within ${place} on ${day}`);
  }
  const communes = await everything('/v1/communes?on=2025-06-30');
  t.equal(new Set(communes.map(({ parent }) => parent?.code)).size, 691, 'five districts have no communes');
});

t.test(
  'each province of today says what it was made of, by which act, enacted and in force on two days',
  async (t) => {
    const service = await sharedService();
    const provinces = await everything('/v1/provinces?on=2025-07-01');
    const merged = provinces.filter(
      ({ predecessors }) => predecessors.length > 0 && predecessors[0]?.effectiveOn === '2025-07-01',
    );
    t.equal(merged.length, 23);
    t.equal(provinces.length - merged.length, 11, 'the others were not merged');
    for (const { code, predecessors } of merged) {
      for (const link of predecessors) {
        t.match(
          link,
          { coverage: 'whole', kind: 'merge', legalBasis: '202/2025/QH15', enactedOn: '2025-06-12' },
          code,
        );
      }
    }
    t.equal(merged.flatMap(({ predecessors }) => predecessors).length, 52);
    const crosswalk = await service.get(
      '/v1/places/crosswalk?from=2025-06-30&to=2025-07-01&level=province&limit=1',
    );
    t.equal(crosswalk.body['total'], 63);
    const ninhBinh = merged.find(({ code }) => code === '37');
    t.strictSame(codes(ninhBinh?.predecessors ?? [], 'province'), ['35', '36', '37']);
    t.equal(ninhBinh?.placeId, 'place:ninh-binh-37');
  },
);

t.test('a code is told apart through time: 15, 10, 37, 26740', async (t) => {
  const service = await sharedService();
  const told: [address: string, name: string, placeId: string, status: string][] = [
    ['/v1/provinces/15?on=2024-01-01', 'Yên Bái', 'place:yen-bai-15', 'abolished'],
    ['/v1/provinces/15', 'Lào Cai', 'place:lao-cai-10', 'in_force'],
    ['/v1/provinces/10', 'Lào Cai', 'place:lao-cai-10', 'superseded'],
    ['/v1/provinces/37?on=2024-01-01', 'Ninh Bình', 'place:ninh-binh-37', 'superseded'],
    ['/v1/provinces/37', 'Ninh Bình', 'place:ninh-binh-37', 'in_force'],
    ['/v1/communes/26740?on=2025-06-30', 'Bến Nghé', 'place:ben-nghe-26740', 'abolished'],
    ['/v1/communes/26740', 'Sài Gòn', 'place:sai-gon-26740', 'in_force'],
    ['/v1/provinces/46?on=2024-12-31', 'Thừa Thiên Huế', 'place:thua-thien-hue-46', 'superseded'],
    ['/v1/provinces/46?on=2025-01-01', 'Huế', 'place:thua-thien-hue-46', 'in_force'],
    ['/v1/provinces/75?on=2026-04-29', 'Đồng Nai', 'place:dong-nai-75', 'superseded'],
    ['/v1/communes/26368', 'Long Thành', 'place:long-thanh-26368', 'in_force'],
  ];
  for (const [address, name, placeId, status] of told) {
    const { body } = await service.get(address);
    t.match(body, { name: { vi: name }, placeId, status }, address);
  }
  const saiGon = (await service.get('/v1/communes/26740')).body as Place;
  t.match(saiGon.predecessors, [{ kind: 'merge' }], 'no rename: Bến Nghé ended');
  const hue = (await service.get('/v1/provinces/46')).body as Place;
  t.match(hue, {
    fullName: { vi: 'Thành phố Huế' },
    predecessors: [{ kind: 'rename', coverage: 'whole', legalBasis: '175/2024/QH15' }],
  });
});

t.test('what is renamed, reclassified, recoded or transferred goes on as the same place', async (t) => {
  const communes = await everything('/v1/communes?on=2025-07-01');
  const going = communes.filter(({ predecessors }) =>
    predecessors.some(({ kind }) => ['rename', 'reclassify', 'recode', 'transfer'].includes(kind)),
  );
  t.ok(going.length > 100, `${going.length} communes`);
  for (const { placeId, predecessors } of going) {
    const [link] = predecessors.filter(({ place }) => place?.level === 'commune');
    t.equal((link?.place as { placeId?: string } | undefined)?.placeId, placeId);
  }
});

t.test('Cúc Phương goes on as Cúc Phương, made of itself and Văn Phương', async (t) => {
  const service = await sharedService();
  const { body } = await service.get('/v1/places/place:cuc-phuong-14404/history');
  const [before, after] = body['items'] as [Place, Place];
  t.match(before, { id: 'place_version:14404', parent: { code: '372' } });
  t.match(after, { id: 'place_version:14404@2025-07-01', parent: { code: '37' } });
  t.strictSame(codes(after.predecessors), ['14404', '14431']);
});

t.test("Bảo Yên's seventeen communes went into six, which its own end names", async (t) => {
  const service = await sharedService();
  const into: Record<string, string[]> = {
    '02947': ['02947', '02980', '02986', '02992'],
    '02953': ['02950', '02953', '02956'],
    '02962': ['02962', '02965'],
    '02968': ['02959', '02968', '02977'],
    '02989': ['02971', '02974', '02989'],
    '02998': ['02983', '02998'],
  };
  const { body } = await service.get(
    '/v1/places/crosswalk?from=2025-06-30&to=2025-07-01&within=district:087',
  );
  const rows = body['items'] as { from: Place; to: Place }[];
  t.equal(rows.length, 17);
  const found: Record<string, string[]> = {};
  for (const { from, to } of rows) found[to.code] = [...(found[to.code] ?? []), from.code];
  t.strictSame(found, into);
  const district = (await service.get('/v1/districts/087')).body as Place;
  t.strictSame(codes(district.successors), Object.keys(into));
});

t.test('five island districts without communes became special zones, whole', async (t) => {
  const service = await sharedService();
  const islands = { '318': '11948', '471': '19742', '498': '20333', '536': '21548', '755': '26732' };
  for (const [district, zone] of Object.entries(islands)) {
    const { successors } = (await service.get(`/v1/districts/${district}`)).body as Place;
    t.match(successors, [{ coverage: 'whole', place: { code: zone, level: 'commune' } }], district);
    const { predecessors, status } = (await service.get(`/v1/communes/${zone}`)).body as Place;
    t.match([status, predecessors.length], ['in_force', 1], zone);
    t.match(
      predecessors[0]?.legalBasis,
      /^16\d\d\/NQ-UBTVQH15$/,
      'the resolution on the communes of its province',
    );
  }
});

t.test(
  'every new commune but the five islands has predecessors: 10,035 links, known as primary',
  async (t) => {
    const communes = await everything('/v1/communes?on=2025-07-01');
    const links = communes.map(({ predecessors }) =>
      predecessors.filter(({ place }) => place?.level === 'commune'),
    );
    t.equal(links.filter((list) => list.length === 0).length, 5);
    t.equal(links.flat().length, 10_035);
    t.ok(links.flat().every(({ coverage }) => coverage === 'primary'));
    t.equal(
      Math.max(...links.map((list) => list.length)),
      12,
      'fourteen once the conversion table is imported',
    );
  },
);

t.test('what ended before 2025 without a named successor says that nobody knows', async (t) => {
  const service = await sharedService();
  const rows = await everything<{ from: Place; to: Place | null; coverage: string }>(
    '/v1/places/crosswalk?from=2022-10-01&to=2025-06-30',
  );
  const lost = rows.filter(({ to }) => to === null);
  t.ok(lost.length > 400, `${lost.length} of 10,599`);
  t.ok(lost.every(({ coverage }) => coverage === 'unknown'));
  const { successors, validTo } = (await service.get(`/v1/places/${lost[0]?.from.id}`)).body as Place;
  t.match(successors, [{ place: null, coverage: 'unknown', kind: 'abolish' }]);
  t.ok(['2025-06-30', '2025-01-01'].includes(`${validTo}`));
});

t.test('Hà Tây is there as long as it was: whole in Hà Nội since 2008-08-01', async (t) => {
  const service = await sharedService();
  const haTay = (await service.get('/v1/provinces/28')).body as Place;
  t.match(haTay, {
    status: 'abolished',
    validTo: '2008-08-01',
    successors: [{ coverage: 'whole', place: { id: 'place_version:01@2008-08-01' } }],
  });
  const { body } = await service.get('/v1/provinces?on=2008-07-31&limit=1');
  t.match(body, { total: 64, notice: { code: 'before_first_snapshot', since: '2022-10-01' } });
  t.equal((await service.get('/v1/provinces?on=2008-08-01&limit=1')).body['total'], 63);
  const crosswalk = await service.get(
    '/v1/places/crosswalk?from=2008-07-31&to=2026-09-20&level=province&fromCode=28',
  );
  t.match(crosswalk.body['items'], [{ to: { code: '01' }, coverage: 'whole' }]);
});

t.test('codes, names and parents are those of the official lists', { skip }, async (t) => {
  const lists: [day: string, file: string, parent: string][] = [
    ['2025-06-30', 'communes-2025-06-30.csv', 'district_code'],
    ['2025-07-01', 'communes-2025-07-01.csv', 'province_code'],
  ];
  for (const [day, file, parent] of lists) {
    const places = new Map((await everything(`/v1/communes?on=${day}`)).map((place) => [place.code, place]));
    const rows = oracle(file);
    t.equal(places.size, rows.length, file);
    const wrong = rows.filter((row) => {
      const place = places.get(`${row['code']}`);
      const name = fold(`${row['name_vi']}`).replace(/\bn\.?t\.? /, 'nong truong ');
      return place?.parent?.code !== row[parent] || fold(place?.fullName.vi ?? '') !== name;
    });
    t.strictSame(
      wrong.map(({ code, name_vi: name }) => `${code} ${name} ${places.get(`${code}`)?.fullName.vi}`),
      [],
      file,
    );
  }
});
