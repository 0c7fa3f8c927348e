/** Figures on their way into the temporary table that a release is compared with: lines of `COPY`. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { FaultsError } from '../../errors.ts';
import { makeWanted, wantedTable } from '../imported-figures.ts';
import type { Figure } from './figures.ts';

export interface Staged {
  figures: number;
  /** SHA-256 of all that they say, in the order of the table. */
  sha256: string;
}

/** Where the figures come from. */
export interface StagingOptions {
  dataset: string;
  sheet: string | null;
  /** What faults call the table. */
  label: string;
  /** Of each indicator that they are of. */
  units: ReadonlyMap<string, string>;
}

const columns =
  'id, place_version_id, period_start, period_end, period_label, value, flags, row_number, indicator_id, period_cumulative, measure, scenario, comparator, unit, dimensions, readings, folded, dataset_id, sheet, column_name';

/** Throws a FaultsError where two cells are of one series, place and time. */
export async function stage(
  client: pg.ClientBase,
  batches: AsyncIterable<readonly Figure[]>,
  options: StagingOptions,
): Promise<Staged> {
  await makeWanted(client);
  const hash = createHash('sha256');
  let figures = 0;
  const lineOf = lineWriter(options);
  const lines = async function* () {
    for await (const batch of batches) {
      const text = batch.map(lineOf).join('');
      hash.update(text);
      figures += batch.length;
      yield text;
    }
  };
  await pipeline(
    Readable.from(lines()),
    client.query(copyFrom(`copy ${wantedTable} (${columns}) from stdin`)),
  );
  await checkDoubles(client, options.label);
  return { figures, sha256: hash.digest('hex') };
}

/** What a column says of all its figures is written once. */
function lineWriter({ dataset, sheet, units }: StagingOptions): (figure: Figure) => string {
  const tails = new Map<string, string>();
  const tailOf = ({ column, dimensions, scenario }: Figure): string => {
    const { measure = 'value', indicator, unit = units.get(indicator) as string } = column.spec;
    const said = JSON.stringify(Object.fromEntries(Object.entries(dimensions).sort()));
    const key = `${column.index} ${scenario} ${said}`;
    const known = tails.get(key);
    if (known !== undefined) return known;
    const fields = [
      ...[indicator, 'f', measure, scenario, 'eq', unit, said, '[]', '', dataset],
      ...[sheet, column.header],
    ];
    const tail = fields.map(field).join('\t');
    tails.set(key, tail);
    return tail;
  };
  return (figure) => {
    const { id, placeVersionId, period, value, assumed, row } = figure;
    const flags = assumed ? '{place_version_assumed}' : '{}';
    return `${id}\t${placeVersionId}\t${period.start}\t${period.end}\t${period.label}\t${value}\t${flags}\t${row}\t${tailOf(figure)}\n`;
  };
}

/** As the text format of `COPY` has it. */
const field = (text: string | null): string =>
  text === null
    ? '\\N'
    : text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');

const mostDoubles = 50;

async function checkDoubles(client: pg.ClientBase, file: string): Promise<void> {
  const { rows } = await client.query<{ cells: string[]; row: number }>(
    `select array_agg('row ' || row_number || ', "' || column_name || '"' order by row_number, column_name) as cells,
       max(row_number) as row
     from ${wantedTable} group by id having count(*) > 1 order by min(row_number) limit ${mostDoubles}`,
  );
  if (rows.length === 0) return;
  throw new FaultsError(
    'The table cannot be used; nothing was written.',
    rows.map(({ cells, row }) => ({
      code: 'duplicate_cell',
      message: `${cells.length} cells are of one place, series and time: ${cells.slice(0, 4).join('; ')}`,
      file,
      line: row,
    })),
  );
}
