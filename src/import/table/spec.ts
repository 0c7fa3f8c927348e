/** Reads the description of a table: YAML of its shape, and what a shape cannot say. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TSchema } from 'typebox';
import { Assert } from 'typebox/value';
import { type Fault, FaultsError } from '../../errors.ts';
import { byPosition, Positions } from '../positions.ts';
import { walk } from '../walk.ts';
import { parseYaml } from '../yaml.ts';
import { TableSpec } from './spec-shape.ts';

export interface ReadSpec {
  spec: TableSpec;
  fileName: string;
  /** As it is written, which the release keeps. */
  text: string;
  sha256: string;
  /** A fault of a part of it, with its line. */
  faultAt: (code: string, message: string, at: object, member?: string | number) => Fault;
}

/** Throws a FaultsError with all that is wrong in the file. */
export async function readSpec(path: string): Promise<ReadSpec> {
  const file = basename(path);
  const faults: Fault[] = [];
  const refuse = (): never => {
    throw new FaultsError('The description of the table cannot be used.', faults.sort(byPosition));
  };
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    faults.push({ code: 'missing_file', message: `${path} cannot be read (${cause.code})` });
    return refuse();
  });
  const positions = new Positions();
  const parsed = parseYaml(file, bytes, { faults, positions });
  if (!parsed?.contents) {
    if (faults.length === 0)
      faults.push({ code: 'empty_spec', message: 'the description is empty', file, line: 1 });
    return refuse();
  }
  const shape: TSchema = TableSpec;
  const spec = walk(parsed.context, parsed.contents, shape, 'the description');
  if (faults.length > 0) refuse();
  Assert(TableSpec, spec);
  const faultAt: ReadSpec['faultAt'] = (code, message, at, member = '') => ({
    code,
    message,
    ...positions.of(at, member),
  });
  faults.push(...rulesOf(spec, faultAt));
  if (faults.length > 0) refuse();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { spec, fileName: file, text: bytes.toString('utf8'), sha256, faultAt };
}

/** What a shape cannot say. */
function rulesOf(
  { columns, time, statuses, indicators = [] }: TableSpec,
  faultAt: ReadSpec['faultAt'],
): Fault[] {
  const faults: Fault[] = [];
  for (const column of columns) {
    const { header, groups, period, range, scale } = column;
    const holds = (name: string) => header.includes(`{${name}}`);
    const tell = (code: string, message: string, member: string) =>
      faults.push(faultAt(code, message, column, member));
    for (const [, name = ''] of header.matchAll(/\{([^}]*)\}/g)) {
      if (placeholders.includes(name)) continue;
      tell(
        'unknown_placeholder',
        `"{${name}}" is none of ${placeholders.map((one) => `{${one}}`).join(', ')}`,
        'header',
      );
    }
    const twice = placeholders.find((name) => header.split(`{${name}}`).length > 2);
    if (twice !== undefined) tell('placeholder_twice', `"{${twice}}" stands twice`, 'header');
    if (holds('group') !== (groups !== undefined)) {
      tell('group_without_groups', 'a header with {group} has "groups", and no other has', 'header');
    }
    if (holds('status') && statuses === undefined) {
      tell('status_without_statuses', '"statuses" must say what may stand at {status}', 'header');
    }
    // Of a year that the header has, "period" may say the day.
    const isWhole = period !== undefined && !period.includes('{year}');
    const times = [time !== undefined, isWhole, holds('year')].filter(Boolean).length;
    if (times !== 1) {
      const message = `the time of the figures is said ${times === 0 ? 'nowhere' : 'more than once'}: it is {year} in the header, or "period", or "time" for all columns`;
      tell('time_not_once', message, 'header');
    }
    if (range !== undefined && !(range.length === 2 && Number(range[0]) <= Number(range[1]))) {
      tell('bad_range', '"range" is two numbers, the lower one first', 'range');
    }
    if (scale !== undefined && exponentOf(scale) === undefined) {
      tell('bad_scale', '"scale" must be a power of ten, from 0.000001 to 1000000000', 'scale');
    }
  }
  const declared = indicators.map(({ id }) => id);
  for (const [index, indicator] of indicators.entries()) {
    if (!columns.some((one) => one.indicator === indicator.id)) {
      faults.push(faultAt('unused_indicator', `no column is of ${indicator.id}`, indicator, 'id'));
    }
    if (declared.indexOf(indicator.id) < index) {
      faults.push(faultAt('duplicate_id', `${indicator.id} stands twice`, indicator, 'id'));
    }
  }
  return faults;
}

const placeholders = ['year', 'quarter', 'month', 'status', 'group'];

/** `1000` → 3; undefined for what is no power of ten. */
export function exponentOf(scale: number): number | undefined {
  const exponent = Math.round(Math.log10(scale));
  return scale > 0 && exponent >= -6 && exponent <= 9 && Number(`1e${exponent}`) === scale
    ? exponent
    : undefined;
}
