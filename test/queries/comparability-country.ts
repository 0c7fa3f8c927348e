/** An invented country in which places merge, divide and vanish in every way, as a seed file. */

const citations = [{ package: 'divided-country', version: '1.0.0' }];
const levels = { 2: 'province', 3: 'district', 5: 'commune' } as Record<number, string>;

interface SeedVersion {
  code: string;
  from?: string;
  to?: string;
  parent?: string;
  observedFrom?: string;
}

/** `A 11` is the place `place:a-11`; its versions follow each other. */
export const place = (id: string, ...versions: SeedVersion[]) => ({
  id: `place:${id}`,
  level: levels[versions[0]?.code.length ?? 0],
  versions: versions.map(({ code, from, to, parent, observedFrom }) => ({
    code,
    type: levels[code.length],
    name: { vi: id },
    fullName: { vi: id },
    ...(parent ? { parent: `place:${parent}` } : {}),
    ...(from ? { validFrom: from, validFromBasis: 'resolution' } : {}),
    ...(to ? { validTo: to, validToBasis: 'resolution' } : {}),
    ...(observedFrom ? { observedFrom } : {}),
    citations,
  })),
});

let changes = 0;
/** `['11', '11@2025-07-01', 'whole']`: from, to (null: nobody names it), coverage. */
export const change = (on: string, ...links: [from: string, to: string | null, coverage: string][]) => ({
  id: `place_change:${++changes}`,
  kind: 'merge',
  effectiveOn: on,
  links: links.map(([from, to, coverage]) => ({
    from: `place_version:${from}`,
    to: to === null ? null : `place_version:${to}`,
    coverage,
  })),
  citations,
});

const reform = '2025-07-01';
const until = { to: reform };
const since = { from: reform };
/** `11` → `11@2025-07-01` */
const now = (code: string) => `${code}@${reform}`;

const places = [
  // Three provinces become one.
  place('an', { code: '11', ...until }, { code: '11', ...since }),
  place('binh', { code: '12', ...until }),
  place('chau', { code: '13', ...until }),
  // Renamed, then merged with Quang, then with Ron, which was itself made of two in the meantime.
  place(
    'phuoc',
    { code: '21', to: '2024-01-01' },
    { code: '26', from: '2024-01-01', ...until },
    { code: '21', ...since, to: '2026-01-01' },
    { code: '21', from: '2026-01-01' },
  ),
  place('quang', { code: '22', ...until }),
  place('ron', { code: '23', from: '2025-01-01', to: '2026-01-01' }),
  place('ru', { code: '24', to: '2025-01-01' }),
  place('rung', { code: '25', to: '2025-01-01' }),
  // Younger than the figures, and made of nothing that is known.
  place('moi', { code: '27', from: '2025-01-01', ...until }),
  place('cu', { code: '28', ...until }, { code: '28', ...since }),
  // Renamed only.
  place('nam', { code: '31', ...until }, { code: '31', ...since }),
  // Divided in two; one half is then renamed.
  place(
    'song',
    { code: '41', ...until },
    { code: '41', ...since, to: '2026-01-01' },
    { code: '41', from: '2026-01-01' },
  ),
  place('suoi', { code: '42', ...since }),
  // Only a part of it is known to have gone on.
  place('sot', { code: '43', ...until }),
  place('lai', { code: '44', ...since }),
  // What became of these is not known, or not how much.
  place('uan', { code: '51', ...until }),
  place('vo', { code: '52', ...until }),
  place('xa', { code: '53', ...until }, { code: '53', ...since }),
  // Two places, and nobody can have gone to both as a whole.
  place('y', { code: '54', ...until }, { code: '54', ...since }),
  place('yen', { code: '55', ...since }),
  // Imported tables say more than the gazetteer: the whole, or only a part.
  place('zi', { code: '56', ...until }, { code: '56', ...since }),
  place('zo', { code: '57', ...until }, { code: '57', ...since }),
  // Merged with a part of another, and with who knows how much of another.
  place('gia', { code: '61', ...until }, { code: '61', ...since }),
  place('hai', { code: '62', ...until }, { code: '62', ...since }),
  place('ich', { code: '63', ...until }, { code: '63', ...since }),
  place('kim', { code: '64', ...until }),
  // Half a year is missing.
  place('lan', { code: '71', to: '2024-01-01' }, { code: '71', from: '2024-07-01' }),
  // A link that leads back in time.
  place('mai', { code: '72', to: '2024-01-01' }, { code: '72', from: '2024-01-01', to: reform }),
  // First seen in 2022, and first known in 2024.
  place('tra', { code: '81', observedFrom: '2022-10-01' }),
  place('tre', { code: '82', from: '2024-01-01' }),
  // Districts and their communes.
  place('dong', { code: '701', ...until }),
  place('doai', { code: '702', ...until }),
  place('dao', { code: '703', ...until }),
  place('dat', { code: '704', ...until }),
  place('xa-mot', { code: '70101', parent: 'dong', ...until }, { code: '70101', ...since }),
  place('xa-hai', { code: '70102', parent: 'dong', ...until }),
  place('xa-ba', { code: '70201', parent: 'doai', ...until }),
  place('dao-xa', { code: '70301', ...since }),
  place('dat-mot', { code: '70401', parent: 'dat', ...until }, { code: '70401', ...since }),
  place('dat-hai', { code: '70402', parent: 'dat', ...until }),
  place('xa-nam', { code: '70501', ...until }, { code: '70501', ...since }),
];

