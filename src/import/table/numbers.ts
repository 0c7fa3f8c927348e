/** Numbers as tables print them, as PostgreSQL reads them: text to text, since a float would round. */

export interface NumberFormat {
  decimal: '.' | ',';
  /** '' where nothing parts the thousands; a space may be an ordinary, a no-break or a narrow one. */
  thousands: '' | ',' | '.' | ' ' | "'";
  /** A percent sign may follow, and is dropped: the value stays per cent. */
  percent?: boolean;
}

const plain = /^-?(?:0|[1-9]\d*)$/;
/** Of what a double-precision number can be, as spreadsheets have them. */
const highestExponent = 308;
const spaces = '[ \\u00a0\\u202f]';

const patterns = new Map<string, RegExp>();

/** `1 234,50` → `1234.50`; undefined: not a number of this format. */
export function readNumber(text: string, format: NumberFormat): string | undefined {
  if (plain.test(text)) return text === '-0' ? '0' : text;
  const parts = patternOf(format).exec(text.trim());
  if (!parts) return undefined;
  const [, sign, digits = '', fraction, exponent] = parts;
  if (exponent !== undefined && Math.abs(Number(exponent)) > highestExponent) return undefined;
  const whole = digits.replace(/\D/g, '').replace(/^0+(?=\d)/, '') || '0';
  const value = fraction === undefined ? whole : `${whole}.${fraction}`;
  const minus = sign !== undefined && sign !== '+' && /[1-9]/.test(value) ? '-' : '';
  return `${minus}${value}${exponent === undefined ? '' : `e${Number(exponent)}`}`;
}

function patternOf({ decimal, thousands, percent = false }: NumberFormat): RegExp {
  const key = `${decimal}${thousands}${percent}`;
  const known = patterns.get(key);
  if (known) return known;
  const point = `\\${decimal}`;
  const mark = thousands === ' ' ? spaces : `[${thousands}]`;
  // Groups that begin with a zero are none: 0.234 is a fraction, whatever the spec says.
  const grouped = thousands === '' ? '' : `[1-9]\\d{0,2}(?:${mark}\\d{3})+|`;
  const made = new RegExp(
    `^([-+\\u2212])?(?:(?=[\\d${point}])(${grouped}\\d*)(?:${point}(\\d+))?(?:[eE]([-+]?\\d{1,3}))?)${percent ? '\\s?%?' : ''}$`,
  );
  patterns.set(key, made);
  return made;
}

const markNames = { '.': 'a dot', ',': 'a comma', ' ': 'a space', "'": 'an apostrophe', '': 'nothing' };
type Mark = keyof typeof markNames;

/** Why a text that `readNumber` refuses is no number, and what to do about it where that can be guessed. */
export function numberProblem(text: string, format: NumberFormat): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'the cell is empty';
  const shown = `"${trimmed.length > 40 ? `${trimmed.slice(0, 40)}…` : trimmed}"`;
  return `${shown} ${problemOf(trimmed, format)}`;
}

function problemOf(text: string, format: NumberFormat): string {
  if (/^\(.*\)$/.test(text)) return 'is in brackets: a negative number has a minus sign';
  if (text.endsWith('%')) {
    if (!format.percent) return 'has a percent sign, which the spec does not allow here';
    return problemOf(text.slice(0, -1).trim(), format);
  }
  const stranger = /[^\d\s.,'eE+\-\u2212]/u.exec(text);
  if (stranger) return `has "${stranger[0]}", which is no part of a number`;
  if (!/\d/.test(text)) return 'has no digits';
  const stray = straysOf(text, format);
  if (stray !== undefined) return stray;
  if (/e/i.test(text)) return 'is not a number with an exponent that a spreadsheet would write';
  if (format.thousands !== '' && marksIn(text).includes(format.thousands)) {
    return `has ${markNames[format.thousands]} where no group of three digits begins`;
  }
  return 'is not written as one number';
}

/** Says so where there is a mark that the spec does not know. */
function straysOf(text: string, { decimal, thousands }: NumberFormat): string | undefined {
  const stray = marksIn(text).find((mark) => mark !== decimal && mark !== thousands);
  if (stray === undefined) return undefined;
  const says =
    stray === '.' || stray === ','
      ? `the decimal mark is ${markNames[decimal]}`
      : `${markNames[thousands]} parts the thousands`;
  return `has ${markNames[stray]} where the spec says that ${says}`;
}

const marksIn = (text: string): Mark[] =>
  (['.', ',', "'", ' '] as const).filter((mark) => (mark === ' ' ? /\s/.test(text) : text.includes(mark)));

/** Multiplied by a power of ten, without floating point: PostgreSQL reads `1.25e3`. */
export const scaled = (number: string, exponent: number): string => {
  const [digits = '', own = '0'] = number.split('e');
  return `${digits}e${Number(own) + exponent}`;
};

/**
 * Whether a figure is the same as a JSON number: `12345678901234567` would be served as …568, `1e-400` as 0. `scaledTo` is
 * what is stored of it, whose last digits of seventeen may be those of a spreadsheet's arithmetic.
 */
export function survives(number: string, scaledTo: string): boolean {
  const served = Number(scaledTo);
  if (!Number.isFinite(served)) return false;
  if (/^[-\d.]{1,16}$/.test(number) && served !== 0) return true;
  const digits = canonical(number);
  return canonical(String(Number(number))) === digits && (served !== 0 || digits === '0');
}

/** `-12.50e1` → `-125e0`: the same for the same number. */
function canonical(number: string): string {
  const [digits = '', exponent = '0'] = number.split('e');
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.');
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = all.replace(/0+$/, '');
  if (significant === '') return '0';
  const sign = number.startsWith('-') ? '-' : '';
  return `${sign}${significant}e${Number(exponent) - fraction.length + all.length - significant.length}`;
}

/** As a workbook holds them, whatever a person sees. */
export const workbookNumbers: NumberFormat = { decimal: '.', thousands: '' };
