/** Charts as files: the figures as CSV, the drawing as SVG and PNG. */

import { wrapped } from './scales';
import type { ChartTable } from './table';

/** RFC 4180; a cell that a spreadsheet would take for a formula is a text there. Records of the rows stand in a last column. */
export function csvOf({ columns, rows, doors }: ChartTable): string {
  const line = (cells: readonly (string | number | null)[]) => cells.map(csvCell).join(',');
  const [head, body] = doors
    ? [[...columns, 'record'], rows.map((row, index) => [...row, doors.ids[index] ?? null])]
    : [columns, rows];
  return `\uFEFF${[head, ...body].map(line).join('\r\n')}\r\n`;
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `${cell}`;
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const drawn = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
];
const [lineHeight, margin] = [20, 12];
const namespace = 'http://www.w3.org/2000/svg';

/** As it looks on the page, on its colour, with its title above and its address below: a file stands alone. */
export function svgOf(svg: SVGSVGElement, title: string): Blob {
  return new Blob([new XMLSerializer().serializeToString(standalone(svg, title))], { type: 'image/svg+xml' });
}

function standalone(svg: SVGSVGElement, title: string): SVGSVGElement {
  const copy = styledCopy(svg);
  const { width, height } = sizeOf(svg);
  const [above, below] = [wrapped(title, width / 8), wrapped(location.href, width / 6.4)];
  const top = above.length * lineHeight + margin;
  const [fullWidth, fullHeight] = [width + 2 * margin, top + height + below.length * lineHeight + 2 * margin];
  copy.setAttribute('viewBox', `${-margin} ${-top} ${fullWidth} ${fullHeight}`);
  copy.setAttribute('width', `${fullWidth}`);
  copy.setAttribute('height', `${fullHeight}`);
  const style = getComputedStyle(svg.closest('.chart') ?? document.body);
  const ground = shape('rect', { x: -margin, y: -top, width: fullWidth, height: fullHeight });
  ground.setAttribute('fill', style.backgroundColor);
  copy.prepend(ground);
  const write = (text: string, y: number, size: number, weight: number) => {
    const line = shape('text', { x: 0, y, 'font-size': size, 'font-weight': weight });
    line.setAttribute('fill', style.color);
    line.setAttribute('font-family', style.fontFamily);
    line.textContent = text;
    copy.append(line);
  };
  for (const [index, text] of above.entries()) write(text, lineHeight * (index + 0.8) - top + 6, 15, 600);
  for (const [index, text] of below.entries()) write(text, height + lineHeight * (index + 1), 11, 400);
  return copy;
}

/** What style sheets say is written into it, and its links lead to this service from anywhere. */
function styledCopy(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [index, original] of originals.entries()) {
    const style = getComputedStyle(original);
    const above = index > 0 && original.parentElement ? getComputedStyle(original.parentElement) : undefined;
    const one = copies[index];
    for (const property of drawn) {
      const value = style.getPropertyValue(property);
      // All of them but opacity go down from an element to those within it.
      const isGiven = property === 'opacity' ? value === '1' : value === above?.getPropertyValue(property);
      if (isGiven) one?.removeAttribute(property);
      else one?.setAttribute(property, value);
    }
    const href = one?.getAttribute('href');
    if (href) one?.setAttribute('href', new URL(href, location.href).href);
    for (const name of ['class', 'tabindex', 'aria-describedby']) one?.removeAttribute(name);
  }
  copy.setAttribute('xmlns', namespace);
  return copy;
}

function sizeOf(svg: SVGSVGElement): { width: number; height: number } {
  const { width, height } = svg.viewBox.baseVal;
  return width > 0 ? { width, height } : svg.getBoundingClientRect();
}

function shape(name: 'rect' | 'text', attributes: Readonly<Record<string, number>>): SVGElement {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
  return element;
}

/** Twice as fine as the screen shows it. */
export async function savePng(svg: SVGSVGElement, title: string, name: string): Promise<void> {
  const drawing = svgOf(svg, title);
  const image = new Image();
  const address = URL.createObjectURL(drawing);
  image.src = address;
  await image.decode();
  URL.revokeObjectURL(address);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth * 2, image.naturalHeight * 2];
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && saveFile(name, blob));
}

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Some browsers read the address only after the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
