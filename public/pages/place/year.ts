/** What is asked of a place for the year that is chosen. */
import { type Answer, type Asked, type Schemas, useAsk } from '../../lib/api';

export type Cells = Asked<Answer<'/v1/coverage'>>;

export interface AskedOfYear {
  card: Asked<Schemas['Scorecard']>;
  cells: Cells;
}

/** As many cells as one page has. */
const most = 500;
const mostYears = 8;

/** Besides the year as many before it as one page of coverage holds; all cells are as many as indicators times years. */
export function useYear(
  place: string,
  year: number,
  known: readonly number[],
  allCells: number | null,
): AskedOfYear {
  const indicators = allCells === null ? most : allCells / Math.max(known.length, 1);
  const width = Math.max(1, Math.min(mostYears, Math.floor(most / Math.max(indicators, 1))));
  const first = Math.min(year, Math.max(year - width + 1, known[0] ?? year));
  const card = useAsk('/v1/scorecards', { query: { place, year } });
  const cells = useAsk('/v1/coverage', {
    query: { place, from: `${first}-01-01`, to: `${year}-12-31`, limit: most },
  });
  return { card, cells };
}
