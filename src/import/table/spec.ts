/** Reads the description of a table: YAML of its shape, names of places from a file beside it, and what a shape cannot say. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { TSchema } from 'typebox';
import { Assert } from 'typebox/value';
import { type Fault, FaultsError } from '../../errors.ts';
import { byPosition, Positions } from '../positions.ts';
import { requireFile } from '../regular-file.ts';
import { type Walk, walk } from '../walk.ts';
import { parseYaml } from '../yaml.ts';
import { type FaultAt, rulesOf } from './spec-rules.ts';
import { PlaceNames, TableSpec } from './spec-shape.ts';

export interface ReadSpec {
  spec: TableSpec;
  fileName: string;
  /** As it is written, which the release keeps; what it has from a file of names stands below, as comments. */
  text: string;
  sha256: string;
  /** A fault of a part of it, with its line. */
  faultAt: FaultAt;
}

type Reading = Pick<Walk, 'faults' | 'positions'>;

/** Throws a FaultsError with all that is wrong in the files. */
export async function readSpec(path: string): Promise<ReadSpec> {
  const faults: Fault[] = [];
  const positions = new Positions();
  const refuse = (): never => {
    throw new FaultsError('The description of the table cannot be used.', faults.sort(byPosition));
  };
  const read = await readYaml(path, TableSpec, 'the description', { faults, positions });
  if (read === undefined || faults.length > 0) return refuse();
  const { value: spec } = read;
  Assert(TableSpec, spec);
  const faultAt: FaultAt = (code, message, at, member = '') => ({
    code,
    message,
    ...positions.of(at, member),
  });
  faults.push(...rulesOf(spec, faultAt));
  const { namesFile } = spec.place;
  const names =
    namesFile === undefined
      ? ''
      : await addNames(spec, join(dirname(path), namesFile), { faults, positions });
  if (faults.length > 0) refuse();
  const text = `${read.text}${names}`;
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { spec, fileName: basename(path), text, sha256, faultAt };
}

/** Undefined where it cannot be read; a fault says why. */
async function readYaml(
  path: string,
  shape: TSchema,
  name: string,
  reading: Reading,
): Promise<{ value: unknown; text: string } | undefined> {
  const file = basename(path);
  const { faults } = reading;
  const content = requireFile(path).then(() => readFile(path));
  const bytes = await content.catch((cause: NodeJS.ErrnoException) => {
    faults.push({ code: 'missing_file', message: `${path} cannot be read (${cause.code})` });
  });
  if (bytes === undefined) return undefined;
  const before = faults.length;
  const parsed = parseYaml(file, bytes, reading);
  if (!parsed?.contents) {
    if (faults.length === before)
      faults.push({ code: 'empty_spec', message: `${name} is empty`, file, line: 1 });
    return undefined;
  }
  return { value: walk(parsed.context, parsed.contents, shape, name), text: bytes.toString('utf8') };
}

/** Adds the names of a file that several descriptions share; those of the description itself come first. Returns its text, as comments. */
async function addNames({ place }: TableSpec, path: string, reading: Reading): Promise<string> {
  const { faults, positions } = reading;
  const read = await readYaml(path, PlaceNames, 'the file of names', reading);
  if (read === undefined || faults.length > 0) return '';
  const { value: shared } = read;
  Assert(PlaceNames, shared);
  const own = place.names ?? {};
  const names = { ...shared, ...own };
  const standsIn = (name: string) => positions.of(Object.hasOwn(own, name) ? own : shared, name);
  positions.set(
    names,
    positions.of(place, 'namesFile'),
    new Map(Object.keys(names).map((name) => [name, standsIn(name)])),
  );
  place.names = names;
  return `\n# ${basename(path)}:\n${read.text.trimEnd().replace(/^/gm, '# ')}\n`;
}
