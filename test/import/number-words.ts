/** Finds numbers that are written as words in Arabic and Hebrew texts, so that a test can ask for each of them. */

/** Cardinals, ordinals, fractions, multiples and the duals of words that are counted, in folded spelling. */
const arabic = [
  'واحد(ه)?|احد(ي)?|اثن(ان|ين)|اثنت(ان|ين)|اثنا|اثني|حادي(ه)?',
  '(ثلاث|اربع|خمس|ست|سبع|ثمان|ثماني|تسع|عشر)(ه)?',
  '(عشر|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع)(ون|ين)',
  '(مئ|مائ)(ه|ات|تان|تين|تي)|الف|الف(ان|ين|ي)|الاف|الوف',
  '(مليون|مليار|تريليون|ترليون|بليون)(ان|ين|ي|ات|ا)?|ملايين',
  'اول(ي|ا)?|اوائل|(ثان|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر)(ه|ا)?',
  'نصف(ي|يه)?|انصاف|منتصف|ثلث|ثلثي|ثلثان|ثلثين|ربع|ارباع|خمسي|ضعف(ان|ين|ي|ا)?|اضعاف|مضاعف(ه)?',
  'مره|مرت(ان|ين)|مرات|صفر|بضع(ه)?|زوج(ان|ين)?|كلا|كلت(ا|ي)',
  // Two of a feminine noun, and of the masculine ones that are counted.
  '\\p{L}{2,}(تان|تين)|(عام|يوم|شهر|اسبوع|حزب|مركز|مشروع|قرار|هدف|برنامج|موضوع)(ان|ين)|يومي',
].join('|');

const hebrew = [
  'אחד|אחת|אחדים|שניים|שתיים|שני|שתי|שנים|שניהם|שתיהן',
  'שלוש(ה|ת)?|ארבע(ה|ת)?|חמש|חמיש(ה|ת)|שש(ה|ת)?|שבע(ה|ת)?|שמונ(ה|ת)|תשע(ה|ת)?|עשר(ה|ת)?|עשרות',
  'עשרים|שלושים|ארבעים|חמישים|שישים|שבעים|שמונים|תשעים|מאה|מאות|מאתיים|אלף|אלפים|אלפי|אלפיים',
  '(מיליון|מיליארד|טריליון|ביליון)(י|ים)?',
  'ראשון|ראשונ(ה|ים|ות)|(שני|שלישי|רביעי|חמישי|שישי|שביעי|שמיני|תשיעי|עשירי)(ה|ת|ים|ות)?',
  'חצי|מחצית|שליש|רבע|כפול(ה|ים|ות)?|כפליים|פעם|פעמים|פעמיים|אפס|זוג|שנתיים|יומיים|שבועיים|חודשיים|דו',
].join('|');

const numberWord = new RegExp(`^(?:[وف]?[بلك]?(?:ال|لل)?(?:${arabic})|[והבלמשכ]{0,3}(?:${hebrew}))$`, 'u');

/** Without vowel signs, and with one form of each letter that is spelt in several. */
function folded(word: string): string {
  return word
    .replace(/\p{M}/gu, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه');
}

export interface Found {
  /** From 1. */
  paragraph: number;
  text: string;
  /** Offsets in code points. */
  start: number;
  end: number;
}

/** Whatever a pattern finds in the paragraphs, which come as lists of code points. */
function find(paragraphs: readonly string[][], pattern: RegExp): Found[] {
  return paragraphs.flatMap((points, index) => {
    const text = points.join('');
    return [...text.matchAll(pattern)].map((match) => {
      const start = [...text.slice(0, match.index)].length;
      return { paragraph: index + 1, text: match[0], start, end: start + [...match[0]].length };
    });
  });
}

/** Each run of decimal digits of any script. */
export function digitsIn(paragraphs: readonly string[][]): Found[] {
  return find(paragraphs, /\p{Nd}+/gu);
}

/** Each word that is a number, with what is joined to it: and, in, the. */
export function numberWordsIn(paragraphs: readonly string[][]): Found[] {
  return find(paragraphs, /[\p{L}\p{M}]+/gu).filter(({ text }) => numberWord.test(folded(text)));
}
