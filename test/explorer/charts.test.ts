/** Charts of the explorer: what differs is drawn and said otherwise, and what is on screen can be had as files. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import t from 'tap';
import { open, settled, withoutBrowser } from './browser.ts';

const skip = withoutBrowser;

/** The file that a button of a chart gives. */
async function downloaded(page: Page, name: RegExp): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).first().click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

t.test('a chart is had as CSV, SVG and PNG, and has its table', { skip }, async (t) => {
  const { page } = await open(t, '/places/place:ninh-binh-37');
  const csv = await downloaded(page, /^Download .* as CSV$/);
  t.match(csv.name, /\.csv$/);
  const lines = csv.bytes.toString('utf8').split('\r\n');
  t.ok(lines.some((line) => line.includes('Nam Dinh')));
  const svg = await downloaded(page, /^Download .* as SVG$/);
  t.match(svg.bytes.toString('utf8'), /^<svg [\s\S]*Nam Dinh[\s\S]*<\/svg>$/);
  t.notMatch(svg.bytes.toString('utf8'), / class="/, 'it looks the same without the style sheets');
  const png = await downloaded(page, /^Download .* as PNG$/);
  t.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
  t.ok(png.bytes.length > 5000);
  await page.getByText('As a table').first().click();
  const rows = await page.getByRole('table').first().getByRole('row').count();
  t.equal(rows, lines.filter((line) => line !== '').length, 'as many rows as the file has');
});

t.test('the figures of a table of targets are had as CSV from the service', { skip }, async (t) => {
  const { page } = await open(t, '/places/place:ninh-binh-37');
  const address = await page.getByRole('link', { name: /CSV/ }).first().getAttribute('href');
  const response = await fetch(new URL(`${address}`, page.url()));
  t.match(response.headers.get('content-type'), /^text\/csv/);
  t.match(await response.text(), /ninh-binh-2023-grdp-growth-target/);
});

t.test(
  'a target is no result: it is drawn and said otherwise, and each point is a door',
  { skip },
  async (t) => {
    const { page } = await open(t, '/indicators/average_income_per_capita?places=place:bao-yen-087');
    const point = page.locator('svg a.svg-door').first();
    t.match(await point.getAttribute('aria-label'), /target.*more than 66|more than 66.*target/);
    t.match(await page.locator('figure.chart svg').first().textContent(), /target/i, 'the legend says so');
    await point.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/fact=observation:bao-yen-2024-average-income/);
    await page.getByRole('dialog').waitFor();
  },
);

t.test('what cannot be compared is said, not drawn', { skip }, async (t) => {
  const { page } = await open(
    t,
    '/compare?indicator=average_income_per_capita&places=place:bao-yen-087&territory=2025-07-01',
  );
  const main = page.getByRole('main');
  t.match(await main.innerText(), /not comparable|cannot be compared|divided/i);
});

t.test('a place of a document in Arabic has its texts set from the right', { skip }, async (t) => {
  const { page } = await open(t, '/places/place:ninh-binh-37');
  t.ok((await page.locator('[lang="ar"][dir="rtl"]').count()) > 3);
  const { page: other } = await open(t, '/documents/document:003?paragraph=11');
  t.ok((await other.locator('q[lang="he"][dir="rtl"]').count()) > 3);
});

t.test('on paper there is the content alone, and who wants no motion sees none', { skip }, async (t) => {
  const { page } = await open(t, '/places/place:bao-yen-087');
  await page.emulateMedia({ media: 'print', reducedMotion: 'reduce' });
  t.notOk(await page.getByRole('combobox').first().isVisible());
  t.ok(await page.getByRole('heading', { level: 1 }).isVisible());
  await page.emulateMedia({ media: 'screen', reducedMotion: 'reduce' });
  await page.route('**/v1/contradictions*', () => undefined);
  await page.getByRole('link', { name: 'Contradictions', exact: true }).first().click();
  const waiting = page.locator('.waiting').first();
  await waiting.waitFor();
  t.equal(
    await page.evaluate<string>("getComputedStyle(document.querySelector('.waiting')).animationName"),
    'none',
  );
  await page.unroute('**/v1/contradictions*');
  await page.reload();
  await settled(page);
});
