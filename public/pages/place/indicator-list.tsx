/** Indicators by name, each a link to the series of the place. */
import type { Schemas } from '../../lib/api';
import { nameOf } from '../../lib/format';
import { pages } from '../../lib/route';
import { useLanguage } from '../../lib/words';
import { Name } from '../../parts/name';

type Cell = Pick<Schemas['CoverageCell'], 'indicator'>;

export function IndicatorList({ of, placeId }: { of: readonly Cell[]; placeId: string }) {
  const language = useLanguage();
  const named = of
    .map(({ indicator }) => ({ indicator, text: nameOf(indicator.name, language).text }))
    .sort((a, b) => a.text.localeCompare(b.text, language));
  return (
    <ul>
      {named.map(({ indicator }) => (
        <li key={indicator.id}>
          <a href={pages.indicator(indicator.code, { places: placeId })}>
            <Name of={indicator.name} />
          </a>
        </li>
      ))}
    </ul>
  );
}
