/**
 * Takes the pictures of the explorer that README.md shows, from a service that runs: `GOVDATA_URL=… npx tsx scripts/pictures.ts`.
 * They are no part of `npm run generate`: pictures of two machines are never the same.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const address = process.env['GOVDATA_URL'] ?? 'http://127.0.0.1:3000';
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

const pictures: Record<string, { path: string; height: number; beginning?: string; dark?: true }> = {
  targets: { path: '/places/place:ninh-binh-37', height: 760, beginning: '#targets' },
  figure: {
    path: '/contradictions?fact=observation:bao-yen-2024-average-income',
    height: 760,
  },
  compare: {
    path: '/compare?indicator=provincial_competitiveness_index&places=place:ninh-binh-37,place:nghe-an-40',
    height: 820,
    beginning: '#comparison',
    dark: true,
  },
};

mkdirSync(folder, { recursive: true });
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
for (const [name, { path, height, beginning, dark }] of Object.entries(pictures)) {
  const page = await browser.newPage({
    viewport: { width: 1200, height },
    locale: 'en-GB',
    colorScheme: dark ? 'dark' : 'light',
  });
  await page.goto(address + path);
  await page.waitForLoadState('networkidle');
  if (beginning) {
    await page.evaluate(`document.querySelector('${beginning}').scrollIntoView()`);
  }
  await page.screenshot({ path: `${folder}${name}.png` });
  await page.close();
}
await browser.close();
