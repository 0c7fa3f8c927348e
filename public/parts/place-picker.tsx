/** Picks a place by its name, of whatever time: all versions of a place are the same place. */
import { useState } from 'preact/hooks';
import { groupBy } from '../../src/lists';
import { useAsk } from '../lib/api';
import { nameOf } from '../lib/format';
import { useLanguage, useWords, useWordsOf } from '../lib/words';
import { indicatorWords } from '../words/indicator';
import { Combobox } from './combobox';
import { HitText } from './hit';

interface Props {
  label: string;
  /** Places that need no suggestion, as they are chosen already. */
  chosen: readonly string[];
  /** The id of a continuing place. */
  onPick: (place: string) => void;
}

const most = 8;

export function PlacePicker({ label, chosen, onPick }: Props) {
  const [words, language] = [useWords(), useLanguage()];
  const own = useWordsOf(indicatorWords);
  const [asked, setAsked] = useState('');
  const answer = useAsk(
    '/v1/search',
    asked === '' ? undefined : { query: { q: asked, type: ['place_version'], limit: 20 } },
  );
  const hits = answer.state === 'here' && asked !== '' ? answer.data.items : [];
  const places = [...groupBy(hits, ({ place }) => place?.placeId ?? '')]
    .filter(([id]) => id !== '' && !chosen.includes(id))
    .slice(0, most);
  const suggestions = places.flatMap(([key, [hit]]) =>
    hit?.place
      ? [
          {
            key,
            label: [
              nameOf(hit.name, language).text,
              words.levels[hit.place.level],
              hit.context ? nameOf(hit.context, language).text : '',
            ]
              .filter(Boolean)
              .join(', '),
            content: <HitText of={hit} />,
          },
        ]
      : [],
  );
  return (
    <Combobox
      label={label}
      hint={own.placeHint}
      suggestions={suggestions}
      isAnswered={answer.state === 'here'}
      isWaiting={asked !== '' && answer.state === 'waiting'}
      onAsk={setAsked}
      onPick={onPick}
    />
  );
}
