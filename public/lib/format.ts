/** Figures, times and names as people read them. */
import type { Words } from '../words/en';
import type { UiLanguage } from '../words/language';
import type { Names, Schemas } from './api';

/** All digits that the service gives: nothing is rounded. */
export const number = (value: number, language: UiLanguage): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 15 }).format(value);

export const unitName = (unit: string, words: Words): string =>
  words.units[unit] ?? unit.replaceAll('_', ' ');

/** `12 %`, `3rd place` is `3`: units are said where they are not plain from the measure. */
export const withUnit = (text: string, unit: string, words: Words): string =>
  unit === 'rank' ? text : `${text} ${unitName(unit, words)}`;

interface FigureLike {
  comparator: Schemas['Comparator'];
  value: number | null;
  valueCode: string | null;
  trend: Schemas['Trend'] | null;
  numerator: number | null;
  denominator: number | null;
  outOf?: number | null;
  unit?: string;
}

/** What a figure says: `at least 12 %`, `16 / 16 communes`, `rising`. A finding without a number is its code. */
export function figureText(figure: FigureLike, words: Words, language: UiLanguage): string {
  const { comparator, value, valueCode, trend, numerator, denominator, outOf, unit } = figure;
  const about = words.comparators[comparator];
  const said = (text: string) =>
    [about, unit === undefined ? text : withUnit(text, unit, words)].filter(Boolean).join(' ');
  if (numerator !== null && denominator !== null) {
    const fraction = `${number(numerator, language)} / ${number(denominator, language)}`;
    return value === null || unit !== 'percent'
      ? said(fraction)
      : `${said(number(value, language))} (${fraction})`;
  }
  if (value !== null)
    return said(`${number(value, language)}${outOf ? ` / ${number(outOf, language)}` : ''}`);
  if (valueCode !== null) return valueCode.replaceAll('_', ' ');
  return trend === null ? words.noData : words.trends[trend];
}

/** The languages in which a text may be there, the one of the interface first. */
const order: Record<UiLanguage, readonly (keyof Names)[]> = {
  en: ['en', 'vi', 'ar', 'he'],
  vi: ['vi', 'en', 'ar', 'he'],
};

export interface Said {
  text: string;
  language: string;
}

/** A name in the language of the interface, else in another that it has. */
export function nameOf(names: Partial<Names> | null | undefined, language: UiLanguage): Said {
  for (const one of order[language]) {
    const text = names?.[one];
    if (typeof text === 'string' && text !== '') return { text, language: one };
  }
  return { text: '', language };
}

export const directionOf = (language: string): 'rtl' | 'ltr' =>
  language === 'ar' || language === 'he' ? 'rtl' : 'ltr';

/** `place_version:15@2025-07-01` and the like: a day as it is written in the language. */
export function day(text: string, language: UiLanguage): string {
  const date = new Date(`${text}T00:00:00Z`);
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'vi', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(date);
}

/** A period by its label: a year is a year, a day a day, a span two days. */
export function periodText({ label }: Schemas['Period'], language: UiLanguage): string {
  if (/^\d{4}$/.test(label)) return label;
  if (/^\d{4}-\d{2}$/.test(label)) {
    const date = new Date(`${label}-01T00:00:00Z`);
    return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'vi', {
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    }).format(date);
  }
  return label
    .split('/')
    .map((one) => day(one, language))
    .join(' – ');
}

/** When a place version was in force. */
export function validity(
  { validFrom, validTo }: { validFrom: string | null; validTo: string | null },
  words: Words,
  language: UiLanguage,
): string {
  if (validFrom && validTo) return words.fromTo(day(validFrom, language), day(validTo, language));
  if (validTo) return words.until(day(validTo, language));
  return validFrom ? words.since(day(validFrom, language)) : '';
}
