/** In which language the interface speaks, and what it says. */
import { en, type Words } from '../words/en';
import type { UiLanguage } from '../words/language';
import { vi } from '../words/vi';
import { useRoute } from './route';

const spoken: Record<UiLanguage, Words> = { en, vi };

export function useLanguage(): UiLanguage {
  const wanted = useRoute().query.get('lang');
  return wanted === 'vi' || (wanted === null && navigator.language.startsWith('vi')) ? 'vi' : 'en';
}

export const useWords = (): Words => spoken[useLanguage()];

/** The words of one room: a file in words/ holds them in all languages. */
export const useWordsOf = <T>(of: Readonly<Record<UiLanguage, T>>): T => of[useLanguage()];
