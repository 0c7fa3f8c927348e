/** What a person opens in a browser: the front page, the page of the API, the list of problems. */
import { readFileSync } from 'node:fs';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { errorCodes } from '../errors.ts';
import { openApiDocument } from './openapi.ts';

/** Nothing from elsewhere, and no script at all where we need none. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
const policyOfUi =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'";
const cacheControl = 'public, max-age=300';

export async function registerPages(app: FastifyInstance): Promise<void> {
  const home = readFileSync(new URL('../../public/index.html', import.meta.url), 'utf8');
  const pages = { '/': home, '/docs/problems': problemsPage() };
  for (const [url, html] of Object.entries(pages)) {
    app.get(url, (_request, reply) =>
      reply
        .headers({ 'cache-control': cacheControl, 'content-security-policy': policy })
        .type('text/html; charset=utf-8')
        .send(html),
    );
  }

  const text = JSON.stringify(openApiDocument());
  app.get('/openapi.json', (_request, reply) =>
    reply.header('cache-control', cacheControl).type('application/json; charset=utf-8').send(text),
  );
  await app.register(swagger, { mode: 'static', specification: { document: JSON.parse(text) } });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: policyOfUi,
    theme: { title: 'govdata API', css: [{ filename: 'govdata.css', content: styleOfUi }] },
    logo: { type: 'image/svg+xml', content: logo, href: '/', target: '_self' },
    uiConfig: { deepLinking: true, defaultModelsExpandDepth: 0, tryItOutEnabled: true },
  });
}

/** There is one document to look at: no box to ask for another. */
const styleOfUi = '.swagger-ui .topbar .download-url-wrapper { display: none }';
const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="150" height="40" viewBox="0 0 150 40">
<rect y="4" width="32" height="32" rx="6" fill="#176b5b"/><path d="M8 28v-8m8 8V12m8 16V16" stroke="#fff" stroke-width="4"/>
<text x="42" y="28" font-family="system-ui,sans-serif" font-size="24" font-weight="700" fill="#fff">govdata</text></svg>`;

function problemsPage(): string {
  const items = Object.entries(errorCodes).map(
    ([code, { status, title }]) =>
      `<dt id="${code}"><code>${code}</code> <small>${status}</small></dt><dd>${title}.</dd>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Problems – govdata</title>
<style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{max-width:44rem;margin:auto;padding:1rem}
dt{margin-top:1rem}dt:target{outline:2px solid;outline-offset:.25rem}dd{margin:0}</style></head>
<body><h1>Problems</h1><p>Every failure bears one of these codes, in both APIs. REST sends them as problem documents
(RFC 9457), GraphQL in <code>extensions</code>. <a href="/">govdata</a></p><dl>
${items.join('\n')}
</dl></body></html>`;
}
