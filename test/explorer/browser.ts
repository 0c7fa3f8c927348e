/**
 * The explorer in a real browser, on a service of the test's own: Debian's chromium without a window, the one that never
 * has any where it is there, since it takes less of the machine.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import root, { type Test } from 'tap';
import { sharedService } from '../shared-service.ts';

const executablePath = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']
  .map((name) => `/usr/bin/${name}`)
  .find(existsSync);

/** Why there is no browser, if so: `skip` of a test. */
export const withoutBrowser: string | false = executablePath ? false : 'there is no chromium on this machine';

/** No graphics card is simulated for what nobody looks at, and one process shows all pages. */
const args = ['--disable-gpu', '--renderer-process-limit=1'];

let browser: Promise<BrowserContext> | undefined;

/** One for all tests of a process: the explorer keeps nothing in it but files. */
function launched(): Promise<BrowserContext> {
  browser ??= launch();
  return browser;
}

async function launch(): Promise<BrowserContext> {
  // As root, which CI is, chromium runs without a sandbox only.
  const one = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', ...args],
  });
  root.teardown(() => one.close());
  const context = await one.newContext({
    baseURL: await explorerAddress(),
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    // What pulses until an answer comes takes more of the machine than all else on the page.
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  // Stays open, so that its process does.
  await context.newPage();
  return context;
}

let served: Promise<string> | undefined;

/** A service on the published facts, for all tests of a process. */
function explorerAddress(): Promise<string> {
  served ??= sharedService().then(({ app }) => app.listen({ host: '127.0.0.1', port: 0 }));
  return served;
}

export interface Opened {
  page: Page;
  /** What the page wrote to the console as errors, and what it threw. */
  errors: string[];
}

/** The page of an address, once what it asks has come. */
export async function open(t: Test, path: string): Promise<Opened> {
  const page = await (await launched()).newPage();
  t.teardown(() => page.close());
  // A machine that is busy with other tests may take that long.
  page.setDefaultTimeout(60_000);
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (line) => line.type() === 'error' && errors.push(line.text()));
  await page.goto(path);
  await settled(page);
  return { page, errors };
}

/** Nothing is waited for any more: a page says so from the first time that it is drawn. */
export async function settled(page: Page): Promise<void> {
  while ((await page.locator('.waiting').count()) > 0) await page.waitForTimeout(50);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds in a part of the page that is serious or worse, by all its rules or some: the rule, and where. */
export async function seriousFaults(page: Page, part: string, rules?: readonly string[]): Promise<string[]> {
  // The policy of the page allows no script of a test either; this way goes around it.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe);
  // Whether all stands in regions takes long, and is never serious.
  const which = rules ? { runOnly: rules } : { rules: { region: { enabled: false } } };
  const { violations } = await page.evaluate<AxeResult>(
    `axe.run(${JSON.stringify(part)}, ${JSON.stringify({ resultTypes: ['violations'], ...which })})`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

interface AxeResult {
  violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
}

/** How many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  );
