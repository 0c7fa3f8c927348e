/** What each column of a table seems to be for. */
import { fold } from '../../../db/fold.ts';
import { refuse } from '../grid/rows.ts';
import { type Layout, timeFormOf } from './layout.ts';
import { cellAt, isMarker, looksLikeFigure } from './sample.ts';
import { timesIn } from './times.ts';
import { slugOf } from './words.ts';

export interface Kinds {
  place: number;
  time: { index: number; form: string } | undefined;
  /** Texts that recur, such as `Male`. */
  dimensions: readonly { index: number; name: string; values: ReadonlyMap<string, string> }[];
  /** Other texts, and numbers of rows and codes, which are no figures. */
  ignored: readonly number[];
  figures: readonly number[];
  /** They hold something and have no header. */
  nameless: readonly number[];
}

const mostValues = 30;
const codes = /^(?:stt|tt|no\.?|so tt|ma( so)?|code|id|#)$/;

/** Throws a FaultsError where no column could name places. */
export function kindsOf({ headers, body, lines }: Layout, label: string): Kinds {
  const columns = headers.map((header, index) => ({
    header,
    index,
    texts: body.map(({ cells }) => cellAt(cells, index)).filter((cell) => cell !== ''),
  }));
  const place = columns.find(({ texts }) => areTexts(texts));
  if (!place) {
    const message = 'no column has texts in most of its rows, which could name places';
    return refuse({ code: 'no_places', message, file: label, line: Math.max(...lines) });
  }
  const others = columns.filter(({ index, header }) => index !== place.index && header !== '');
  const time = others
    .filter(({ header, texts }) => texts.length > 1 && timesIn(header).length === 0)
    .map(({ index }) => ({ index, form: timeFormOf(body, index) }))
    .find((one): one is { index: number; form: string } => one.form !== undefined);
  const rest = others.filter(({ index }) => index !== time?.index);
  const [texts, numbers] = [
    rest.filter((one) => areTexts(one.texts)),
    rest.filter((one) => !areTexts(one.texts)),
  ];
  const recurring = texts.filter((one) => {
    const { size } = new Set(one.texts);
    return size <= mostValues && 2 * size <= one.texts.length;
  });
  const named = numbers.filter(({ header }) => codes.test(fold(header)));
  const figures = numbers.filter((one) => !named.includes(one));
  if (figures.length === 0) {
    const message = 'no column that has a header has figures in most of its rows';
    return refuse({ code: 'no_figures', message, file: label, line: Math.max(...lines) });
  }
  return {
    place: place.index,
    time,
    dimensions: recurring.map(({ index, header, texts }) => ({ index, ...dimensionOf(header, texts) })),
    ignored: [...texts.filter((one) => !recurring.includes(one)), ...named].map(({ index }) => index),
    figures: figures.map(({ index }) => index),
    nameless: columns
      .filter(({ header, index, texts }) => header === '' && index !== place.index && texts.length > 0)
      .map(({ index }) => index),
  };
}

const areTexts = (texts: readonly string[]): boolean => {
  const count = texts.filter((text) => !isMarker(text) && !looksLikeFigure(text)).length;
  return count > 0 && 2 * count > texts.length;
};

const dimensionOf = (header: string, texts: readonly string[]) => ({
  name: slugOf(header, 'dimension'),
  values: new Map([...new Set(texts)].map((text) => [text, slugOf(text, 'value')])),
});
