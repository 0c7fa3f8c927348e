import t from 'tap';
import { limits } from '../../src/schema/config.ts';
import type { Lookup, LookupAnswer } from '../../src/schema/lookup.ts';
import { sharedService } from '../shared-service.ts';
import { townsOf } from './towns.ts';

const { ask, statements } = await townsOf(t);

const lookUp = async (args: object) => (await ask('placesLookup', args)) as Lookup;
const short = (id: string) => id.replace('place_version:', '');

/** `found 79`, `ambiguous a b`, `unknown other_day: b (other_day, on 2025-06-30)`. */
function told({ status, place, candidates, suggestions, reason }: LookupAnswer): string {
  const hints = suggestions.map(
    (one) => `${short(one.place.id)} (${one.reason}${one.on === null ? '' : `, on ${one.on}`})`,
  );
  return [
    status,
    ...(place === null ? [] : [short(place.id)]),
    ...candidates.map((one) => short(one.place.id)),
    ...(reason === null ? [] : [`${reason}:`]),
    ...hints,
  ].join(' ');
}

async function says(item: string, args: object = {}): Promise<string> {
  const { items } = await lookUp({ items: [item], ...args });
  return told(items[0] as LookupAnswer);
}

t.test('items are answered in their order, each as it was sent, twice where it was sent twice', async (t) => {
  const sent = ['79', ' tphcm ', 'nowhere at all', '79'];
  const { on, items, notice } = await lookUp({ items: sent });
  t.equal(on, '2026-11-22', 'today');
  t.equal(notice, null);
  t.strictSame(
    items.map(({ query, status }) => [query, status]),
    sent.map((text) => [text, text === 'nowhere at all' ? 'unknown' : 'found']),
  );
  t.match(items[0], {
    place: { id: 'place_version:79', placeId: 'place:ho-chi-minh-79', level: 'province', code: '79' },
    candidates: [],
    candidateCount: 1,
    suggestions: [],
    reason: null,
    note: null,
  });
});

t.test('a code is found by its length, and at no other level', async (t) => {
  t.equal(await says('TQ'), 'found TQ');
  t.equal(await says('70011'), 'found 70011@2025-07-01');
  t.equal(await says('701', { on: '2025-06-30' }), 'found 701');
  t.equal(await says('99999'), 'unknown');
});

t.test('a name is found with its type, abbreviated, in NFD and without diacritics', async (t) => {
  for (const item of [
    'Hồ Chí Minh',
    'TP.HCM',
    'thanh pho ho chi minh',
    'Thành phố Hồ Chí Minh'.normalize('NFD'),
  ]) {
    t.equal(await says(item), 'found 79', item);
  }
  t.equal(await says('P.5', { on: '2025-06-30' }), 'found 26743');
});

t.test(
  'a name that several bear is ambiguous, with what lies above each, and its type narrows',
  async (t) => {
    const { items } = await lookUp({ items: ['tan an'] });
    t.match(items, [
      {
        status: 'ambiguous',
        place: null,
        candidateCount: 2,
        candidates: [
          { place: { code: '70011' }, fullName: { vi: 'Xã Tân An' }, context: { vi: 'Tỉnh Sông Hòa' } },
          {
            place: { code: '70012' },
            fullName: { vi: 'Phường Tân An' },
            context: { vi: 'Thành phố Hồ Chí Minh' },
          },
        ],
      },
    ]);
    t.equal(await says('P. Tân An'), 'found 70012@2025-07-01');
    t.equal(await says('Mới'), 'found 70032@2025-07-01');
    t.equal(await says('Xã Mới'), 'found 70032@2025-07-01', 'a full name beats a bare one');
  },
);

t.test('what follows a comma narrows by what lies above on that day', async (t) => {
  t.equal(await says('Tân An, TP.HCM'), 'found 70012@2025-07-01');
  t.equal(
    await says('Tân An, Sông Hòa, Tiểu Quốc'),
    'unknown elsewhere: 70011@2025-07-01 (elsewhere) 70012@2025-07-01 (elsewhere)',
  );
  t.equal(await says('P. Bến Nghé, Q.1, TP.HCM', { on: '2024-01-01' }), 'found 26740');
  t.equal(
    await says('Bến Nghé, tphcm,', { on: '2024-01-01' }),
    'found 26740',
    'not each level has to be named',
  );
  t.equal(
    await says('P. Bến Nghé, Q.1, TP.HCM'),
    'unknown other_day: 26740 (other_day, on 2025-06-30) 26740@2025-07-01 (successor)',
  );
  t.equal(await says(','), 'unknown');
});

