/**
 * What became of each fault, as docs/reliability.md tells it. The tests compare all but the times, and write the page
 * when `GOVDATA_WRITE_RELIABILITY` is set.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';

const page = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));
export const isWriting = process.env['GOVDATA_WRITE_RELIABILITY'] !== undefined;

/** `4,180 ms` → `… ms`: what a machine took is no promise. */
const withoutTimes = (line: string): string => line.replaceAll(/[\d,]+ ms/g, '… ms');

export class Ledger {
  readonly #table: string;
  readonly #rows: string[][] = [];

  /** `table`: the name in the comment above it. */
  constructor(table: string) {
    this.#table = table;
  }

  add(...cells: (string | number)[]): void {
    this.#rows.push(cells.map(String));
  }

  /** Compares the table of the page, or writes it. `without`: faults that could not be tried here, which keep their rows. */
  settle(t: Test, without: readonly string[] = []): void {
    const text = readFileSync(page, 'utf8');
    const [above, below] = text.split(`<!-- ${this.#table} -->\n\n`) as [string, string];
    const [table = '', ...rest] = below.split('\n\n');
    const [heading, rule, ...lines] = table.trimEnd().split('\n') as [string, string, ...string[]];
    const now = this.#rows.map((cells) => `| ${cells.join(' | ')} |`);
    if (isWriting) {
      const written = [heading, rule, ...now].join('\n');
      const end = rest.length === 0 ? '\n' : '';
      writeFileSync(page, `${above}<!-- ${this.#table} -->\n\n${[written, ...rest].join('\n\n')}${end}`);
    }
    const tried = lines.filter((line) => !without.some((fault) => line.startsWith(`| ${fault} |`)));
    t.strictSame(now.map(withoutTimes), isWriting ? now.map(withoutTimes) : tried.map(withoutTimes));
  }
}

export const milliseconds = (ms: number): string => `${Math.ceil(ms).toLocaleString('en')} ms`;
