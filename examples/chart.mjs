#!/usr/bin/env node
/**
 * Draws a series as a line chart: SVG, to standard output.
 *
 *     node chart.mjs 'https://govdata.example/v1/series?indicator=poverty_rate&place=province:01' > poverty.svg
 *
 * The point of a figure that is not final is hollow. The line has a gap where a time is missing, and where a figure cannot
 * simply be set beside the one before it (`breaks`). Of several series the first is drawn. Needs nothing but Node.
 */
const [address = ''] = process.argv.slice(2);
const fail = (message) => {
  console.error(message);
  process.exit(1);
};
const response = await fetch(address).catch((error) => fail(`${address} cannot be asked: ${error.message}`));
const answer = await response.json();
if (!response.ok) fail(`${response.status} ${answer.detail}`);
const [series] = answer.items;

const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const points = (series?.points ?? [])
  .filter(({ value, period, scenario }) => value !== null && !period.cumulative && scenario !== 'target')
  .map((point) => ({ ...point, start: day(point.period.start), end: day(point.period.end) }));
if (points.length === 0) fail('There is no figure to draw.');

const [width, height, left, right, top, bottom] = [720, 400, 60, 20, 50, 40];
const values = points.map(({ value }) => value);
const [low, high] = [Math.min(0, ...values), Math.max(0, ...values) || 1];
/** 1, 2 or 5 times a power of ten. */
const power = 10 ** Math.floor(Math.log10((high - low) / 4));
const step = [1, 2, 5, 10].map((times) => times * power).find((one) => (high - low) / one <= 5);
const ticks = [];
for (let at = Math.floor(low / step); at < high / step + 1; at += 1)
  ticks.push(Number((at * step).toPrecision(12)));
const [first, last] = [
  Math.min(...points.map(({ start }) => start)),
  Math.max(...points.map(({ end }) => end)),
];
const x = ({ start, end }) =>
  (left + (((start + end) / 2 - first) / Math.max(last - first, 1)) * (width - left - right)).toFixed(1);
const y = (value) =>
  (height - bottom - ((value - ticks[0]) / (ticks.at(-1) - ticks[0])) * (height - top - bottom)).toFixed(1);

/** Not so many labels that they touch. */
const every = Math.ceil(points.length / 15);
/** Runs of points that a line may join. */
const runs = [];
for (const point of points) {
  const before = runs.at(-1)?.at(-1);
  if (before && point.start === before.end + 1 && point.breaks.length === 0) runs.at(-1).push(point);
  else runs.push([point]);
}

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const nameOf = ({ name }) => name.en ?? name.vi;
const title = `${nameOf(series.indicator)}, ${nameOf(series.place)} (${series.unit.replaceAll('_', ' ')})`;
const about = ({ period, value, scenario, breaks }) =>
  [
    `${period.label}: ${value}`,
    ...(scenario === 'actual' ? [] : [scenario]),
    ...breaks.map(({ text }) => text),
  ].join('; ');
const lines = [
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
  `<title>${escaped(title)}</title>`,
  `<rect width="${width}" height="${height}" fill="white"/>`,
  `<text x="${left}" y="28" font-size="16">${escaped(title)}</text>`,
  ...ticks.map(
    (tick) =>
      `<path d="M${left} ${y(tick)}H${width - right}" stroke="#ddd"/><text x="${left - 8}" y="${y(tick)}" dy="4" text-anchor="end">${tick}</text>`,
  ),
  ...runs
    .filter(({ length }) => length > 1)
    .map((run) => run.map((point) => `${x(point)},${y(point.value)}`).join(' '))
    .map((path) => `<polyline points="${path}" fill="none" stroke="#1f5fa8" stroke-width="2"/>`),
  ...points
    .filter((_, index) => index % every === 0)
    .map(
      (point) =>
        `<text x="${x(point)}" y="${height - bottom + 20}" text-anchor="middle">${escaped(point.period.label)}</text>`,
    ),
  ...points.map(
    (point) =>
      `<circle cx="${x(point)}" cy="${y(point.value)}" r="4" fill="${point.scenario === 'actual' ? '#1f5fa8' : 'white'}" stroke="#1f5fa8" stroke-width="2"><title>${escaped(about(point))}</title></circle>`,
  ),
  '</svg>',
];
console.log(lines.join('\n'));
