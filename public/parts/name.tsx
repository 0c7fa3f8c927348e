/** A name in the language of the interface, else as it is; marked with its language, so that it is read and set right. */
import type { Names } from '../lib/api';
import { directionOf, nameOf } from '../lib/format';
import { useLanguage } from '../lib/words';

export function Name({ of }: { of: Partial<Names> | null | undefined }) {
  const language = useLanguage();
  const said = nameOf(of, language);
  if (said.text === '') return null;
  if (said.language === language) return said.text;
  return (
    <span lang={said.language} dir={directionOf(said.language)}>
      {said.text}
    </span>
  );
}