t.test('level and within narrow, and what lies elsewhere is suggested', async (t) => {
  t.equal(await says('Tân An', { within: 'province:79' }), 'found 70012@2025-07-01');
  t.equal(
    await says('Song Hoa', { level: ['district', 'commune'] }),
    'unknown elsewhere: 72@2025-07-01 (elsewhere)',
  );
  t.equal((await lookUp({ items: ['79'], within: 'province:79' })).notice, null);
  t.match(await lookUp({ items: ['79'], within: 'province:98' }), { notice: { code: 'unknown_place' } });
  t.match(await lookUp({ items: ['79'], on: '2030-01-01' }), { notice: { code: 'future_day' } });
});

t.test('with diacritics those very ones are preferred, without them all that fold alike count', async (t) => {
  t.equal(await says('Hà Nam'), 'found 70021@2025-07-01');
  t.equal(await says('Xã Hạ Nậm'), 'found 70022@2025-07-01');
  t.equal(await says('ha nam'), 'ambiguous 70021@2025-07-01 70022@2025-07-01');
  t.equal(await says('Xã Ha Nam'), 'ambiguous 70021@2025-07-01 70022@2025-07-01');
  t.equal(await says('Hã Nam'), 'ambiguous 70021@2025-07-01 70022@2025-07-01', 'nobody has these');
});

t.test('a code without its leading zeros, and one of ISO, are told apart from what never was', async (t) => {
  const { items } = await lookUp({ items: ['88', 'VN-18', 'vn-sg'], on: '2021-01-01' });
  t.strictSame(items.map(told), [
    'unknown leading_zeros: 088@2020-01-01 (leading_zeros)',
    'unknown iso_code:',
    'unknown iso_code:',
  ]);
  t.equal(items[0]?.note, 'Codes are written with their leading zeros: 088.');
  t.match(items[1]?.note, /statistics office/);
  t.equal(await says('88'), 'unknown leading_zeros: 088@2020-01-01 (leading_zeros, on 2025-06-30)');
  t.equal(await says('88', { on: 'any' }), 'unknown leading_zeros: 088@2020-01-01 (leading_zeros)');
  t.equal(await says('88', { level: ['commune'] }), 'unknown');
});

t.test('a code of another day says whose it was, until when, and what became of the place', async (t) => {
  const { items } = await lookUp({ items: ['26743', '088', '70042', 'Huyện An Khê'] });
  t.strictSame(items.map(told), [
    'unknown other_day: 26743 (other_day, on 2025-06-30) 26740@2025-07-01 (successor)',
    'unknown other_day: 088@2020-01-01 (other_day, on 2025-06-30) 70011@2025-07-01 (successor)',
    'unknown other_day: 70042@2028-01-01 (other_day, on 2028-01-01)',
    'unknown other_day: 701 (other_day, on 2025-06-30)',
  ]);
  t.strictSame(
    items.map(({ note }) => note),
    [
      'Known on other days: Phường 05 (26743), until 2025-06-30; ask with on=2025-06-30.',
      'Known on other days: Thị xã Sa Pa (088), until 2025-06-30; ask with on=2025-06-30.',
      'Known on other days: Phường Tương Lai (70042), from 2028-01-01; ask with on=2028-01-01.',
      'Known on other days: Huyện An Khê (701), until 2025-06-30; ask with on=2025-06-30.',
    ],
  );
  t.match(items[0]?.suggestions, [
    { code: '26743' },
    { code: '26740', context: { vi: 'Thành phố Hồ Chí Minh' } },
  ]);
  t.equal(
    await says('Huyện Sa Pa'),
    'unknown other_day: 088 (other_day, on 2019-12-31) 70011@2025-07-01 (successor)',
  );
});

t.test('a code of another day goes before names that are the same number', async (t) => {
  t.equal(await says('79000'), 'unknown');
  t.equal(await says('701'), 'unknown other_day: 701 (other_day, on 2025-06-30)');
});

