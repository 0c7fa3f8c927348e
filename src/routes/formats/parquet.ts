/** Lists as Parquet: a row group is handed on when it is made, so that a long file needs no more memory than a short one. */
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Row } from '../../queries/types.ts';
import { programVersion } from '../../version.ts';
import { aboutOf } from './about.ts';
import { type CellType, type Column, columnsOfItems } from './columns.ts';
import { batchesOf, type ListFile, streamOf } from './file.ts';

type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** A row group is encoded without a pause: wide tables have fewer rows in one. */
const cellsOfGroup = 100_000;

/** The file, made as it is read. */
export function parquetOf(file: ListFile): Readable {
  const columns = columnsOfItems(file.operation, file.labels);
  const rowsOfGroup = Math.ceil(cellsOfGroup / columns.length);
  return streamOf(
    (async function* () {
      const bytes = new ByteWriter();
      const writer = new ParquetWriter({
        writer: bytes,
        schema: [{ name: 'root', num_children: columns.length }, ...columns.flatMap(elementsOf)],
        kvMetadata: metadataOf(file, columns),
        createdBy: `govdata version ${programVersion}`,
      });
      for await (const rows of batchesOf(file, rowsOfGroup)) {
        const columnData = columns.map((column) => valuesOf(column, rows));
        // Other requests have their turn before it is encoded.
        await setImmediate();
        writer.write({ columnData, rowGroupSize: rowsOfGroup });
        yield taken(bytes);
      }
      writer.finish();
      yield taken(bytes);
    })(),
  );
}

/** What has been written since; `offset` goes on counting. */
function taken(bytes: ByteWriter): Uint8Array {
  const part = bytes.getBytes().slice();
  bytes.index = 0;
  return part;
}

const elements: Record<CellType, Omit<Element, 'name'>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  number: { type: 'DOUBLE' },
  integer: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
  date: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON', logical_type: { type: 'JSON' } },
};

/** A list is never null, its values may be: the three levels that every reader knows as a list. */
const elementsOf = ({ name, type, depth }: Column): Element[] =>
  depth === 0
    ? [{ name, repetition_type: 'OPTIONAL', ...elements[type] }]
    : [
        {
          name,
          repetition_type: 'REQUIRED',
          converted_type: 'LIST',
          logical_type: { type: 'LIST' },
          num_children: 1,
        },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...elementsOf({ name: 'element', type, depth: depth - 1 } as Column),
      ];

/** Of one page each, so that an index of pages would say nothing. */
const valuesOf = ({ name, type, depth, valueIn }: Column, rows: readonly Row[]) => ({
  name,
  data: rows.map((row) => deep(valueIn(row), depth, encoders[type])),
  offsetIndex: false,
});

type Encode = (value: unknown) => unknown;

const deep = (value: unknown, depth: number, encode: Encode): unknown => {
  if (depth > 0) return (value as unknown[]).map((one) => deep(one, depth - 1, encode));
  return value === null || value === undefined ? null : encode(value);
};

const asIs: Encode = (value) => value;
const asDate: Encode = (value) => new Date(value as string);
const encoders: Record<CellType, Encode> = {
  text: asIs,
  number: asIs,
  integer: (value) => BigInt(value as number),
  boolean: asIs,
  date: asDate,
  instant: asDate,
  json: asIs,
};

function metadataOf(file: ListFile, columns: readonly Column[]): { key: string; value: string }[] {
  const about = Object.entries(aboutOf(file, 'parquet'));
  const described = columns.map(({ name, description }) => [name, description]);
  return [...about, ['columns', JSON.stringify(Object.fromEntries(described))] as const].map(
    ([key, value]) => ({ key: `govdata.${key}`, value }),
  );
}
