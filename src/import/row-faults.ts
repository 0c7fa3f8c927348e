/** Faults in the rows of a table: gathered, told in the order of the rows, and only so many that a person reads them. */
import { type Fault, FaultsError } from '../errors.ts';

/** Columns that are shifted make every row wrong. */
const most = 50;

/** Asked only for faults that are shown: a search among ten thousand communes takes its time. */
export type Suggest = () => string | undefined;

interface Told {
  fault: Fault & { line: number };
  suggest: Suggest;
}

export class RowFaults {
  readonly #label: string;
  readonly #told: Told[] = [];

  constructor(label: string) {
    this.#label = label;
  }

  get count(): number {
    return this.#told.length;
  }

  tell(code: string, message: string, row: number, suggest: Suggest = () => undefined): void {
    this.#told.push({ fault: { code, message, file: this.#label, line: row }, suggest });
  }

  throwAny(summary: string): void {
    if (this.count === 0) return;
    const shown = this.#told.sort((a, b) => a.fault.line - b.fault.line).slice(0, most);
    const faults = shown.map(({ fault, suggest }) => {
      const suggestion = suggest();
      return suggestion === undefined ? fault : { ...fault, suggestion };
    });
    throw new FaultsError(summary, faults, this.count - faults.length);
  }
}
