/** What the indicator page, the compare page and their charts say. */
import type { UiLanguage } from '../lib/words';
import { en, type IndicatorWords } from './indicator-en';
import { vi } from './indicator-vi';

export type { IndicatorWords };
export const indicatorWords: Readonly<Record<UiLanguage, IndicatorWords>> = { en, vi };
