/** Five questions of a stranger, answered by clicking only; docs/explorer.md writes the clicks down. */
import type { Page } from 'playwright-core';
import t from 'tap';
import { open, settled, withoutBrowser } from './browser.ts';

const skip = withoutBrowser;

/** From the front page, where today's provinces are. */
async function provincePage(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).last().click();
  await page.waitForURL(/\/places\//);
  await settled(page);
}

t.test('did Ninh Binh reach its growth target of 2023?', { skip }, async (t) => {
  const { page } = await open(t, '/');
  await provincePage(page, 'Ninh Binh');
  const row = page.getByRole('row').filter({ hasText: 'Gross regional domestic product' }).first();
  t.match(await row.innerText(), /at least 7\.5/);
  t.match(await row.innerText(), /missed/);
});

t.test('what became of Bao Yen district?', { skip }, async (t) => {
  const { page } = await open(t, '/');
  await page.getByRole('link', { name: /^Bao Yen 2024/ }).click();
  await page.waitForURL(/place:bao-yen-087/);
  await settled(page);
  await page.getByText('As a table').first().click();
  const table = page.getByRole('table').first();
  t.match(await table.innerText(), /2025/);
  for (const name of ['Bao Yen', 'Nghia Do', 'Thuong Ha', 'Xuan Hoa', 'Phuc Khanh', 'Bao Ha']) {
    t.match(await table.innerText(), name);
  }
});

t.test('which figures contradict each other?', { skip }, async (t) => {
  const { page } = await open(t, '/');
  await page.getByRole('link', { name: 'Contradictions' }).click();
  await settled(page);
  await page.getByRole('link', { name: 'Up 14 places against 2022' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByText('It contradicts another record.').first().waitFor();
  t.match(await panel.innerText(), /paragraph \d+, characters \d+–\d+/);
});

t.test('what did Nghe An ask of its commune leaders, and who must report?', { skip }, async (t) => {
  const { page } = await open(t, '/');
  await page.getByRole('link', { name: /^Nghe An / }).click();
  await settled(page);
  const ask = async (who: RegExp) => {
    await page.getByRole('link', { name: who }).first().click();
    await page.waitForURL(/responsible=/);
    await settled(page);
    return page.getByRole('region', { name: /^Tasks/ }).innerText();
  };
  t.match(await ask(/^Key cadres of the communes/), /Review the congress resolutions at mid-term/);
  t.match(
    await ask(/^Mass Mobilisation Department/),
    /Report to the Standing Committee on the results of implementing the conclusions/,
  );
});

t.test('where is a figure printed?', { skip }, async (t) => {
  const { page } = await open(t, '/');
  await provincePage(page, 'Ninh Binh');
  const row = page.getByRole('row').filter({ hasText: 'Gross regional domestic product' }).first();
  await row.getByRole('link', { name: /7\.27/ }).first().click();
  const panel = page.getByRole('dialog');
  await panel
    .getByText(/paragraph \d+, characters/)
    .first()
    .waitFor();
  t.match(await panel.innerText(), /7\.27/);
  await panel
    .getByRole('link', { name: /^00\d_/ })
    .first()
    .click();
  await page.waitForURL(/\/documents\/document:\d+\?paragraph=\d+/);
  await settled(page);
  t.equal(await page.locator('li.chosen').count(), 1, 'the paragraph is shown');
});
