/** Ways through the explorer: by keyboard, by link, back again, and what happens when the service does not answer. */
import t from 'tap';
import { gate } from '../gate.ts';
import { open, settled, withoutBrowser } from './browser.ts';

const skip = withoutBrowser;

t.test('search by keyboard alone: type, choose, go, and back', { skip }, async (t) => {
  const { page } = await open(t, '/');
  await page.keyboard.press('/');
  await page.keyboard.type('bao yen');
  const options = page.getByRole('option');
  await options.first().waitFor();
  // They may be those of what was typed so far.
  await settled(page);
  t.ok((await options.count()) > 2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const chosen = page.locator('[role="option"][aria-selected="true"]');
  t.equal(
    await page.getByRole('combobox').first().getAttribute('aria-activedescendant'),
    await chosen.getAttribute('id'),
  );
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/places\/place:bao-yen/);
  await settled(page);
  t.match(await page.locator('h1').innerText(), /Bao Yen/);
  t.match(await page.title(), /Bao Yen/);
  await page.goBack();
  t.equal(new URL(page.url()).pathname, '/');
  t.equal(await page.locator('h1').innerText(), 'govdata');
});

t.test('suggestions stay until others come, and so does what is chosen among them', { skip }, async (t) => {
  const { page } = await open(t, '/');
  const box = page.getByRole('combobox').first();
  await box.fill('bao ye');
  await page.getByRole('option').first().waitFor();
  await settled(page);
  const answering = gate();
  await page.route(/\/v1\/search/, (route) => answering.opened.then(() => route.continue()));
  const asked = page.waitForRequest(/q=bao%20yen/);
  await box.pressSequentially('n');
  await asked;
  await box.press('ArrowDown');
  const chosen = page.locator('[role="option"][aria-selected="true"]');
  const label = await chosen.getAttribute('aria-label');
  t.match(label, /Bao Yen/);
  answering.open();
  await settled(page);
  t.equal(await chosen.getAttribute('aria-label'), label);
});

t.test('words that nothing is chosen for are searched for', { skip }, async (t) => {
  const { page } = await open(t, '/');
  await page.getByRole('combobox').first().fill('poverty');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?q=poverty/);
  await page
    .getByRole('link', { name: /Poverty rate/ })
    .first()
    .click();
  await page.waitForURL(/\/indicators\/poverty_rate/);
});

t.test('Escape closes what was suggested, and nothing is lost', { skip }, async (t) => {
  const { page } = await open(t, '/');
  const box = page.getByRole('combobox').first();
  await box.fill('lao cai');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('listbox').waitFor({ state: 'hidden' });
  t.equal(await box.inputValue(), 'lao cai');
});

t.test(
  'a figure is laid open by a link, closed by Escape, and opened again by going back',
  { skip },
  async (t) => {
    const { page } = await open(t, '/places/place:bao-yen-087?fact=observation:bao-yen-2024-average-income');
    const panel = page.getByRole('dialog');
    t.match(await panel.innerText(), /more than 66 million VND a year/);
    t.match(await panel.innerText(), /paragraph 11, characters 33–64/);
    t.match(
      await panel.innerText(),
      /curl 'http:\/\/127\.0\.0\.1:\d+\/v1\/observations\/observation:bao-yen-2024-average-income'/,
    );
    t.match(await panel.innerText(), /Release 1/);
    await panel.getByRole('button', { name: 'Copy: REST' }).click();
    await panel.getByText('Copied').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    const address = copied.match(/'(.*)'/)?.[1] ?? '';
    t.match(await (await fetch(address)).json(), { value: 66 }, 'what was copied gives the figure');
    await page.keyboard.press('Escape');
    await page.waitForURL(({ searchParams }) => !searchParams.has('fact'));
    await panel.waitFor({ state: 'hidden' });
    await page.goBack();
    await panel.waitFor();
  },
);

t.test('as of an earlier release: it is in the address, and links keep it', { skip }, async (t) => {
  const { page } = await open(t, '/?release=1');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.getByRole('link', { name: 'Contradictions' }).click();
  await page.waitForURL(/\/contradictions\?release=1/);
  await settled(page);
  t.ok(asked.some((url) => /\/v1\/contradictions\?.*release=1/.test(url)));
});

t.test('a service that does not answer is told kindly, and trying again works', { skip }, async (t) => {
  const { page } = await open(t, '/');
  await page.route('**/v1/contradictions*', (route) => route.abort());
  await page.getByRole('link', { name: 'Contradictions' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  t.match(await alert.innerText(), /could not be loaded[\s\S]*cannot be reached/);
  await page.unroute('**/v1/contradictions*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  t.equal(await alert.count(), 0);
});

t.test('a service that refuses says why', { skip }, async (t) => {
  const { page } = await open(t, '/');
  const problem = {
    title: 'Try later',
    detail: 'The database is stopping or starting.',
    status: 503,
    code: 'unavailable',
  };
  await page.route('**/v1/documents*', (route) =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
  await page.getByRole('link', { name: 'Documents' }).click();
  await page.getByRole('alert').waitFor();
  t.match(await page.getByRole('alert').innerText(), /The database is stopping or starting\./);
});

t.test('the skip link is the first stop of the keyboard', { skip }, async (t) => {
  const { page } = await open(t, '/');
  await page.keyboard.press('Tab');
  t.equal(await page.evaluate<string>('document.activeElement.textContent.trim()'), 'Skip to the content');
  await page.keyboard.press('Enter');
  t.equal(await page.evaluate<string>('document.activeElement.id'), 'content');
});
