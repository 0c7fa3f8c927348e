/** Each page of the explorer, wide and narrow, light and dark, in both languages: it is there, whole, and can be read by everybody. */
import t from 'tap';
import { isDeep, oneIn } from '../deep.ts';
import { open, overflow, seriousFaults, withoutBrowser } from './browser.ts';

const pages: [what: string, path: string, heading: string | RegExp][] = [
  ['the front page', '/', 'govdata'],
  ['a district that ended', '/places/place:bao-yen-087', /Bao Yen/],
  ['a province', '/places/place:ninh-binh-37', /Ninh Binh/],
  ['a commune of which little is known', '/places/place:bao-yen-02947', /Bao Yen/],
  ['an indicator', '/indicators/average_income_per_capita', /income/i],
  [
    'a comparison',
    '/compare?indicator=average_income_per_capita&places=place:bao-yen-087,place:ninh-binh-37',
    /Compare/,
  ],
  ['an empty comparison', '/compare', /Compare/],
  ['the documents', '/documents', 'Documents'],
  ['a document', '/documents/document:003', /^003_/],
  ['the contradictions', '/contradictions', 'Contradictions'],
  ['a search', '/search?q=bao%20yen', /bao yen/],
  ['a search that finds nothing', '/search?q=zzzzzz', /zzzzzz/],
  ['a figure laid open', '/places/place:bao-yen-087?fact=observation:bao-yen-2024-average-income', /Bao Yen/],
  ['a fact that never was', '/?fact=theme:never', 'govdata'],
];

/** Of which the colours are looked at in the dark, too: they are those of a few kinds of parts. */
const dark = oneIn(
  2,
  pages.map(([, path]) => path),
);

for (const [what, path, heading] of pages) {
  // What lies behind an open panel is a page of its own above; only the deep run reads it twice.
  const part = path.includes('fact=') && !isDeep ? 'dialog[open]' : 'html';
  t.test(`${what} is whole, fits and can be read by everybody`, { skip: withoutBrowser }, async (t) => {
    const { page, errors } = await open(t, path);
    t.match(await page.locator('h1').first().innerText(), heading);
    t.equal(await page.locator('h1').count(), 1, 'one first heading');
    t.strictSame(await seriousFaults(page, part), [], 'axe-core finds nothing serious');
    await page.emulateMedia({ colorScheme: 'dark' });
    if (dark.includes(path)) {
      t.strictSame(
        await seriousFaults(page, part, ['color-contrast']),
        [],
        'nor are colours too close in the dark',
      );
    }
    for (const width of [768, 320]) {
      await page.setViewportSize({ width, height: 800 });
      t.equal(await overflow(page), 0, `nothing stands out at ${width} pixels`);
    }
    t.strictSame(
      errors.filter((line) => !/404/.test(line)),
      [],
      'nothing failed, and the policy refused nothing',
    );
  });
}

t.test('an address that is no page is 404', { skip: withoutBrowser }, async (t) => {
  const { page } = await open(t, '/');
  t.equal((await page.goto('/nowhere'))?.status(), 404);
});

t.test('the interface speaks Vietnamese too', { skip: withoutBrowser }, async (t) => {
  const { page } = await open(t, '/?lang=vi');
  t.equal(await page.locator('html').getAttribute('lang'), 'vi');
  t.match(await page.locator('nav').first().innerText(), /So sánh/);
  await page.getByRole('link', { name: 'English' }).click();
  t.equal(await page.locator('html').getAttribute('lang'), 'en');
});
