/** For the territory of which day figures are shown: that of the time of each, or of one day. */
import { useId } from 'preact/hooks';
import { day } from '../../lib/format';
import { addressWith, navigate } from '../../lib/route';
import { useLanguage, useWordsOf } from '../../lib/words';
import { indicatorWords } from '../../words/indicator';

/** The provinces were merged then. */
const mergers = '2025-07-01';

export function TerritoryChoice({ chosen }: { chosen: string | undefined }) {
  const own = useWordsOf(indicatorWords);
  const language = useLanguage();
  const id = useId();
  const apply = (event: SubmitEvent) => {
    event.preventDefault();
    const { currentTarget } = event;
    if (!(currentTarget instanceof HTMLFormElement)) return;
    const wanted = new FormData(currentTarget).get('territory');
    navigate(addressWith({ territory: typeof wanted === 'string' && wanted !== '' ? wanted : undefined }));
  };
  return (
    <form class="choice territory" onSubmit={apply}>
      <label for={id}>{own.territoryDay}</label>
      <input
        key={chosen}
        id={id}
        type="date"
        name="territory"
        min="1900-01-01"
        max="2200-12-31"
        defaultValue={chosen ?? ''}
      />
      <button type="submit">{own.apply}</button>
      {chosen === undefined ? (
        <span class="quiet">
          {own.territory}: {own.asReported}.{' '}
          <a href={addressWith({ territory: mergers })}>{day(mergers, language)}</a>
        </span>
      ) : (
        <a href={addressWith({ territory: undefined })}>{own.takeAway}</a>
      )}
    </form>
  );
}