const placeChanges = [
  change(reform, ['11', now('11'), 'whole'], ['12', now('11'), 'whole'], ['13', now('11'), 'whole']),
  change('2024-01-01', ['21', '26@2024-01-01', 'whole']),
  change('2025-01-01', ['24', '23@2025-01-01', 'whole'], ['25', '23@2025-01-01', 'whole']),
  change(reform, ['26@2024-01-01', now('21'), 'whole'], ['22', now('21'), 'whole']),
  change('2026-01-01', [now('21'), '21@2026-01-01', 'whole'], ['23@2025-01-01', '21@2026-01-01', 'whole']),
  change(reform, ['27@2025-01-01', now('28'), 'whole'], ['28', now('28'), 'whole']),
  change(reform, ['31', now('31'), 'whole']),
  change(reform, ['41', now('41'), 'part'], ['41', now('42'), 'part']),
  change('2026-01-01', [now('41'), '41@2026-01-01', 'whole']),
  change(reform, ['43', now('44'), 'part']),
  change(reform, ['51', null, 'unknown']),
  change(reform, ['53', now('53'), 'primary']),
  change(reform, ['54', now('54'), 'whole'], ['54', now('55'), 'whole']),
  change(reform, ['56', now('56'), 'primary'], ['57', now('57'), 'whole']),
  change(reform, ['56', now('56'), 'whole'], ['57', now('57'), 'part']),
  change(reform, ['61', now('61'), 'whole'], ['62', now('61'), 'part'], ['62', now('62'), 'part']),
  change(reform, ['63', now('63'), 'whole'], ['64', now('63'), 'primary']),
  change('2024-07-01', ['71', '71@2024-07-01', 'whole']),
  change('2024-01-01', ['72', '72@2024-01-01', 'whole'], ['72@2024-01-01', '72', 'whole']),
  change(
    reform,
    ['70101', now('70101'), 'whole'],
    ['70102', now('70101'), 'whole'],
    ['701', now('70101'), 'part'],
    ['703', now('70301'), 'whole'],
    ['70401', now('70401'), 'whole'],
    ['70402', now('70401'), 'whole'],
    ['704', now('70401'), 'whole'],
    ['70501', now('70501'), 'whole'],
    ['702', now('70501'), 'part'],
  ),
];

/** An indicator of numbers, unless the rest says otherwise. */
export const indicator = (code: string, additive: boolean, rest: object = {}) => ({
  id: `indicator:${code}`,
  name: { en: code },
  definition: { en: code },
  unit: 'number',
  topic: 'society',
  direction: 'up',
  additive,
  citations,
  ...rest,
});

