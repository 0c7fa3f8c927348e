/** What nobody has said of a place, as far as the sources go: said, so that a gap is not taken for a nought. */
import { nameOf } from '../../lib/format';
import { useLanguage, useWordsOf } from '../../lib/words';
import { placeWords } from '../../words/place';
import type { Overview } from './overview';
import { PlaceLink } from './place-link';

export function Unknowns({ of }: { of: Overview }) {
  const words = useWordsOf(placeWords);
  const gaps = useGaps(of);
  if (gaps.length === 0) return null;
  return (
    <>
      <h3>{words.gaps}</h3>
      <ul>
        {gaps.map((gap) => (
          <li key={gap}>{gap}</li>
        ))}
      </ul>
    </>
  );
}

function useGaps({ place, history, themes, mottos, targets, tasks, rankings, coverage }: Overview): string[] {
  const words = useWordsOf(placeWords);
  const first = history.items.find(({ validFrom }) => validFrom === null);
  const isOld = place.level === 'country';
  const gaps: [isGap: boolean, text: string][] = [
    [place.validFrom === null && !isOld, words.startUnknown],
    [first !== undefined && first.predecessors.length === 0 && !isOld, words.originUnknown],
    [themes.total === 0, words.noThemes],
    [mottos.total === 0, words.noMottos],
    [targets.total === 0, words.noTargets],
    [tasks.total === 0, words.noTasks],
    [rankings.total === 0, words.noRankings],
    [coverage.total === 0, words.noFigures],
  ];
  return gaps.filter(([isGap]) => isGap).map(([, text]) => text);
}

/** For a place of which no source speaks: why the page is short, and where more may be known. */
export function EmptySection({ of }: { of: Overview }) {
  const words = useWordsOf(placeWords);
  const language = useLanguage();
  const { place } = of;
  const around = [
    ...(place.parent === null ? [] : [place.parent]),
    ...[...place.predecessors, ...place.successors].flatMap((one) => (one.place === null ? [] : [one.place])),
  ];
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">{words.emptyTitle}</h2>
      <p>{words.empty(nameOf(place.name, language).text)}</p>
      {around.length === 0 ? null : (
        <>
          <p>{words.emptyElsewhere}:</p>
          <ul class="around">
            {around.map((one) => (
              <li key={one.id}>
                <PlaceLink of={one} withCode />
              </li>
            ))}
          </ul>
        </>
      )}
      <Unknowns of={of} />
    </section>
  );
}
