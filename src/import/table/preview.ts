/** What a person should look at before a table is written: the largest changes, and where a series breaks. */
import type pg from 'pg';
import { endingTable, wantedTable } from '../imported-figures.ts';

export interface ChangedFigure {
  id: string;
  row: number;
  column: string;
  before: number;
  after: number;
}

/** A figure many times that of the time before, or a part of it. */
export interface SeriesBreak {
  id: string;
  row: number;
  column: string;
  before: number;
  after: number;
  /** The time of the figure before. */
  since: string;
}

/** Outside what the description says is plausible. */
export interface OutOfRange {
  row: number;
  column: string;
  place: string;
  value: string;
}

export interface Preview {
  largest: ChangedFigure[];
  breaks: SeriesBreak[];
}

const shown = 10;
/** From one figure of a series to the next. */
const leap = 3;

/** Of the figures that were compared and are not written yet. */
export async function previewOf(client: pg.ClientBase, dataset: string): Promise<Preview> {
  const largest = await client.query<ChangedFigure>(
    `select w.id, w.row_number as row, w.column_name as column, t.value::float8 as before, w.value::float8 as after
     from ${endingTable} e join observations t on t.id = e.id and t.since_release = e.since_release
     join ${wantedTable} w on w.id = e.id where w.value <> t.value
     order by abs(w.value - t.value) / greatest(abs(t.value), abs(w.value)) desc, w.id collate "C" limit ${shown}`,
  );
  // The figures that stay are part of the series, those that end are not.
  const breaks = await client.query<SeriesBreak>(
    `with figures as (
       select id, row_number, column_name, indicator_id, place_version_id, measure, dimensions, period_label, period_end, value, true as fresh
       from ${wantedTable}
       union all
       select t.id, row_number, column_name, indicator_id, place_version_id, measure, dimensions, period_label, period_end, value, false
       from observations t where t.until_release is null and t.dataset_id = $1 and not exists (select from ${endingTable} e where e.id = t.id)
     ), following as (
       select *, lag(value) over series as value_before, lag(period_label) over series as label_before from figures
       window series as (partition by indicator_id, place_version_id, measure, dimensions order by period_end)
     )
     select id, row_number as row, column_name as column, value_before::float8 as before, value::float8 as after, label_before as since
     from following where fresh and value_before > 0 and value > 0 and greatest(value / value_before, value_before / value) >= ${leap}
     order by greatest(value / value_before, value_before / value) desc, id collate "C" limit ${shown}`,
    [dataset],
  );
  return { largest: largest.rows, breaks: breaks.rows };
}
