/** The page of a place: what it is and was, what it set out to do, and what came of it. */
import { useRoute } from '../lib/route';
import { useWordsOf } from '../lib/words';
import { Answer } from '../parts/answer';
import { Title } from '../parts/title';
import '../styles/place.css';
import '../styles/place-charts.css';
import { placeWords } from '../words/place';
import { ClaimSection } from './place/claims';
import { Contents } from './place/contents';
import { ContradictionSection } from './place/contradictions';
import { CoverageSection } from './place/coverage';
import { PlaceHeader } from './place/header';
import { LineageSection } from './place/lineage';
import { isEmpty, type Overview, useOverview, yearsOf } from './place/overview';
import { RankingSection } from './place/rankings';
import { SayingSection } from './place/sayings';
import { SeriesSection } from './place/series';
import { TargetSection } from './place/targets';
import { TaskSection } from './place/tasks';
import { EmptySection } from './place/unknown';
import { useYear } from './place/year';
import { YearChoice } from './place/years';

export function PlacePage({ id }: { id: string }) {
  const words = useWordsOf(placeWords);
  const overview = useOverview(id);
  return (
    <article class="place">
      {overview.state === 'failed' ? (
        <>
          <Title of={words.place} />
          <h1>{words.place}</h1>
        </>
      ) : null}
      <Answer of={overview} lines={12}>
        {(data) => <Known of={data} />}
      </Answer>
    </article>
  );
}

function Known({ of }: { of: Overview }) {
  const asked = useRoute().query.get('year');
  const years = yearsOf(of);
  const year = asked !== null && /^\d{4}$/.test(asked) ? Number(asked) : years.usual;
  const isBare = isEmpty(of) || year === undefined;
  return (
    <>
      <PlaceHeader of={of.place} />
      {isBare ? null : <Contents of={of} year={year} />}
      <LineageSection of={of.history.items} place={of.place} />
      {isBare ? <EmptySection of={of} /> : <OfYear of={of} years={years} year={year} />}
    </>
  );
}

interface OfYearProps {
  of: Overview;
  years: ReturnType<typeof yearsOf>;
  year: number;
}

/** All of a year at once, so that nothing moves while it is read. */
function OfYear({ of, years, year }: OfYearProps) {
  const { placeId } = of.place;
  const { card, cells } = useYear(placeId, year, years.figures, of.coverage.total);
  const isWaiting = card.state === 'waiting' || cells.state === 'waiting';
  return (
    <>
      <YearChoice of={years} year={year} />
      <div class="of-year">
        {isWaiting ? (
          <Answer of={{ state: 'waiting' }} lines={12}>
            {() => null}
          </Answer>
        ) : (
          <>
            <ClaimSection of={card} year={year} />
            <SayingSection of={of} year={year} />
            <TargetSection of={of} year={year} />
            <TaskSection of={of} year={year} />
            <RankingSection of={of.rankings} />
            <SeriesSection of={cells} placeId={placeId} year={year} />
            <ContradictionSection of={card} year={year} />
            <CoverageSection card={card} cells={cells} overview={of} year={year} />
          </>
        )}
      </div>
    </>
  );
}
