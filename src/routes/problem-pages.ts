/** A page for each code that a problem document can bear, at the address of its `type`, and a list of them. */
import { createHash } from 'node:crypto';
import { type ErrorCode, errorBody, errorCodes, PublicError } from '../errors.ts';
import { explanations } from '../schema/problem.ts';
import { problemType } from './problems.ts';

const style = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-width:44rem;margin:auto;padding:1rem}h1{line-height:1.2;overflow-wrap:anywhere}dt{margin-top:1rem}dd{margin:0}
dt:target{outline:2px solid;outline-offset:.25rem}a{color:LinkText}
pre{padding:.75rem;border:1px solid color-mix(in srgb,currentColor 25%,transparent);border-radius:.375rem;white-space:pre-wrap;overflow-wrap:anywhere}`;

/** By which a policy allows it, and no other style. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** Address → page. */
export function problemPages(): Record<string, string> {
  const codes = Object.keys(errorCodes) as ErrorCode[];
  return {
    '/docs/problems': page('Problems', listOf(codes)),
    ...Object.fromEntries(codes.map((code) => [problemType(code), page(code, about(code))])),
  };
}

const listOf = (codes: readonly ErrorCode[]): string => `<h1>Problems</h1>
<p>Every failure bears one of these codes, in both APIs. REST sends them as problem documents
(RFC 9457), GraphQL in <code>extensions</code>.</p>
<dl>
${codes
  .map(
    (code) =>
      `<dt id="${code}"><a href="${problemType(code)}"><code>${code}</code></a> <small>${errorCodes[code].status}</small></dt><dd>${errorCodes[code].title}.</dd>`,
  )
  .join('\n')}
</dl>`;

function about(code: ErrorCode): string {
  const { status, title } = errorCodes[code];
  const { about, remedy, example } = explanations[code];
  return `<h1><code>${code}</code></h1>
<p><strong>${title}.</strong> HTTP status ${status}.</p>
<h2>What it means</h2>
<p>${prose(about)}</p>
<h2>What to do</h2>
<p>${prose(remedy)}</p>
<h2>Example</h2>
${example.request === undefined ? '' : `<pre><code>${escaped(shortened(example.request))}</code></pre>\n`}<pre><code>${escaped(
    JSON.stringify(exampleOf(code), null, 2),
  )}</code></pre>`;
}

/** A problem document as it is sent; its id is made up. */
export function exampleOf(code: ErrorCode): object {
  const { request, detail, ...details } = explanations[code].example;
  const [, path] = /^\w+ ([^?,]+)/.exec(request ?? '') ?? [];
  return {
    type: problemType(code),
    ...errorBody(new PublicError(code, detail, details)),
    ...(path === undefined ? {} : { instance: shortened(path) }),
    requestId: '3f0c8a52-6c1e-4d5b-9b5e-0a7f3c2d1e4b',
  };
}

/** What is long is long for the sake of it. */
const shortened = (text: string): string => text.replace(/(.)\1{20,}/, '$1$1$1…');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const prose = (text: string): string => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} – govdata</title>
<style>${style}</style></head>
<body><nav><a href="/">govdata</a> · <a href="/docs">API</a> · <a href="/docs/problems">Problems</a></nav>
${body}
</body></html>
`;