/** `people-an-2023`: what is counted, the place, the year; a value unless the rest says otherwise. */
const figure = (name: string, value: number | null, rest: object = {}) => {
  const [what, ...where] = name.split('-');
  const year = where.find((word) => /^\d{4}$/.test(word));
  const placeName = where.slice(0, where.indexOf(`${year}`)).join('-');
  return {
    id: `observation:${name}`,
    indicator: `indicator:${what}`,
    measure: 'value',
    scenario: 'actual',
    comparator: 'eq',
    ...(value === null ? {} : { value }),
    unit: 'number',
    place: places.find(({ id }) => id.replace('place:', '') === placeName)?.id,
    period: year,
    citations,
    ...rest,
  };
};
const preliminary = { scenario: 'preliminary' };
/** A figure of each of the three provinces that become one. */
const ofThree = (year: number, values: [number | null, number | null, number | null], rest: object[] = []) =>
  ['an', 'binh', 'chau'].map((name, index) =>
    figure(`people-${name}-${year}`, values[index] ?? null, rest[index]),
  );

const observations = [
  ...ofThree(2023, [0.1, 0.2, 0.3]),
  ...ofThree(2022, [100, 20, 3], [{ comparator: 'ge' }]),
  ...ofThree(2021, [100, 20, 3], [{}, { comparator: 'approx' }]),
  // Preliminary: two results that came out otherwise must be a declared contradiction, which is another case.
  ...ofThree(2020, [100, 20, 3], [preliminary, { ...preliminary, issuer: 'body:one' }, preliminary]),
  figure('people-binh-2020-other', 21, { ...preliminary, issuer: 'body:other' }),
  ...ofThree(2019, [100, 20, 3], [{}, { issuer: 'body:one' }]),
  figure('people-binh-2019-other', 20, { issuer: 'body:other' }),
  ...ofThree(2018, [100, 20, 3]),
  ...ofThree(2017, [100, 20, 3], [{ subsetOf: 'observation:people-an-2018' }]),
  ...ofThree(2016, [100, 20, 3], [{ flags: ['scope_not_printed'] }]),
  ...ofThree(
    2015,
    [100, 20, 3],
    [{ readings: [{ field: 'value', printed: '100', probable: '10', reason: 'So.' }] }],
  ),
  ...ofThree(2014, [null, 20, 3], [{ valueCode: 'many' }]),
  ...ofThree(2013, [999_999_999_999_999, 0.5, 1]),
  ...ofThree(2012, [100, 20, 3], [{}, { unit: 'thousand' }, { scope: 'women' }]),
  ...ofThree(2011, [100, null, 3], [{}, { valueCode: 'many' }]),
  ...ofThree(2010, [-1.5, 0.25, 1.25]),
  figure('people-an-2009', 7),
  figure('income-an-2023', 50),
  figure('people-an-2023-growth', 5, {
    measure: 'growth',
    unit: 'percent',
    basis: { kind: 'earlier_period' },
  }),
  figure('people-an-2023-rank', 3, { measure: 'rank', unit: 'rank' }),
  ...['phuoc', 'quang', 'ru', 'rung', 'cu', 'nam', 'song', 'sot', 'uan', 'vo', 'xa', 'y', 'zi', 'zo'].map(
    (name, index) => figure(`people-${name}-2023`, index + 1),
  ),
  ...['gia', 'ich', 'kim', 'lan', 'mai', 'tra', 'dong', 'dao', 'dat', 'xa-mot', 'xa-hai', 'xa-ba'].map(
    (name, index) => figure(`people-${name}-2023`, index + 1),
  ),
  ...['dat-mot', 'dat-hai', 'xa-nam'].map((name, index) => figure(`people-${name}-2023`, index + 1)),
  ...['an', 'nam', 'suoi', 'song', 'yen', 'xa', 'dat-mot', 'dao-xa', 'lan', 'phuoc'].map((name, index) =>
    figure(`people-${name}-2026`, index + 1),
  ),
  figure('people-tra-2019', 1),
  figure('people-tre-2022', 1),
];

const body = (name: string) => ({ id: `body:${name}`, kind: 'other', name: { en: name }, citations });

export const dividedCountry = {
  places,
  placeChanges,
  bodies: [body('one'), body('other')],
  indicators: [indicator('people', true), indicator('income', false)],
  observations,
  contradictions: [
    {
      id: 'contradiction:binh',
      kind: 'value',
      name: { en: 'People of Binh' },
      sides: [
        { fact: 'observation:people-binh-2018', states: '20' },
        { fact: 'observation:people-binh-2011', states: 'many' },
      ],
    },
  ],
};