t.test('a code that another place bore on other days is found, with a warning', async (t) => {
  const { items } = await lookUp({ items: ['26740'] });
  t.strictSame(items.map(told), ['found 26740@2025-07-01 reused_code: 26740 (reused_code, on 2025-06-30)']);
  t.equal(
    items[0]?.note,
    'The code was also that of Phường Bến Nghé (26740), until 2025-06-30; ask with on=2025-06-30.',
  );
  t.equal(
    await says('26740', { on: '2025-06-30' }),
    'found 26740 reused_code: 26740@2025-07-01 (reused_code, on 2025-07-01)',
  );
  t.equal(await says('72'), 'found 72@2025-07-01 reused_code: 72 (reused_code, on 2025-06-30)');
  t.equal(await says('70001'), 'found 70001@2025-07-01', 'the place itself is no other');
});

t.test('a name of another day is suggested by the version nearest to the day', async (t) => {
  t.equal(await says('Tương Lai'), 'unknown other_day: 70041@2027-01-01 (other_day, on 2027-01-01)');
  t.equal(
    await says('Sa Pa'),
    'unknown other_day: 088@2020-01-01 (other_day, on 2025-06-30) 70011@2025-07-01 (successor)',
  );
  t.equal(await says('Đổi Mã'), 'unknown other_day: 70051@2020-01-01 (other_day, on 2025-06-30)');
  t.equal(
    await says('Tân An', { on: '2020-01-01' }),
    'unknown other_day: 70011@2025-07-01 (other_day, on 2025-07-01) 70012@2025-07-01 (other_day, on 2025-07-01)',
  );
  const { items } = await lookUp({ items: ['Tân An'], on: '2020-01-01' });
  t.match(items[0]?.note, / And 1 more; see suggestions\.$/);
});

t.test(
  'with on=any a place is found by any of its names, and a code of two places is ambiguous',
  async (t) => {
    const { on, items } = await lookUp({
      items: ['Sa Pa', 'ho dao', '72', 'Đông Xá', 'Tương Lai'],
      on: 'any',
    });
    t.equal(on, null);
    t.strictSame(items.map(told), [
      'found 088@2020-01-01',
      'found 70001@2025-07-01',
      'ambiguous 72 72@2025-07-01',
      'found 72',
      'found 70042@2028-01-01',
    ]);
  },
);

t.test('a name of another type, and one that is nearly right, are suggested and not taken', async (t) => {
  t.equal(await says('Phường Sông Hoà'), 'unknown other_type: 72@2025-07-01 (other_type)');
  t.equal(await says('sai gonn'), 'unknown similar: 26740@2025-07-01 (similar)');
  t.equal(await says('Phường Sai Gonn'), 'unknown similar: 26740@2025-07-01 (similar)');
  t.equal(
    await says('ho daoo', { on: 'any' }),
    'unknown similar: 70001@2025-07-01 (similar)',
    'a place is suggested once',
  );
  t.equal(await says('sai gonn', { level: ['province'] }), 'unknown');
  t.equal(await says('sài gòn chợ lớn'), 'unknown', 'what only holds a name is not nearly the name');
});

t.test('of many candidates the first are listed and all counted', async (t) => {
  const { items } = await lookUp({ items: ['Lý Nhân'] });
  t.equal(items[0]?.candidateCount, 22);
  t.equal(items[0]?.candidates.length, limits.lookupCandidatesMax);
  t.equal(items[0]?.candidates[0]?.place.code, '71000');
});

t.test('a thousand items cost no more statements than a few', async (t) => {
  const items = Array.from({ length: limits.lookupMax }, (_, index) =>
    index % 4 === 0
      ? `${70_000 + index}`
      : index % 4 === 1
        ? `Tân An ${index}`
        : index % 4 === 2
          ? 'Bến Nghé'
          : 'ly nhan',
  );
  const before = statements();
  const answer = await lookUp({ items });
  t.equal(answer.items.length, limits.lookupMax);
  t.equal(statements() - before, 4, 'names, successors, names nearly alike, the answer');
  const fewer = statements();
  await lookUp({ items: ['79'] });
  t.equal(statements() - fewer, 2, 'the names and the answer');
});

t.test('in GraphQL a place that was found leads on, as of the day that was asked with', async (t) => {
  const { graphql } = await sharedService('fixture');
  const query = `query ($items: [String!]!, $on: String) {
    placesLookup(items: $items, on: $on) {
      items { status place { code status parent { code } children { nodes { code } } } }
    }
  }`;
  const { data } = await graphql(query, { items: ['An Khê'], on: '2023-06-30' });
  t.strictSame(data, {
    placesLookup: {
      items: [
        {
          status: 'found',
          place: {
            code: '701',
            status: 'abolished',
            parent: { code: '71' },
            children: { nodes: [{ code: '70001' }] },
          },
        },
      ],
    },
  });
});
