/** The places that are shown, with ways to take one away and to add one. */
import { nameOf } from '../../lib/format';
import { addressWith, navigate, pages } from '../../lib/route';
import { useLanguage, useWordsOf } from '../../lib/words';
import { Name } from '../../parts/name';
import { PlacePicker } from '../../parts/place-picker';
import { indicatorWords } from '../../words/indicator';
import { mostPlaces } from './asks';
import type { PlacedSeries } from './placed';

interface Props {
  /** As they stand in the address, known or not. */
  ids: readonly string[];
  /** Undefined while they are being asked for. */
  placed: readonly PlacedSeries[] | undefined;
  /** Whether the last one may be taken away too. */
  mayBeEmpty?: boolean;
}

const addressOf = (ids: readonly string[]): string =>
  addressWith({ places: ids.length === 0 ? undefined : ids.join(','), periods: undefined });

/** `place:ninh-binh-37` → `ninh binh`: about as long as the name that is being asked for. */
const about = (id: string): string =>
  id
    .replace(/^[a-z_]+:/, '')
    .replace(/-[0-9]+$/, '')
    .replaceAll('-', ' ');

export function ChosenPlaces({ ids, placed, mayBeEmpty = false }: Props) {
  const own = useWordsOf(indicatorWords);
  const language = useLanguage();
  const canRemove = mayBeEmpty || ids.length > 1;
  return (
    <div class="chosen">
      {ids.length === 0 && mayBeEmpty ? null : (
        <ul class="chips" aria-label={own.placesShown}>
          {ids.map((id) => {
            const place = placed?.find(({ asked }) => asked === id)?.place;
            const name = nameOf(place?.name, language).text || id;
            return (
              <li key={id}>
                {place || !placed ? (
                  <a href={pages.place(id)}>{place ? <Name of={place.name} /> : about(id)}</a>
                ) : (
                  <span class="unknown">
                    {id}: {own.unknownPlace}
                  </span>
                )}
                {canRemove ? (
                  <a
                    class="remove"
                    href={addressOf(ids.filter((one) => one !== id))}
                    aria-label={own.remove(name)}
                  >
                    ×
                  </a>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
      {ids.length >= mostPlaces ? (
        <p class="quiet">{own.isFull}</p>
      ) : (
        <PlacePicker
          label={ids.length === 0 ? own.choosePlace : own.addPlace}
          chosen={ids}
          onPick={(place) => navigate(addressOf([...ids, place]))}
        />
      )}
    </div>
  );
}
