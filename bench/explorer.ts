/**
 * How much the explorer transfers and when its pages are there, by Chromium's own trace: a cold cache, three rounds, medians.
 * `npm run bench -- explorer`. See RESULTS.md.
 */
import { type Browser, chromium, type Page } from 'playwright-core';
import { onSeeded } from './databases.ts';
import { cli, markdown, median, start } from './service.ts';

const rounds = 3;
const pages: readonly (readonly [name: string, path: string])[] = [
  ['front page', '/'],
  ['province', '/places/place:ninh-binh-37'],
  ['district', '/places/place:bao-yen-087'],
  ['indicator', '/indicators/average_income_per_capita'],
  ['compare', '/compare?indicator=average_income_per_capita&places=place:bao-yen-087,place:ninh-binh-37'],
  ['document', '/documents/document:003'],
];

interface TraceEvent {
  name: string;
  ts: number;
  args: { data?: { documentLoaderURL?: string; score?: number; had_recent_input?: boolean } };
}

interface Load {
  /** Bytes over the wire: of the page itself, its script and its style. */
  own: number;
  /** The same of answers of the APIs. */
  data: number;
  requests: number;
  firstPaint: number;
  largestPaint: number;
  /** Everything that the page asks has come. */
  quiet: number;
  shift: number;
}

async function load(browser: Browser, address: string): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  const bytes = await countedOf(page);
  await browser.startTracing(page, { categories: ['loading', 'blink.user_timing', 'devtools.timeline'] });
  const begin = performance.now();
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  // Chromium calls it idle half a second later.
  const quiet = performance.now() - begin - 500;
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  await context.close();
  // The empty page before it has a beginning, too.
  const since =
    traceEvents.find(
      ({ name, args }) => name === 'navigationStart' && args.data?.documentLoaderURL?.startsWith('http'),
    )?.ts ?? Number.NaN;
  const msOf = (wanted: string): number =>
    ((traceEvents.filter(({ name }) => name === wanted).at(-1)?.ts ?? Number.NaN) - since) / 1000;
  const shifts = traceEvents.filter(
    ({ name, args }) => name === 'LayoutShift' && !args.data?.had_recent_input,
  );
  return {
    ...bytes,
    firstPaint: msOf('firstContentfulPaint'),
    largestPaint: msOf('largestContentfulPaint::Candidate'),
    quiet,
    shift: shifts.reduce((sum, { args }) => sum + (args.data?.score ?? 0), 0),
  };
}

/** Counts on while the page loads. */
async function countedOf(page: Page): Promise<Pick<Load, 'own' | 'data' | 'requests'>> {
  const counted = { own: 0, data: 0, requests: 0 };
  const session = await page.context().newCDPSession(page);
  const own = new Set<string>();
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, type }) => {
    counted.requests += 1;
    if (['Document', 'Script', 'Stylesheet'].includes(type)) own.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    counted[own.has(requestId) ? 'own' : 'data'] += encodedDataLength;
  });
  return counted;
}

await onSeeded(async ({ env }) => {
  const service = await start([cli, 'serve'], env);
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const table: (string | number)[][] = [
      [
        'page',
        'own, KB',
        'data, KB',
        'requests',
        'first paint, ms',
        'largest paint, ms',
        'all there, ms',
        'layout shift',
      ],
    ];
    const loads = new Map<string, Load[]>(pages.map(([name]) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, path] of pages) loads.get(name)?.push(await load(browser, service.address + path));
    }
    for (const [name, all] of loads) {
      const of = (what: keyof Load): number => median(all.map((one) => one[what]));
      const [own, data] = [of('own'), of('data')].map((count) => (count / 1000).toFixed(1)) as [
        string,
        string,
      ];
      const times = (['firstPaint', 'largestPaint', 'quiet'] as const).map((what) => Math.round(of(what)));
      table.push([name, own, data, of('requests'), ...times, of('shift').toFixed(3)]);
    }
    console.log(markdown(table));
  } finally {
    await browser.close();
    await service.stop();
  }
});
