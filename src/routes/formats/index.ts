/** The formats that lists are served as, and who writes each. */
import { type Format, formatOf, formatsOf } from '../../schema/formats.ts';
import type { Operation } from '../../schema/operations.ts';
import { csvOf } from './csv.ts';
import { metadataMediaType, metadataSuffix } from './csvw.ts';
import type { WriteFile } from './file.ts';
import { jsonStatOf } from './jsonstat.ts';
import { ndjsonOf } from './ndjson.ts';
import { parquetOf } from './parquet.ts';
import { sdmxCsvOf } from './sdmx-csv.ts';
import { xlsxOf } from './xlsx.ts';

/** What an address answers: pages of JSON, a file, or the metadata of the CSV file. */
export type Served = 'json' | 'csvw' | Format;

interface Writer {
  write: WriteFile;
  /** Parameters of the media type of what is sent. */
  parameters?: string;
}

const writers: Record<Format, Writer> = {
  ndjson: { write: ndjsonOf },
  csv: { write: csvOf, parameters: '; charset=utf-8; header=present' },
  xlsx: { write: xlsxOf },
  parquet: { write: parquetOf },
  jsonstat: { write: jsonStatOf },
  sdmxCsv: { write: sdmxCsvOf, parameters: '; version=2.0.0; charset=utf-8' },
};

/** Those of what is not a format of lists. */
const others = { json: 'application/json', csvw: metadataMediaType } as const;
const isOther = (served: Served): served is keyof typeof others => Object.hasOwn(others, served);

export const mediaTypeOf = (served: Served): string =>
  isOther(served) ? others[served] : formatOf(served).mediaType;

/** `Content-Type` of what is sent. */
export const contentTypeOf = (served: Served): string =>
  `${mediaTypeOf(served)}${isOther(served) ? '; charset=utf-8' : (writers[served].parameters ?? '')}`;

export const writerOf = (format: Format): WriteFile => writers[format].write;

/** Every address of an operation, with what it answers there; a list also by a suffix. */
export function addressesOf(operation: Operation): (readonly [path: string, served: readonly Served[]])[] {
  const { path } = operation;
  const files = formatsOf(operation);
  const bySuffix = files.map((format) => [`${path}.${formatOf(format).suffix}`, [format]] as const);
  return [
    [path, ['json', ...files]],
    ...(operation.kind === 'list' ? [[`${path}.json`, ['json']] as const] : []),
    ...bySuffix,
    ...(operation.kind === 'list' ? [[`${path}.${metadataSuffix}`, ['csvw']] as const] : []),
  ];
}
