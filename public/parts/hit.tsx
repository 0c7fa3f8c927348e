/** What a search finds: what it is, and where it leads. */
import type { Schemas } from '../lib/api';
import { pages } from '../lib/route';
import { useWords } from '../lib/words';
import { Name } from './name';

type Hit = Schemas['Hit'];

/** A place and an indicator have pages; all else is laid open over the page of its place. */
export function addressOfHit({ id, type, place }: Hit): string {
  if (type === 'place_version' && place) return pages.place(place.placeId);
  if (type === 'indicator') return pages.indicator(id.replace('indicator:', ''));
  return place ? pages.place(place.placeId, { fact: id }) : pages.fact(id);
}

export function HitText({ of: { name, type, place, context } }: { of: Hit }) {
  const words = useWords();
  const kind =
    type === 'place_version' && place ? words.levels[place.level] : (words.factTypes[type] ?? type);
  return (
    <>
      <span class="hit-name">
        <Name of={name} />
      </span>
      <span class="hit-about">
        {kind}
        {context === null ? null : (
          <>
            , <Name of={context} />
          </>
        )}
        {context === null && place !== null && type !== 'place_version' ? (
          <>
            , <Name of={place.name} />
          </>
        ) : null}
        {place?.validTo ? `, ${words.until(place.validTo)}` : ''}
      </span>
    </>
  );
}
