/** How much of what is asked of a place is known, year by year, and what is missing. */

import { groupBy } from '../../../src/lists';
import type { Asked, Schemas } from '../../lib/api';
import { useWords, useWordsOf } from '../../lib/words';
import { Answer } from '../../parts/answer';
import { Table } from '../../parts/table';
import { placeWords } from '../../words/place';
import { IndicatorList } from './indicator-list';
import type { Overview } from './overview';
import { Unknowns } from './unknown';
import type { Cells } from './year';
import { yearAddress } from './years';

type Cell = Schemas['CoverageCell'];

interface Props {
  card: Asked<Schemas['Scorecard']>;
  cells: Cells;
  overview: Overview;
  year: number;
}

export function CoverageSection({ card, cells, overview, year }: Props) {
  const words = useWordsOf(placeWords);
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">{words.coverage}</h2>
      <Answer of={cells} lines={8}>
        {(list) =>
          list.items.length === 0 || list.next !== null ? null : <ByYear of={list.items} year={year} />
        }
      </Answer>
      <Answer of={card} lines={8}>
        {({ coverage }) => (
          <>
            <p lang="en">{coverage.text}</p>
            <Missing of={coverage.missing} placeId={overview.place.placeId} year={year} />
          </>
        )}
      </Answer>
      <Unknowns of={overview} />
    </section>
  );
}

const statuses = [
  'reported',
  'reported_without_number',
  'target_only',
  'not_printed',
  'place_abolished',
  'not_known_before',
] as const;

function ByYear({ of, year }: { of: readonly Cell[]; year: number }) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  const shown = statuses.filter((status) => of.some((cell) => cell.status === status));
  const years = [...groupBy(of, (cell) => cell.year)].sort(([a], [b]) => b - a);
  return (
    <Table
      class="by-year"
      label={words.coverageByYear}
      caption={words.coverageByYear}
      columns={[words.year, ...shown.map((status) => ({ text: all.coverageStatus[status], isNumber: true }))]}
    >
      {years.map(([one, cells]) => (
        <tr key={one}>
          <th scope="row">
            <a href={yearAddress(one)} aria-current={one === year ? 'true' : undefined}>
              {one}
            </a>
          </th>
          {shown.map((status) => (
            <td key={status} class="number">
              {cells.filter((cell) => cell.status === status).length}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

function Missing({ of, placeId, year }: { of: readonly Cell[]; placeId: string; year: number }) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  if (of.length === 0) return null;
  return (
    <>
      <h3>{words.missingIn(year)}</h3>
      {[...groupBy(of, ({ status }) => status)].map(([status, cells]) => (
        <details key={status} class="topic">
          <summary>
            {all.coverageStatus[status]} <span class="quiet">({cells.length})</span>
          </summary>
          {[...new Set(cells.map(({ text }) => text))].slice(0, 3).map((text) => (
            <p key={text} class="quiet" lang="en">
              {text}
            </p>
          ))}
          <IndicatorList of={cells} placeId={placeId} />
        </details>
      ))}
    </>
  );
}
