/** All indicators by topic, one to choose. */
import { useId } from 'preact/hooks';
import { groupBy } from '../../../src/lists';
import { useAsk } from '../../lib/api';
import { nameOf } from '../../lib/format';
import { addressWith, navigate } from '../../lib/route';
import { useLanguage, useWords, useWordsOf } from '../../lib/words';
import { indicatorWords } from '../../words/indicator';

/** What has no meaning for another indicator. */
const dropped = { measure: undefined, slice: undefined, periods: undefined };

export function IndicatorChoice({ code }: { code: string | undefined }) {
  const [words, language] = [useWords(), useLanguage()];
  const own = useWordsOf(indicatorWords);
  const id = useId();
  const asked = useAsk('/v1/indicators', { query: { limit: 500 } });
  const items = asked.state === 'here' ? asked.data.items : [];
  const topics = [...groupBy(items, ({ topic }) => words.topics[topic] ?? topic.replaceAll('_', ' '))].sort(
    ([a], [b]) => a.localeCompare(b, language),
  );
  return (
    <div class="choice">
      <label for={id}>{own.indicator}</label>
      <select
        id={id}
        value={code ?? ''}
        onChange={({ currentTarget: { value } }) =>
          navigate(addressWith({ ...dropped, indicator: value === '' ? undefined : value }))
        }
      >
        <option value="">{own.chooseIndicator}</option>
        {topics.map(([topic, some]) => (
          <optgroup key={topic} label={topic}>
            {some.map((one) => (
              <option key={one.code} value={one.code}>
                {nameOf(one.name, language).text}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
