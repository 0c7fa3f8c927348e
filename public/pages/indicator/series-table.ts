/** The table behind a chart of series: all its figures, also those that are not drawn. */

import { drawnOf, isDrawn, type SeriesLine } from '../../charts/series-model';
import { pointText, remarksOf, type Speech } from '../../charts/series-text';
import type { Cell, ChartTable } from '../../charts/table';
import { nameOf, periodText, unitName } from '../../lib/format';

export function seriesTable(
  lines: readonly SeriesLine[],
  unit: string,
  territory: string | undefined,
  speech: Speech,
): ChartTable {
  const { words, own, language } = speech;
  const rows: Cell[][] = [];
  const ids: (string | null)[] = [];
  for (const { place, points } of lines) {
    for (const point of points) {
      const one = drawnOf(point, territory);
      const remarks = remarksOf(point, isDrawn(one) ? one.kind : 'reported', speech);
      if (!isDrawn(one)) remarks.push(...whyNot(one, unit, speech));
      rows.push([
        nameOf(place.name, language).text,
        periodText(point.period, language),
        isDrawn(one) ? one.value : one.why === 'number' ? pointText(point, unit, speech) : null,
        unit === 'rank' ? own.rank : unitName(unit, words),
        words.comparators[point.comparator ?? 'eq'],
        words.scenarios[point.scenario],
        remarks.join('; '),
      ]);
      ids.push(point.observation);
    }
  }
  const columns = [own.place, own.period, own.figure, own.unit, own.qualified, own.statement, own.remarks];
  return { columns, rows, doors: { column: 2, ids } };
}

/** Why a point is not drawn, with the figure as it was reported where that is another matter. */
export function whyNot(
  { point, why }: Exclude<ReturnType<typeof drawnOf>, { value: number }>,
  unit: string,
  speech: Speech,
): string[] {
  const { own } = speech;
  if (why === 'obstacle')
    return point.obstacle === null ? [] : [own.noDifference(own.obstacles[point.obstacle])];
  if (why === 'computed') return [own.notForTerritory];
  if (why === 'territory') return [pointText(point, unit, speech), point.comparability?.text ?? ''];
  return [own.noNumber];
}
