/** Figures as SDMX-CSV 2.0: a row for each, its key, its value, its attributes. A machine reads it: nothing is made safe for spreadsheets. */
import type { Readable } from 'node:stream';
import type { OperationName } from '../../schema/operations.ts';
import { lineOf } from './csv.ts';
import { type ListFile, slicesOf, streamOf } from './file.ts';
import { dimensions, type Statement, statementsOf } from './statistics.ts';
import { type Attribute, attributes } from './statistics-attributes.ts';

/** Of the structure; it is another version when a dimension comes or goes. */
const structureVersion = '1.0.0';
const agency = 'GOVDATA';
/** What parts the values of a list, as the first column says. */
const separator = ';';

const header = [
  ...[`STRUCTURE[${separator}]`, 'STRUCTURE_ID', 'ACTION'],
  ...dimensions.map(({ id }) => id),
  'OBS_VALUE',
  ...attributes.map(({ id, many }) => (many ? `${id}[]` : id)),
];

/** `GOVDATA:OBSERVATIONS(1.0.0)`. */
const structureOf = (name: OperationName): string => `${agency}:${name.toUpperCase()}(${structureVersion})`;

/** The file, made as it is read. */
export function sdmxCsvOf({ name, pieces }: ListFile): Readable {
  const begin = ['dataflow', structureOf(name), 'I'];
  return streamOf(
    (async function* () {
      yield lineOf(header);
      for await (const { rows } of slicesOf(pieces)) {
        yield statementsOf(name, rows)
          .map((statement) => lineOf([...begin, ...cellsOf(statement)]))
          .join('');
      }
    })(),
  );
}

function cellsOf(statement: Statement): string[] {
  return [
    ...dimensions.map(({ of }) => of(statement).code),
    textOf(statement.value),
    ...attributes.map((attribute) => attributeOf(attribute, statement)),
  ];
}

function attributeOf({ of }: Attribute, statement: Statement): string {
  const value = of(statement);
  return typeof value === 'object' && value !== null ? value.join(separator) : textOf(value);
}

const textOf = (value: string | number | null): string => (value === null ? '' : String(value));
