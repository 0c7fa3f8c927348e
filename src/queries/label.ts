/** `lang=`: adds to every name a label in the language asked for, or in the first that it has. */
import { type Label, type Language, languages, type Names } from '../schema/common.ts';

export function labelOf(names: Names, lang: Language): Label {
  const language = [lang, ...languages].find((one) => names[one] !== null) ?? null;
  return { text: language === null ? null : names[language], language };
}

const isNames = (value: object): value is Names => languages.every((language) => language in value);

/** A copy in which every name has its label. */
export function withLabels<T>(value: T, lang: Language): T {
  if (Array.isArray(value)) return value.map((one) => withLabels(one, lang)) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (isNames(value)) return { ...value, label: labelOf(value, lang) };
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) copy[name] = withLabels(member, lang);
  return copy as T;
}
