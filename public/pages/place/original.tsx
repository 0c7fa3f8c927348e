/** A text as the Arabic or Hebrew source has it, set right to left, where the page shows it in another language. */
import type { Names } from '../../lib/api';
import { nameOf } from '../../lib/format';
import { useLanguage, useWordsOf } from '../../lib/words';
import { placeWords } from '../../words/place';

export function Original({ of }: { of: Names }) {
  const words = useWordsOf(placeWords);
  const shown = nameOf(of, useLanguage()).language;
  const languages = (['ar', 'he'] as const).filter((one) => one !== shown && of[one] !== null);
  return (
    <>
      {languages.map((one) => (
        <span key={one} class="original" lang={one} dir="rtl" title={words.originally}>
          {of[one]}
        </span>
      ))}
    </>
  );
}
