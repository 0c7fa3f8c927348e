/** What lists are served as besides pages of JSON: whole, as files. */

interface FileFormat {
  /** Behind the path of the list and a dot. */
  suffix: string;
  /** As it is accepted; what is sent may say more. */
  mediaType: string;
  /** How people call it. */
  title: string;
  /** What a reader finds in it, for the docs. */
  about: string;
  /** Whether a reader that was cut off can go on `after` a cursor. */
  resumable?: true;
  /** What it is as a whole, unless it is bytes that are no text. */
  content?: 'string' | 'object';
}

export const formats = {
  ndjson: {
    suffix: 'ndjson',
    mediaType: 'application/x-ndjson',
    content: 'string',
    title: 'NDJSON',
    about:
      'One record a line, as in a page, each with its `cursor`. A transfer that was cut off goes on behind the last whole line, in the same release, with the cursor of that line as `after`.',
    resumable: true,
  },
  csv: {
    suffix: 'csv',
    mediaType: 'text/csv',
    content: 'string',
    title: 'CSV',
    about:
      'One column for each member of the item, those of nested members joined by `_` (`from_code`); values of a list are joined by `;`, null is empty.',
  },
  xlsx: {
    suffix: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    title: 'XLSX',
    about:
      'A workbook with the columns of the CSV: numbers, dates and truth values as such, codes as text. Its sheet `columns` says what each column holds, `about` what the file is.',
  },
  parquet: {
    suffix: 'parquet',
    mediaType: 'application/vnd.apache.parquet',
    title: 'Parquet',
    about:
      'The columns of the CSV with their types, lists as lists. What each column holds stands in the key-value metadata.',
  },
  jsonstat: {
    suffix: 'jsonstat.json',
    mediaType: 'application/json-stat+json',
    content: 'object',
    title: 'JSON-stat 2.0',
    about:
      'A cube (`class` dataset) where one indicator is asked for, else a collection of one for each indicator. All that is told of a figure stands in `extension.figure` under the number of its cell. Refused above `cubeFiguresMax` figures in all or `cubeCellsMax` cells of a cube.',
  },
  sdmxCsv: {
    suffix: 'sdmx.csv',
    mediaType: 'application/vnd.sdmx.data+csv',
    content: 'string',
    title: 'SDMX-CSV 2.0',
    about:
      'A row for each figure: its key of dimensions, which no other row has, OBS_VALUE, and attributes. For machines: a text that looks like a formula is left as it is.',
  },
} as const satisfies Record<string, FileFormat>;

export type Format = keyof typeof formats;
export const formatOf = (format: Format): FileFormat => formats[format];

/** What of an operation says how it is served. */
interface Listed {
  kind: string;
  statistics?: readonly Format[];
}

/** Those of every list. */
const ofLists: readonly Format[] = ['ndjson', 'csv', 'xlsx', 'parquet'];

/** What an operation is served as besides pages of JSON. */
export const formatsOf = ({ kind, statistics = [] }: Listed): readonly Format[] =>
  kind === 'list' ? [...ofLists, ...statistics] : [];
