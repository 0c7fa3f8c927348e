/** What the compare page shows while nothing is chosen. */
import { pages } from '../../lib/route';
import { useWordsOf } from '../../lib/words';
import { indicatorWords } from '../../words/indicator';

export function Empty() {
  const own = useWordsOf(indicatorWords);
  const places = pages.compare({
    indicator: 'poverty_rate',
    places: 'place:lao-cai-10,place:ha-noi-01,place:viet-nam',
  });
  const periods = pages.compare({
    indicator: 'average_population',
    places: 'place:ha-noi-01',
    periods: '2006,2007,2008,2009',
  });
  return (
    <section aria-labelledby="begin">
      <h2 id="begin">{own.begin}</h2>
      <ol>
        {own.beginSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <h3>{own.examples}</h3>
      <ul>
        <li>
          <a href={places}>{own.examplePlaces}</a>
        </li>
        <li>
          <a href={periods}>{own.examplePeriods}</a>
        </li>
      </ul>
    </section>
  );
}
