/** Of which indicators the year has a figure; each leads to the series of the place. */
import { useWords, useWordsOf } from '../../lib/words';
import { Answer } from '../../parts/answer';
import { placeWords } from '../../words/place';
import { IndicatorList } from './indicator-list';
import type { Cells } from './year';

const withFigures = ['reported', 'reported_without_number', 'target_only'] as const;
/** Few enough to be laid open. */
const few = 24;

export function SeriesSection({ of, placeId, year }: { of: Cells; placeId: string; year: number }) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  return (
    <section aria-labelledby="series">
      <h2 id="series">{words.series(year)}</h2>
      <Answer of={of} lines={8}>
        {({ items }) => {
          const ofYear = items.filter((cell) => cell.year === year);
          const groups = withFigures
            .map((status) => ({ status, cells: ofYear.filter((cell) => cell.status === status) }))
            .filter(({ cells }) => cells.length > 0);
          if (groups.length === 0) return <p class="quiet">{words.noSeries(year)}</p>;
          return (
            <>
              <p class="quiet">{words.seriesHint}</p>
              {groups.map(({ status, cells }, index) => (
                <details key={status} class="topic" open={index === 0 || ofYear.length <= few}>
                  <summary>
                    {all.coverageStatus[status]} <span class="quiet">({cells.length})</span>
                  </summary>
                  <IndicatorList of={cells} placeId={placeId} />
                </details>
              ))}
            </>
          );
        }}
      </Answer>
    </section>
  );
}
