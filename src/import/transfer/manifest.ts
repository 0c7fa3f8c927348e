/** `manifest.json` of an export: of which release and schema it is, and the checksum of each of its files. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Check } from 'typebox/value';
import { type Fault, FaultsError } from '../../errors.ts';
import { requireFile } from '../regular-file.ts';

export const manifestName = 'manifest.json';
/** Of what an export looks like. A program that reads another one refuses it. */
export const exportFormat = 1;

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Word = Type.String({ pattern: '^[a-z][a-z0-9_]*$' });
const Count = Type.Integer({ minimum: 0 });

const Manifest = Type.Object({
  format: Type.Literal(exportFormat),
  /** Version of the program that wrote it. */
  program: Type.String(),
  /** The last migration of the database that it was read from. */
  schema: Type.String(),
  /** The last release that it holds, and its content hash. */
  release: Type.Integer({ minimum: 1 }),
  hash: Sha256,
  files: Type.Array(
    Type.Object({
      /** Name of the table; its file ends in `.csv`. */
      table: Word,
      columns: Type.Array(Word, { minItems: 1 }),
      rows: Count,
      bytes: Count,
      sha256: Sha256,
    }),
    { minItems: 1 },
  ),
});
export type Manifest = Static<typeof Manifest>;
export type ManifestFile = Manifest['files'][number];

export const fileNameOf = ({ table }: Pick<ManifestFile, 'table'>): string => `${table}.csv`;

/** Nothing in it depends on when or where it was written: two exports of one release are the same bytes. */
export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

/** Throws a FaultsError where there is none, or one that this program cannot read. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, manifestName);
  const content = requireFile(path).then(() => readFile(path, 'utf8'));
  const text = await content.catch((error: NodeJS.ErrnoException) => {
    throw refusal({
      code: 'missing_file',
      message: `${basename(folder)} is no export, or one that was not finished (${error.code})`,
    });
  });
  const value = parsed(text);
  if (Check(Manifest, value)) return value;
  const format = Object(value).format;
  throw refusal(
    Number.isInteger(format) && format !== exportFormat
      ? {
          code: 'unknown_format',
          message: `it is of format ${format}, and this program reads format ${exportFormat}`,
        }
      : { code: 'altered_file', message: 'it is not as `govdata export` writes it' },
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const refusal = (fault: Fault): FaultsError => refused([{ ...fault, file: manifestName }]);

export const refused = (faults: readonly Fault[]): FaultsError =>
  new FaultsError('The export cannot be loaded; nothing was changed.', faults);
