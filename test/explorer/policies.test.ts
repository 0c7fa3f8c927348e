/** Every page works in a browser that holds it to its policy, and breaks no rule of it on the way. */
import t, { type Test } from 'tap';
import { open, withoutBrowser } from './browser.ts';

/** What the browser has to say of the page, once it was used. */
async function saidOf(
  t: Test,
  path: string,
  use: (page: Opened['page']) => Promise<void>,
): Promise<string[]> {
  const { page, errors } = await open(t, path);
  // Not all of these pages say what they wait for.
  await page.waitForLoadState('networkidle');
  await use(page);
  return errors;
}
type Opened = Awaited<ReturnType<typeof open>>;

t.test('the explorer finds a place and lays a figure open', { skip: withoutBrowser }, async (t) => {
  const said = await saidOf(t, '/search?q=bao%20yen', async (page) => {
    await page.locator('main a[href*="/places/place:bao-yen"]').first().click();
    await page.getByRole('heading', { level: 1, name: /Bao Yen/ }).waitFor();
  });
  t.strictSame(said, []);
});

t.test('the page of the API asks an operation and shows the answer', { skip: withoutBrowser }, async (t) => {
  const said = await saidOf(t, '/docs', async (page) => {
    const first = page.locator('.opblock').first();
    await first.locator('.opblock-summary').click();
    await first.getByRole('button', { name: 'Execute' }).click();
    t.match(await first.locator('.live-responses-table').innerText(), /"placeId": "place:viet-nam"/);
  });
  t.strictSame(said, []);
});

t.test('the page of GraphQL runs an example and shows the answer', { skip: withoutBrowser }, async (t) => {
  const said = await saidOf(t, '/graphiql', async (page) => {
    await page
      .getByRole('button', { name: /Send Request/i })
      .first()
      .click();
    await page
      .getByText(/Huyện Bảo Yên/)
      .first()
      .waitFor();
  });
  t.strictSame(said, []);
});

t.test(
  'problems are pages of their own style, which is the only one allowed',
  { skip: withoutBrowser },
  async (t) => {
    for (const path of ['/docs/problems', '/docs/problems/bad_argument']) {
      const said = await saidOf(t, path, async (page) => {
        t.equal(
          await page.evaluate<string>('getComputedStyle(document.body).maxWidth'),
          '704px',
          'the style holds',
        );
      });
      t.strictSame(said, [], path);
    }
  },
);
