/** Indicators by name, each a link to the series of the place. */
import type { Schemas } from '../../lib/api';
import { nameOf } from '../../lib/format';
import { pages } from '../../lib/route';
import { useLanguage } from '../../lib/words';
import { Links } from '../../parts/links';

type Cell = Pick<Schemas['CoverageCell'], 'indicator'>;

export function IndicatorList({ of, placeId }: { of: readonly Cell[]; placeId: string }) {
  const language = useLanguage();
  const named = of
    .map(({ indicator }) => ({ indicator, text: nameOf(indicator.name, language).text }))
    .sort((a, b) => a.text.localeCompare(b.text, language));
  return (
    <Links
      of={named.map(({ indicator: { code, name } }) => ({
        href: pages.indicator(code, { places: placeId }),
        name,
      }))}
    />
  );
}
