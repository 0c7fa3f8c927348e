/** The facts of the program: they seed, and their citations hold where the documents are at hand. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { faultLine } from '../../src/errors.ts';
import { readSeeds } from '../../src/import/read.ts';
import { seed, seedsFolder } from '../../src/import/seed.ts';
import { readSource } from '../../src/import/sources.ts';
import { verify } from '../../src/import/verify.ts';
import { migratedDatabase } from './country.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const documents = join(root, '..', 'shared', 'documents');
const curation = join(root, 'docs', 'curation');
const skip = !existsSync(documents) && 'the source documents are not at hand: ../shared/documents';

t.test('the facts seed without a fault, and the second time nothing has changed', async (t) => {
  const database = await migratedDatabase(t);
  const first = await seed(database);
  t.match(first, { release: 1, made: true });
  t.ok(first.counts.added > 100);
  t.match(await seed(database), { release: 1, made: false, byType: [] });
});

t.test('every text citation of the facts is proven', { skip }, async (t) => {
  const database = await migratedDatabase(t);
  await seed(database);
  const { proven, faults } = await verify(database, documents);
  t.strictSame(faults.map(faultLine), []);
  t.comment(`${proven} citations proven`);
  t.ok(proven > 100);
});

interface Digits {
  paragraph: number;
  digits: string;
  start: number;
  end: number;
}

/** Each run of decimal digits of any script, with offsets in code points. */
function digitsOf(paragraphs: readonly string[][]): Digits[] {
  return paragraphs.flatMap((points, index) => {
    const text = points.join('');
    return [...text.matchAll(/\p{Nd}+/gu)].map((match) => {
      const start = [...text.slice(0, match.index)].length;
      const [digits] = match;
      return { paragraph: index + 1, digits, start, end: start + [...digits].length };
    });
  });
}

/** `| paragraph | digits | reason |` under `## Digits left out`, one row an occurrence. */
function leftOut(page: string): { paragraph: number; digits: string; reason: string }[] {
  const [, section = ''] = page.split(/^## Digits left out$/m);
  return [...section.matchAll(/^\| *(\d+) *\| *(\p{Nd}+) *\| *(.*?) *\|$/gmu)].map(
    ([, paragraph, digits = '', reason = '']) => ({ paragraph: Number(paragraph), digits, reason }),
  );
}

const keys = existsSync(curation) ? readdirSync(curation).filter((name) => /^\d+\.md$/.test(name)) : [];
for (const name of keys) {
  const key = name.replace('.md', '');
  const title = `every group of digits of document ${key} is cited, or left out with a reason`;
  t.test(title, { skip }, async (t) => {
    const { seeds } = await readSeeds(seedsFolder);
    const document = seeds.documents.find(({ id }) => id === `document:${key}`);
    const source = await readSource(documents, String(document?.fileName));
    if (!document || !source) return void t.fail(`there is no document:${key}, or not its file`);
    const { documents: _, places, ...sections } = seeds;
    const cited = [...places.flatMap(({ versions }) => versions), ...Object.values(sections).flat()]
      .flatMap(({ citations = [] }) => citations)
      .flatMap((citation) => ('document' in citation && citation.document === document.id ? [citation] : []));
    const uncited = digitsOf(source.paragraphs).filter(
      ({ paragraph, start, end }) =>
        !cited.some((span) => span.paragraph === paragraph && span.start <= start && end <= span.end),
    );
    const reasons = leftOut(await readFile(join(curation, name), 'utf8'));
    t.strictSame(
      reasons.map(({ paragraph, digits }) => `${paragraph}: ${digits}`).sort(),
      uncited.map(({ paragraph, digits }) => `${paragraph}: ${digits}`).sort(),
    );
    t.ok(
      reasons.every(({ reason }) => reason.length > 10),
      'each row gives a reason',
    );
  });
}
