/** Where commands write: results to standard output, progress and faults to standard error. */
import { createInterface } from 'node:readline';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Somebody is watching: progress may overwrite itself. */
  watched: boolean;
  /** Asks whoever is there for a yes; absent where nobody is. */
  confirm?: (question: string) => Promise<boolean>;
}

type Streams = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>;

export const terminalOf = ({ stdin, stdout, stderr }: Streams): Terminal => ({
  out: (text) => stdout.write(text),
  err: (text) => stderr.write(text),
  watched: stderr.isTTY,
  ...(stdin.isTTY ? { confirm: (question: string) => confirmBy(stdin, stderr, question) } : {}),
});

export const processTerminal = terminalOf(process);

/** Anything but a yes is a no, also the end of the input. */
export async function confirmBy(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
): Promise<boolean> {
  const lines = createInterface({ input, output });
  try {
    return await new Promise((resolve) => {
      lines.once('close', () => resolve(false));
      lines.question(`${question} [y/N] `, (answer) => resolve(/^y(es)?$/i.test(answer.trim())));
    });
  } finally {
    lines.close();
  }
}

/** For streams: a reader that has seen enough (`… | head`) is no fault, and the command goes on to its end. */
export function toleratingClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** One line that changes, where somebody is watching; plain lines elsewhere. */
export class Progress {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  readonly log = (line: string): void => {
    const { watched } = this.#terminal;
    this.#terminal.err(watched ? `${clearLine}${line}` : `${line}\n`);
  };

  /** Before anything else is written. */
  end(): void {
    if (this.#terminal.watched) this.#terminal.err(clearLine);
  }
}

const clearLine = '\r\u001b[2K';

/** Rows of equally many cells in columns, two spaces apart; numbers are aligned to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widthOf = (index: number) => Math.max(...rows.map((row) => String(row[index]).length));
  const cellOf = (cell: string | number, index: number) =>
    typeof cell === 'number' ? String(cell).padStart(widthOf(index)) : cell.padEnd(widthOf(index));
  return rows.map((row) => `${row.map(cellOf).join('  ').trimEnd()}\n`).join('');
}
