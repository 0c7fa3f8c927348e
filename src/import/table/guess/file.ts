/** What a guess says of how the file is written. */
import type { Node } from 'yaml';
import { lettersOf } from '../spec-values.ts';
import type { Guess } from './guessed.ts';
import { line, look, mapOf, some, unlessEmpty } from './nodes.ts';
import { cellAt } from './sample.ts';

/** Given to the column of places where nothing is printed above it. */
export const placeHeader = 'Place';

export function fileNode({ sample, layout, kinds, figures, marks }: Guess): Node {
  const { grid, rows, encodingAssumed } = sample;
  const isNamed = cellAt(layout.headers, kinds.place) !== '';
  const { decimal, thousands, percent = false } = figures.format;
  const missing = [...figures.missing];
  const strange = figures.strange.map(({ row, text }) => `"${text}" in row ${row}`);
  const letters = rows.flatMap(({ cells }) => cells.filter((cell) => /[^\x20-\x7e]/.test(cell)));
  return mapOf(
    {
      encoding:
        grid.encoding === null
          ? undefined
          : line(
              grid.encoding,
              encodingAssumed
                ? look(
                    `the file is not UTF-8, and this fits, as may others; is it right in ${some(letters.map((text) => `"${text}"`))}?`,
                  )
                : undefined,
            ),
      delimiter: grid.delimiter === null ? undefined : line(grid.delimiter),
      sheet: grid.sheet === null ? undefined : line(grid.sheet),
      header: line(layout.lines),
      merged: layout.merged
        ? line(true, look('blank cells of upper lines are part of the one before'))
        : undefined,
      headers: isNamed
        ? undefined
        : line({ [lettersOf(kinds.place)]: placeHeader }, 'nothing is printed there'),
      decimal: decimal === '.' ? undefined : line(decimal),
      thousands:
        thousands === ''
          ? undefined
          : line(thousands, figures.unsure && look(`or are figures such as ${figures.unsure} fractions?`)),
      percent: percent ? line(true) : undefined,
      missing: unlessEmpty(missing, (texts) =>
        line(
          texts.map(([text]) => text),
          look(
            `${texts.map(([text, times]) => `${times} × "${text}"`).join(', ')}; does any stand for zero?`,
          ),
        ),
      ),
      footnotes: unlessEmpty(marks, (texts) => line(texts)),
    },
    {},
    strange.length > 0 ? [look(`neither a figure nor none: ${some(strange)}`)] : [],
  );
}
