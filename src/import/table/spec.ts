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
import { type FaultAt, rulesOf } from './spec-rules.ts';
import { TableSpec } from './spec-shape.ts';

export interface ReadSpec {
  spec: TableSpec;
  fileName: string;
  /** As it is written, which the release keeps. */
  text: string;
  sha256: string;
  /** A fault of a part of it, with its line. */
  faultAt: FaultAt;
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
  const faultAt: FaultAt = (code, message, at, member = '') => ({
    code,
    message,
    ...positions.of(at, member),
  });
  faults.push(...rulesOf(spec, faultAt));
  if (faults.length > 0) refuse();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { spec, fileName: file, text: bytes.toString('utf8'), sha256, faultAt };
}
