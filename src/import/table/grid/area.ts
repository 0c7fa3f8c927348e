/**
 * How far the cells of a sheet reach that hold something, found by the parser that the reader of workbooks has, so that
 * nothing is a cell for one of them alone.
 */
import { Parser } from 'saxen';

const lastRow = 1_048_576;

/** Takes an XML file piece by piece; what is no XML is thrown by `add` or `end`. */
export class Area {
  readonly #parser = new Parser();
  readonly #decoder = new TextDecoder();
  #row = 0;
  #rows = 0;
  #columns = 0;

  constructor() {
    this.#parser.on('error', (error) => {
      throw error;
    });
    this.#parser.on('openTag', (tag, attributesOf, decode, isEmpty) => {
      const name = localName(tag);
      if (name !== 'row' && name !== 'c') return;
      for (const [key, text] of Object.entries(attributesOf())) {
        if (localName(key) !== 'r') continue;
        if (name === 'row') this.#beginRow(Number(decode(text)));
        else if (!isEmpty) this.#addCell(decode(text));
      }
    });
  }

  get cells(): number {
    return this.#rows > lastRow ? Number.POSITIVE_INFINITY : this.#rows * this.#columns;
  }

  add(bytes: Uint8Array): void {
    this.#parser.write(this.#decoder.decode(bytes, { stream: true }));
  }

  end(): void {
    this.#parser.end();
  }

  /** The reader makes all rows above it, even if it is empty. */
  #beginRow(row: number): void {
    this.#row = row;
    if (row > lastRow) this.#rows = row;
  }

  #addCell(place: string): void {
    const letters = place.replace(/\d.*$/s, '');
    this.#rows = Math.max(this.#rows, this.#row, Number(place.slice(letters.length)));
    this.#columns = Math.max(this.#columns, columnOf(letters));
  }
}

/** `x:row` is `row`. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** `A` is 1, `XFD` is 16384. */
const columnOf = (letters: string): number =>
  [...letters].reduce((column, letter) => 26 * column + letter.charCodeAt(0) - 64, 0);
