/** The invented country with more towns than its own, so that names, codes and abbreviations collide. */

import type { Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { seed } from '../../src/import/seed.ts';
import { answer, openScope } from '../../src/queries/answer.ts';
import type { Context, Row } from '../../src/queries/types.ts';
import type { OperationName } from '../../src/schema/operations.ts';
import { testDatabase } from '../helper.ts';
import { seedsWith } from '../import/country.ts';
import { testNow } from '../service.ts';

const turn = '2025-07-01';
const citations = [{ package: 'tiny-country', version: '1.0.0' }];

interface Span {
  from?: string;
  to?: string;
}

const version = (code: string, type: string, name: string, fullName: string, parent: string, span: Span) => ({
  code,
  type,
  name: { vi: name },
  fullName: { vi: fullName },
  parent,
  ...(span.from === undefined ? {} : { validFrom: span.from, validFromBasis: 'resolution' }),
  ...(span.to === undefined ? {} : { validTo: span.to, validToBasis: 'resolution' }),
  citations,
});

const place = (id: string, level: string, ...versions: object[]) => ({ id: `place:${id}`, level, versions });
const [river, city, one] = ['place:song-hoa-71', 'place:ho-chi-minh-79', 'place:quan-1-760'];
const old: Span = { to: turn };
const today: Span = { from: turn };

/** Villages of one name, more than an answer lists. */
const villages = Array.from({ length: 22 }, (_, index) => {
  const code = String(71_000 + index);
  return place(`ly-nhan-${code}`, 'commune', version(code, 'commune', 'Lý Nhân', 'Xã Lý Nhân', river, today));
});

const towns = {
  places: [
    place(
      'ho-chi-minh-79',
      'province',
      version('79', 'city', 'Hồ Chí Minh', 'Thành phố Hồ Chí Minh', 'place:tieu-quoc', {}),
    ),
    place('quan-1-760', 'district', version('760', 'urban_district', '1', 'Quận 1', city, old)),
    place('ben-nghe-26740', 'commune', version('26740', 'ward', 'Bến Nghé', 'Phường Bến Nghé', one, old)),
    place('sai-gon-26740', 'commune', version('26740', 'ward', 'Sài Gòn', 'Phường Sài Gòn', city, today)),
    place('phuong-05-26743', 'commune', version('26743', 'ward', '05', 'Phường 05', one, old)),
    place('phuong-701-26746', 'commune', version('26746', 'ward', '701', 'Phường 701', one, old)),
    place(
      'sa-pa-088',
      'district',
      version('088', 'district', 'Sa Pa', 'Huyện Sa Pa', river, { to: '2020-01-01' }),
      version('088', 'town', 'Sa Pa', 'Thị xã Sa Pa', river, { from: '2020-01-01', to: turn }),
    ),
    place('tan-an-70011', 'commune', version('70011', 'commune', 'Tân An', 'Xã Tân An', river, today)),
    place('tan-an-70012', 'commune', version('70012', 'ward', 'Tân An', 'Phường Tân An', city, today)),
    place('ha-nam-70021', 'commune', version('70021', 'commune', 'Hà Nam', 'Xã Hà Nam', river, today)),
    place('ha-nam-70022', 'commune', version('70022', 'commune', 'Hạ Nậm', 'Xã Hạ Nậm', river, today)),
    // The bare name of one is the full name of another.
    place('xa-moi-70031', 'commune', version('70031', 'ward', 'Xã Mới', 'Phường Xã Mới', city, today)),
    place('moi-70032', 'commune', version('70032', 'commune', 'Mới', 'Xã Mới', river, today)),
    // It is to be called another name, twice.
    place(
      'cu-70041',
      'commune',
      version('70041', 'commune', 'Cũ', 'Xã Cũ', river, { to: '2027-01-01' }),
      version('70041', 'commune', 'Tương Lai', 'Xã Tương Lai', river, {
        from: '2027-01-01',
        to: '2028-01-01',
      }),
      version('70042', 'ward', 'Tương Lai', 'Phường Tương Lai', river, { from: '2028-01-01' }),
    ),
    // Its later code was the lower one.
    place(
      'doi-ma-70052',
      'commune',
      version('70052', 'commune', 'Đổi Mã', 'Xã Đổi Mã', river, { to: '2020-01-01' }),
      version('70051', 'commune', 'Đổi Mã', 'Xã Đổi Mã', river, { from: '2020-01-01', to: turn }),
    ),
    ...villages,
  ],
  placeChanges: [
    {
      id: 'place_change:sai-gon-2025',
      kind: 'merge',
      effectiveOn: turn,
      links: [
        { from: 'place_version:26740', to: `place_version:26740@${turn}`, coverage: 'whole' },
        { from: 'place_version:26743', to: `place_version:26740@${turn}`, coverage: 'part' },
      ],
      citations,
    },
    {
      id: 'place_change:sa-pa-2020',
      kind: 'reclassify',
      effectiveOn: '2020-01-01',
      links: [{ from: 'place_version:088', to: 'place_version:088@2020-01-01', coverage: 'whole' }],
      citations,
    },
    {
      id: 'place_change:sa-pa-2025',
      kind: 'abolish',
      effectiveOn: turn,
      links: [{ from: 'place_version:088@2020-01-01', to: `place_version:70011@${turn}`, coverage: 'part' }],
      citations,
    },
  ],
};

export interface Towns {
  context: Context;
  /** How many statements were run so far. */
  statements: () => number;
  ask: (name: OperationName, args: object) => Promise<Row>;
}

export async function townsOf(t: Test): Promise<Towns> {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const writer = connect(url, { role: 'writer' });
  await seed(writer, { folder: await seedsWith(t, JSON.stringify(towns)) });
  await writer.close();
  const database = connect(url, { role: 'reader' });
  t.teardown(() => database.close());
  let statements = 0;
  database.pool.on('acquire', () => {
    statements += 1;
  });
  const context = { database, now: testNow };
  const scope = await openScope(context);
  return {
    context,
    statements: () => statements,
    ask: async (name, args) => (await answer(context, scope, name, args)) as Row,
  };
}
