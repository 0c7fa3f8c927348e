/** What a person opens in a browser: the explorer, the page of the API, the list of problems. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import swagger, { type StaticDocumentSpec } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { checkMatch, etagOf } from '../cache/conditional.ts';
import { policyOfPage } from '../policies.ts';
import { openApiDocument } from './openapi.ts';
import { problemPages, styleHash } from './problem-pages.ts';
import { pathOf } from './problems.ts';

const own = "'self'";
const policyOfExplorer = policyOfPage({
  'script-src': [own],
  'style-src': [own],
  'connect-src': [own],
  'img-src': [own, 'data:', 'blob:'],
  'form-action': [own],
});
/** No script at all where we need none. */
const policyOfProblems = policyOfPage({ 'style-src': [styleHash], 'img-src': ['data:'] });
/** Its styles are made as they are needed, by a library within it. */
const policyOfUi = policyOfPage({
  'script-src': [own],
  'style-src': [own, "'unsafe-inline'"],
  'connect-src': [own],
  'img-src': [own, 'data:'],
});
const htmlType = 'text/html; charset=utf-8';
const jsonType = 'application/json; charset=utf-8';

interface Contract extends StaticDocumentSpec {
  text: string;
  /** What the page of the API shows: with all addresses in it, opening an operation takes it seconds. */
  ofPage: string;
}
let contract: Contract | undefined;

/** Made when it is needed first; the plug-in that is given the document changes nothing. */
function contractOnce(): Contract {
  if (contract === undefined) {
    const text = JSON.stringify(openApiDocument());
    const ofPage = JSON.stringify(openApiDocument({ files: false }));
    contract = { text, ofPage, document: JSON.parse(text) };
  }
  return contract;
}

export async function registerPages(app: FastifyInstance): Promise<void> {
  await app.register(explorer);
  await app.register(async (problems) => {
    await problems.register(helmet, policyOfProblems);
    for (const [url, html] of Object.entries(problemPages())) serve(problems, url, htmlType, html);
  });

  const { text, ofPage, document } = contractOnce();
  serve(app, '/openapi.json', jsonType, text);
  await app.register(swagger, { mode: 'static', specification: { document } });
  await app.register(async (docs) => {
    await docs.register(helmet, policyOfUi);
    serve(docs, '/docs/operations.json', jsonType, ofPage);
    await docs.register(swaggerUi, {
      routePrefix: '/docs',
      theme: { title: 'govdata API', css: [{ filename: 'govdata.css', content: styleOfUi }] },
      logo: { type: 'image/svg+xml', content: logo, href: '/', target: '_self' },
      uiHooks: {
        // What the page asks for would have all addresses, and no tag.
        onRequest: async ({ url }, reply) =>
          pathOf(url) === '/docs/json' ? reply.redirect('/docs/operations.json') : undefined,
      },
      uiConfig: { deepLinking: true, defaultModelsExpandDepth: 0, tryItOutEnabled: true },
    });
  });
}

const filesOfExplorer = new URL('../../dist/public/', import.meta.url);
/** Which page an address shows is for the explorer to find out. */
export const explorerPages = [
  '/',
  '/places/:placeId',
  '/indicators/:code',
  '/documents',
  '/documents/:id',
  '/compare',
  '/contradictions',
  '/search',
];

/** Names of its scripts and styles change with what they hold: they are kept for good, and the page itself is asked for anew. */
async function explorer(app: FastifyInstance): Promise<void> {
  await app.register(helmet, policyOfExplorer);
  const html = readFileSync(new URL('index.html', filesOfExplorer), 'utf8');
  for (const url of explorerPages) serve(app, url, htmlType, html, 'no-cache');
  await app.register(fastifyStatic, {
    root: fileURLToPath(new URL('assets', filesOfExplorer)),
    prefix: '/assets/',
    decorateReply: false,
    immutable: true,
    // Vite has packed them.
    preCompressed: true,
    maxAge: '365d',
  });
}

/** There is one document to look at: no box to ask for another, and what it says leads to the whole contract. */
const styleOfUi =
  '.swagger-ui .topbar .download-url-wrapper, .swagger-ui .info hgroup .link { display: none }';
const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="150" height="40" viewBox="0 0 150 40">
<rect y="4" width="32" height="32" rx="6" fill="#176b5b"/><path d="M8 28v-8m8 8V12m8 16V16" stroke="#fff" stroke-width="4"/>
<text x="42" y="28" font-family="system-ui,sans-serif" font-size="24" font-weight="700" fill="#fff">govdata</text></svg>`;

/** What stays the same for as long as the process runs, known by a tag of its own. */
function serve(
  app: FastifyInstance,
  url: string,
  type: string,
  content: string,
  cacheControl = 'public, max-age=300',
): void {
  const etag = etagOf([content]);
  const headers = { etag, 'cache-control': cacheControl, 'content-type': type };
  app.get(url, async (request, reply) => {
    checkMatch(request.headers, etag);
    return reply.headers(headers).send(content);
  });
}
