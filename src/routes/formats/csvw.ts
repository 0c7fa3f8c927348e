/** What a CSV file holds, for machines: its metadata by the W3C's CSV on the Web (Tabular Metadata). */

import { aboutOf, licence } from './about.ts';
import { type CellType, type Column, columnsOfItems } from './columns.ts';
import { separators } from './csv.ts';
import type { ListFile } from './file.ts';

/** Behind the path of the list and a dot; the file names the address in its `Link`. */
export const metadataSuffix = 'csv-metadata.json';
export const metadataMediaType = 'application/csvm+json';

type Described = Pick<ListFile, 'operation' | 'args' | 'scope' | 'labels'>;

/** Of the file that is asked for with the same query. */
export function csvMetadataOf(file: Described, query: string): object {
  const { title, order, release, day, program } = aboutOf(file, 'csv');
  const { path } = file.operation;
  const columns = columnsOfItems(file.operation, file.labels);
  const key = keyOf(file, columns);
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    '@type': 'Table',
    url: `${path.slice(path.lastIndexOf('/') + 1)}.csv${query}`,
    'dc:title': title,
    'dc:description': `Ordered ${order}.`,
    'dc:license': { '@id': licence.address },
    'dc:creator': program,
    'dc:date': { '@value': day, '@type': 'xsd:date' },
    'dcat:version': release,
    'rdfs:seeAlso': { '@id': '/openapi.json' },
    'rdfs:comment': rules,
    dialect,
    tableSchema: {
      '@type': 'Schema',
      columns: columns.map(described),
      ...(key === undefined ? {} : { primaryKey: key }),
    },
  };
}

const rules = [
  'An empty cell is null, or a list without values.',
  'A text that begins with =, +, -, @ (full-width ones too), a tab or a line break, or with apostrophes before one of these, has one apostrophe before it that is not part of it, also as a value of a list. Figures have none.',
  'Within a list, a semicolon or a backslash that is part of a value has a backslash before it; in a list of lists, whose inner values are joined by a comma, a comma has one too.',
];

const dialect = {
  '@type': 'Dialect',
  encoding: 'utf-8',
  delimiter: ',',
  lineTerminators: ['\r\n'],
  quoteChar: '"',
  doubleQuote: true,
  header: true,
  headerRowCount: 1,
  skipInitialSpace: false,
  trim: false,
};

/** A record of its own in each row has its id there. */
const keyOf = ({ operation: { rows } }: Described, columns: readonly Column[]): string | undefined =>
  rows === undefined ? columns.find(({ name }) => name === 'id')?.name : undefined;

const datatypes: Record<CellType, unknown> = {
  text: 'string',
  number: 'double',
  integer: 'integer',
  boolean: 'boolean',
  date: { base: 'date', format: 'yyyy-MM-dd' },
  instant: 'dateTimeStamp',
  json: 'json',
};

/** The standard knows no lists of lists: an inner list is a text to it. */
const described = ({ name, type, depth, nullable, description }: Column): object => ({
  name,
  titles: name,
  'dc:description': description,
  datatype: depth > 1 ? 'string' : datatypes[type],
  ...(depth === 0 ? { required: !nullable } : { separator: separators[0] }),
});
