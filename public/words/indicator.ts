/** What the indicator page, the compare page and their charts say. */

import { en, type IndicatorWords } from './indicator-en';
import { vi } from './indicator-vi';
import type { UiLanguage } from './language';

export type { IndicatorWords };
export const indicatorWords: Readonly<Record<UiLanguage, IndicatorWords>> = { en, vi };
