/**
 * An invented country as the three packages would carry it: two provinces that merge, two districts that end, and
 * communes in every way that one list can differ from the next.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { faultLine } from '../../../src/errors.ts';
import { type ReadResult, readSeeds } from '../../../src/import/read.ts';
import type { Packages } from '../../../src/import/tree/packages.ts';
import { plantTree } from '../../../src/import/tree/plant.ts';

const first = (code: string, name: string, parent?: string) => ({
  code,
  name_with_type: name,
  ...(parent === undefined ? {} : { parent_code: parent }),
});
const byCode = <T extends { code: string }>(list: T[]) =>
  Object.fromEntries(list.map((one) => [one.code, one]));
const mapping = (code: string, name: string, district: string, successor: string) => ({
  old_ward_code: code,
  old_ward_name: name,
  old_district_name: district,
  old_province_name: 'Tỉnh Núi',
  new_ward_code: successor,
});

export const packages = (): Packages => ({
  first: {
    provinces: byCode([first('01', 'Tỉnh Núi'), first('02', 'Tỉnh Biển'), first('03', 'Tỉnh Rừng')]),
    districts: byCode([
      first('001', 'Huyện Trên', '01'),
      first('002', 'Huyện Dưới', '01'),
      first('003', 'Huyện Ven', '02'),
      first('004', 'Huyện Đảo', '02'),
    ]),
    communes: byCode([
      first('00001', 'Xã An', '001'),
      first('00002', 'Xã Bình', '001'),
      first('00003', 'Xã Cát', '001'),
      first('00004', 'Thị trấn Dâu', '001'),
      first('00005', 'Xã Én', '002'),
      first('00006', 'Xã Gạo', '002'),
      first('00007', 'Xã Hoà', '003'),
      first('00008', 'Xã Ít', '002'),
    ]),
  },
  before: {
    provinces: [
      { idProvince: '01', name: 'Tỉnh Núi' },
      { idProvince: '02', name: 'Tỉnh Biển' },
      { idProvince: '03', name: 'Tỉnh Rừng' },
    ],
    districts: [
      { idDistrict: '001', idProvince: '01', name: 'Huyện Trên' },
      { idDistrict: '002', idProvince: '01', name: 'Thị xã Dưới' },
      { idDistrict: '003', idProvince: '02', name: 'Huyện Ven' },
      { idDistrict: '004', idProvince: '02', name: 'Huyện Đảo' },
    ],
    communes: [
      { idCommune: '00001', idDistrict: '001' },
      { idCommune: '00002', idDistrict: '001' },
      { idCommune: '00005', idDistrict: '002' },
      { idCommune: '00006', idDistrict: '002' },
      { idCommune: '00007', idDistrict: '003' },
    ],
  },
  mappings: [
    // Bình and Cát are gone; An is as it was, Dâu lives on under the code of Bình.
    mapping('00001', 'Xã An', 'Huyện Trên', '00001'),
    mapping('00002', 'Thị trấn Dâu', 'Huyện Trên', '00002'),
    mapping('00009', 'Xã Mới', 'Huyện Trên', '00001'),
    mapping('00005', 'Phường Én', 'Thị xã Dưới', '00005'),
    mapping('00006', 'Phường Gạo Mới', 'Thị xã Dưới', '00005'),
    mapping('00008', 'Xã Ít', 'Thị xã Dưới', '00008'),
    mapping('00007', 'Xã Hoà', 'Huyện Ven', '00007'),
  ],
  after: {
    provinces: [
      { province_code: '02', name: 'Núi' },
      { province_code: '03', name: 'Tỉnh Rừng' },
    ],
    communes: [
      { ward_code: '00001', name: 'Xã An', province_code: '02' },
      { ward_code: '00002', name: 'Xã Dâu', province_code: '02' },
      { ward_code: '00005', name: 'Phường Lúa', province_code: '02' },
      { ward_code: '00007', name: 'Xã Hoà', province_code: '02' },
      { ward_code: '00008', name: 'Xã Ít', province_code: '02' },
      { ward_code: '00010', name: 'Đặc khu Đảo', province_code: '02' },
    ],
  },
});

export const typed = `
places:
  - id: place:dat-nuoc
    level: country
    versions:
      - code: XX
        type: country
        name: {vi: 'Đất nước'}
        fullName: {vi: 'Đất nước'}
        citations: [{resolution: '1'}]
treeCounts:
  - {on: '2022-10-01', of: units, level: commune, count: 8}
  - {on: '2025-06-30', of: units, level: commune, count: 7}
  - {on: '2025-07-01', of: links, level: commune, count: 7}
  - {on: '2025-07-01', of: links, level: province, count: 2}
treeActs:
  - {of: provinces, effectiveOn: '2025-07-01', resolution: '202/2025/QH15', date: '2025-06-12'}
treeProvinces:
  - {code: '02', type: province, name: 'Núi', former: ['01', '02'], communes: '1654/NQ-UBTVQH15'}
  - {code: '03', type: province, name: 'Rừng', former: ['03'], communes: '1655/NQ-UBTVQH15'}
treeCorrections:
  - {on: '2025-06-30', level: district, code: '004', successor: '00010', reason: It became a special zone.}
`;

/** What the seed files of the country hold once the tree is made, with more typed facts. */
export async function planted(t: Test, more = '', text = typed, lists = packages()): Promise<ReadResult> {
  const folder = join(t.testdir(), 'seeds');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.yml'), text);
  writeFileSync(join(folder, 'b.yml'), more);
  return plantTree(await readSeeds(folder), async () => lists);
}

/** `seeds/b.yml:2:5  unknown_unit  …`, a line each. */
export const linesOf = ({ faults }: ReadResult): string[] => faults.map(faultLine);
