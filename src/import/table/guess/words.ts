/** Words that tables print, in English and Vietnamese, and what they tell of a table. */
import { fold } from '../../../db/fold.ts';
import type { Scenario } from '../../../schema/observation.ts';

/** `Upper secondary` → `upper_secondary`; what begins with no letter is preceded by one word. */
export function slugOf(text: string, before: string): string {
  const slug = fold(text)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(slug) ? slug : `${before}_${slug}`.replace(/_+$/, '');
}

/** With a number, where it is taken. */
export function distinctFrom(taken: readonly unknown[], word: string): string {
  let free = word;
  for (let at = 2; taken.includes(free); at += 1) free = `${word}_${at}`;
  return free;
}

const statuses: readonly [Scenario, RegExp][] = [
  ['preliminary', /^(pre|prel|prelim|preliminary|prov|provisional|so bo)$/],
  ['estimate', /^(est|estimated?|uoc( tinh| th| thuc hien)?)$/],
  ['target', /^(plan|planned|targets?|kh|ke hoach|muc tieu)$/],
];

/** `Prel.`, `(Sơ bộ)`; undefined for what is no known word for it. */
export function scenarioOf(printed: string): Scenario | undefined {
  const word = fold(printed).replace(/^\(|[.:,]?\)?$/g, '');
  return statuses.find(([, words]) => words.test(word))?.[0];
}

/** A column by such a word is a quantity of its own, and not a part of one. */
const quantities =
  /(^| )(area|capital|density|expenditures?|income|index|indices|investment|number|output|population|production|ratios?|rates?|revenues?|sales|score|share|turnover|value|yield|chi so|dan so|dien tich|doanh thu|gia tri|mat do|nang suat|san luong|so|thu nhap|ti le|ty le|ty suat|von)( |$)/;

/** By its words, or a unit in brackets. */
export const isQuantity = (text: string): boolean =>
  /\([^)]{0,80}\p{L}|%/u.test(text) || quantities.test(fold(text));

/** `Area (Km2)` → `Km2` */
export const unitIn = (text: string): string | undefined =>
  /\(([^()]{0,40}\p{L}[^()]{0,40}|%)\)/u.exec(text)?.[1];

/** Of a group: all of what is measured, and no part of it. */
export const isWhole = (text: string): boolean =>
  /^(total|all|both sexes|general( average)?|tong( so)?|chung|toan bo)$/.test(fold(text));

export const isCountry = (name: string): boolean =>
  /^(the )?(whole country|ca nuoc|toan quoc|viet ?nam)$/.test(fold(name));

/** Of Vietnam, as its statistics office calls them. */
export const isRegion = (name: string): boolean =>
  /\b(delta|highlands?|midlands?|coastal|regions?)\b|^(north|south|central)( ?(east|west|central))?$|^(vung|dong bang|trung du|bac trung bo|nam trung bo|duyen hai (nam|mien)|tay nguyen$|dong nam bo$|tay bac$|dong bac$)/.test(
    fold(name),
  );

/** Those that somebody should look at: a sum, or a heading; but also an abbreviated name. */
export const maybeNoPlace = (name: string): boolean =>
  isWhole(name) || /^(others?|unknown|khac|khong xac dinh|trong do)\b/.test(fold(name)) || isCapital(name);

const isCapital = (name: string): boolean => /\p{Lu}{2}/u.test(name) && name === name.toUpperCase();

/** Which language a title is in, as far as its letters tell. */
export const languageOf = (text: string): 'vi' | 'en' =>
  /[đĐ]|\p{M}/u.test(text.normalize('NFD')) ? 'vi' : 'en';

/** `Poverty rate by province` → `Poverty rate` */
export const withoutBreakdown = (title: string): string =>
  title.replace(/ (by|phân theo|chia theo|theo|under) .*$/u, '');
