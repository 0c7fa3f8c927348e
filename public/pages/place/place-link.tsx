/** A link to a place: to the version that is meant, where that is over, since the place may have gone on as another. */
import type { Schemas } from '../../lib/api';
import { pages } from '../../lib/route';
import { Name } from '../../parts/name';

type PlaceRef = Schemas['PlaceRef'];

export const placeAddress = ({ id, placeId, validTo }: PlaceRef): string =>
  pages.place(validTo === null ? placeId : id);

export function PlaceLink({ of, withCode = false }: { of: PlaceRef; withCode?: boolean }) {
  return (
    <a href={placeAddress(of)}>
      <Name of={of.name} />
      {withCode ? ` (${of.code})` : null}
    </a>
  );
}
