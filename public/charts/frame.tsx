/** What every chart has: a title, a table behind it, and files of both. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { number } from '../lib/format';
import { useLanguage, useWordsOf } from '../lib/words';
import { Door } from '../parts/figure';
import { Table } from '../parts/table';
import { chartWords } from '../words/charts';
import { csvOf, saveFile, savePng, svgOf } from './files';
import type { Cell, ChartTable } from './table';

interface Props {
  title: string;
  /** Of the files, without an ending. */
  name: string;
  table: ChartTable;
  /** One SVG. */
  children: ComponentChildren;
}

export function ChartFrame({ title, name, table, children }: Props) {
  const words = useWordsOf(chartWords);
  const drawing = useRef<HTMLDivElement>(null);
  const withSvg = (save: (svg: SVGSVGElement) => void) => {
    const svg = drawing.current?.querySelector('svg');
    if (svg) save(svg);
  };
  const files: [string, () => void][] = [
    [words.csv, () => saveFile(`${name}.csv`, new Blob([csvOf(table)], { type: 'text/csv;charset=utf-8' }))],
    [words.svg, () => withSvg((svg) => saveFile(`${name}.svg`, svgOf(svg, title)))],
    [words.png, () => withSvg((svg) => void savePng(svg, title, `${name}.png`))],
  ];
  return (
    <figure class="chart">
      <figcaption>
        <span>{title}</span>
        <span class="chart-files">
          {files.map(([what, save]) => (
            <button key={what} type="button" aria-label={words.download(what, title)} onClick={save}>
              {what}
            </button>
          ))}
        </span>
      </figcaption>
      <div ref={drawing} class="scroll">
        {children}
      </div>
      <details>
        <summary>{words.table}</summary>
        <TableOf table={table} title={title} />
      </details>
    </figure>
  );
}

function TableOf({ table: { columns, rows, doors }, title }: { table: ChartTable; title: string }) {
  return (
    <Table label={title} caption={title} columns={columns}>
      {rows.map((row, index) => (
        <tr key={`${row.join('\n')}\n${doors?.ids[index]}`}>
          {row.map((cell, at) => (
            <td key={columns[at]} class={typeof cell === 'number' ? 'number' : undefined}>
              <CellOf cell={cell} door={at === doors?.column ? doors.ids[index] : undefined} />
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

function CellOf({ cell, door }: { cell: Cell; door: string | null | undefined }) {
  const language = useLanguage();
  const text = typeof cell === 'number' ? number(cell, language) : (cell ?? '–');
  return door ? <Door to={door}>{text}</Door> : text;
}
