/** An indicator: what it measures, its figures over time, and the places of a year in their order. */
import { useAsk } from '../lib/api';
import { nameOf } from '../lib/format';
import { useLanguage, useWords } from '../lib/words';
import { Answer } from '../parts/answer';
import { Name } from '../parts/name';
import { Title } from '../parts/title';
import '../styles/indicator.css';
import { About } from './indicator/about';
import { Explore } from './indicator/explore';
import { useOutlook } from './indicator/outlook';

export function IndicatorPage({ code }: { code: string }) {
  const words = useWords();
  const language = useLanguage();
  const asked = useAsk('/v1/indicators/{code}', { path: { code } });
  const outlook = useOutlook(code);
  const name = asked.state === 'here' ? nameOf(asked.data.name, language).text : code;
  return (
    <>
      <Title of={name} />
      <h1>{asked.state === 'here' ? <Name of={asked.data.name} /> : code}</h1>
      <Answer of={asked} lines={8}>
        {(indicator) => (
          <>
            <About of={indicator} />
            <Answer of={outlook} lines={12}>
              {(found) =>
                found.measures.length === 0 ? (
                  <p>{words.nothing}</p>
                ) : (
                  <Explore indicator={indicator} outlook={found} />
                )
              }
            </Answer>
          </>
        )}
      </Answer>
    </>
  );
}
