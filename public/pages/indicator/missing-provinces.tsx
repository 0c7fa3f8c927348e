/** Provinces of the time of which nothing is recorded. */
import { useAsk } from '../../lib/api';
import { useWordsOf } from '../../lib/words';
import { Links, placeLinks } from '../../parts/links';
import { indicatorWords } from '../../words/indicator';

/** `present`: ids of continuing places. */
export function MissingProvinces({ on, present }: { on: string; present: readonly string[] }) {
  const own = useWordsOf(indicatorWords);
  const asked = useAsk('/v1/provinces', { query: { on, limit: 500 } });
  if (asked.state !== 'here') return null;
  const missing = asked.data.items.filter(({ placeId }) => !present.includes(placeId));
  if (missing.length === 0) return null;
  return (
    <details class="missing">
      <summary>{own.missing(missing.length)}</summary>
      <Links class="inline" of={placeLinks(missing)} />
    </details>
  );
}
