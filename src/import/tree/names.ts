/** Vietnamese names of units: tidied, told apart from the word for the type, transliterated. */
import { fold } from '../../db/fold.ts';
import type { Level, PlaceType } from '../../schema/place.ts';

interface TypeWords {
  vi: string;
  en: string;
}

/** The word that a full name begins with in Vietnamese and ends with in English. */
const typeWords: Partial<Record<PlaceType, TypeWords>> = {
  province: { vi: 'Tỉnh', en: 'Province' },
  city: { vi: 'Thành phố', en: 'City' },
  urban_district: { vi: 'Quận', en: 'Urban district' },
  district: { vi: 'Huyện', en: 'District' },
  town: { vi: 'Thị xã', en: 'Town' },
  ward: { vi: 'Phường', en: 'Ward' },
  commune: { vi: 'Xã', en: 'Commune' },
  township: { vi: 'Thị trấn', en: 'Township' },
  special_zone: { vi: 'Đặc khu', en: 'Special zone' },
};

const typesOfLevel: Record<Level, readonly PlaceType[]> = {
  country: [],
  province: ['province', 'city'],
  district: ['urban_district', 'district', 'town', 'city'],
  commune: ['ward', 'commune', 'township', 'special_zone'],
};

export interface NamedUnit {
  type: PlaceType;
  /** Without the word for the type. */
  name: string;
}

/** `Thị Trấn  Phố Ràng` → township, `Phố Ràng`; undefined where no type of the level begins the name. */
export function readFullName(level: Level, text: string): NamedUnit | undefined {
  const full = tidy(text);
  for (const type of typesOfLevel[level]) {
    const word = `${typeWords[type]?.vi} `;
    if (full.toLowerCase().startsWith(word.toLowerCase())) {
      return { type, name: spelled(full.slice(word.length)) };
    }
  }
  return undefined;
}

/** Two ways to write one name: "Phường 05" and "Phường 5", "N.T" and "Nông trường" (a state farm). */
const spelled = (name: string): string => name.replace(/^0+(?=\d)/, '').replace(/^N\.?T\.? /, 'Nông trường ');

/** One normal form, one apostrophe, one space, one placement of the tone. */
export function tidy(text: string): string {
  return placeTones(
    text
      .normalize('NFC')
      .replace(/[‘’‛ʼ`´]/g, "'")
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

const tones = ['\u0300', '\u0301', '\u0309', '\u0303', '\u0323'];

/** `Hoà` → `Hòa`, `Thuỷ` → `Thủy`; a final `oa`, `oe`, `uy` bears the tone on its first letter, but not after `q`. */
function placeTones(text: string): string {
  const mark = `[${tones.join('')}]`;
  const late = new RegExp(
    `(o)(a|e)(${mark})(?![\\p{L}\\p{M}])|(?<![qQ])(u)(y)(${mark})(?![\\p{L}\\p{M}])`,
    'giu',
  );
  return text
    .normalize('NFD')
    .replace(late, (_, o: string, a: string, toneOfO: string, u: string, y: string, toneOfU: string) =>
      o === undefined ? `${u}${toneOfU}${y}` : `${o}${toneOfO}${a}`,
    )
    .normalize('NFC');
}

export const fullNameOf = ({ type, name }: NamedUnit): string => `${typeWords[type]?.vi} ${name}`;

/** `Ea H'Leo` stays as it is but for its diacritics; đ becomes d. */
export function transliterate(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}

/** `Bao Ha Commune`, but `Ward 5`. */
export function englishFullName({ type, name }: NamedUnit): string {
  const word = `${typeWords[type]?.en}`;
  return /^\d+$/.test(name) ? `${word} ${name}` : `${transliterate(name)} ${word}`;
}

/** `Bảo Hà` → `bao-ha`, for ids. */
export function slug(name: string): string {
  return fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** Whether two bare names are one, marks included; "Đăk" and "đăk" are. */
export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
