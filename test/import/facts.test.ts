/** The facts of the program: they seed, and their citations hold where the documents are at hand. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { recordsOf, statedBy } from '../../scripts/data-page/overview.ts';
import { keyOf } from '../../scripts/data-page/wording.ts';
import { faultLine } from '../../src/errors.ts';
import { seed } from '../../src/import/seed.ts';
import type { SeedCitation } from '../../src/import/shape-parts.ts';
import type { SeedRecord } from '../../src/import/shapes.ts';
import { readSource } from '../../src/import/sources.ts';
import { verify } from '../../src/import/verify.ts';
import { groupBy } from '../../src/lists.ts';
import { sharedDatabase, writableDatabase } from '../service.ts';
import { digitsIn, type Found, numberWordsIn } from './number-words.ts';
import { realFacts } from './real-facts.ts';

interface Inferable extends Record<string, unknown> {
  id: string;
  flags?: string[];
  citations: SeedCitation[];
}

/** Everything that is seeded, the administrative tree included. */
const { seeds } = await realFacts();

const firstDocument = (citations: readonly SeedCitation[]): string =>
  citations.flatMap((citation) => ('document' in citation ? [citation.document] : []))[0] ?? '';

const root = fileURLToPath(new URL('../..', import.meta.url));
const documents = join(root, '..', 'shared', 'documents');
const curation = join(root, 'docs', 'curation');
const keys = readdirSync(curation)
  .filter((name) => /^\d+\.md$/.test(name))
  .map((name) => name.replace('.md', ''));
const skip = !existsSync(documents) && 'the source documents are not at hand: ../shared/documents';

t.test('the facts seed without a fault, and the second time nothing has changed', async (t) => {
  const { database } = await writableDatabase(t);
  const { rows } = await database.pool.query('select number, counts from releases');
  t.match(rows, [{ number: 1, counts: { revised: 0, withdrawn: 0 } }]);
  t.ok(rows[0].counts.added > 100);
  t.match(await seed(database), { release: 1, made: false, byType: [] });
});

t.test('every text citation of the facts is proven', { skip }, async (t) => {
  const { reader } = await sharedDatabase();
  const { proven, faults } = await verify(reader, documents);
  t.strictSame(faults.map(faultLine), []);
  t.comment(`${proven} citations proven`);
  t.ok(proven > 100);
});

t.test('every printed name of a body is one of its aliases', async (t) => {
  const missing = seeds.bodies.flatMap(({ id, aliases = [], citations }) =>
    citations
      .flatMap((citation) => ('document' in citation && citation.printed ? [citation.printed] : []))
      // Arabic joins "for the" to the word, drops the first letter of the article, and writes no letter thrice.
      .filter((printed) =>
        [printed, printed.replace(/^لل/, 'ال'), printed.replace(/^لل/, 'الل')].every(
          (form) => !aliases.some(({ text }) => text === form),
        ),
      )
      .map((printed) => `${id}: ${printed}`),
  );
  t.strictSame(missing, []);
});

/** `| paragraph | text | reason |` under the heading, one row an occurrence. */
function leftOut(page: string, heading: string): { paragraph: number; text: string; reason: string }[] {
  const [, after = ''] = page.split(new RegExp(`^## ${heading}$`, 'm'));
  const [section = ''] = after.split(/^## /m);
  return [...section.matchAll(/^\| *(\d+) *\| *([\p{L}\p{M}\p{Nd}]+) *\| *(.*?) *\|$/gmu)].map(
    ([, paragraph, text = '', reason = '']) => ({ paragraph: Number(paragraph), text, reason }),
  );
}

/** The paragraphs of a document, and where the seed files cite them. */
async function readCited(key: string): Promise<{ paragraphs: string[][]; cited: Found[] }> {
  const document = seeds.documents.find(({ id }) => id === `document:${key}`);
  const source = await readSource(documents, String(document?.fileName));
  if (!document || !source) throw new Error(`there is no document:${key}, or not its file`);
  const { documents: _, places, ...sections } = seeds;
  const cited = [...places.flatMap(({ versions }) => versions), ...Object.values(sections).flat()]
    .flatMap((record) => ('citations' in record ? (record.citations ?? []) : []))
    .flatMap((citation) => ('document' in citation && citation.document === document.id ? [citation] : []))
    .map(({ paragraph, start, end }) => ({ paragraph, text: '', start, end }));
  return { paragraphs: source.paragraphs, cited };
}

t.test(
  'every task has a body, a place, a period or a deadline, and its place among its siblings',
  async (t) => {
    t.ok(seeds.tasks.length > 200);
    const bare = seeds.tasks.filter(
      ({ body, place, period, deadline, ordinal }) => !body || !place || !(period || deadline) || !ordinal,
    );
    t.strictSame(
      bare.map(({ id }) => id),
      [],
    );
    const headOf = ({ parent, citations }: SeedRecord<'tasks'>): string => parent ?? firstDocument(citations);
    for (const [head, tasks] of groupBy(seeds.tasks, headOf)) {
      t.strictSame(
        tasks.map(({ ordinal }) => ordinal),
        tasks.map((_, index) => index + 1),
        `the tasks of ${head} are counted from 1 in printed order`,
      );
    }
  },
);

t.test('each document has its page of curation', async (t) => {
  t.strictSame(
    keys,
    seeds.documents.map(({ id }) => keyOf(id)),
  );
});

t.test('each page of curation counts the records that cite its document', async (t) => {
  for (const { id } of seeds.documents) {
    const page = await readFile(join(curation, `${keyOf(id)}.md`), 'utf8');
    const [before = ''] = page.split(/^## /m);
    t.strictSame(
      [...before.matchAll(/^\| ([a-z ]+) \| (\d+) \|$/gm)].map(([, kind, count]) => [kind, Number(count)]),
      recordsOf(seeds).map(([kind, records]) => [kind, statedBy(id, records)]),
      id,
    );
  }
});

/** Member → the flags of which one says that the curator inferred it. */
const inferences: Record<string, string[]> = {
  place: ['place_inferred'],
  period: ['period_inferred', 'year_inferred'],
  body: ['body_inferred'],
  issuer: ['body_inferred'],
};

t.test('a place, period or body is flagged as inferred exactly where no citation states it', async (t) => {
  const { bodies, persons, events, instruments, themes, mottos, tasks, observations } = seeds;
  const records: Inferable[] = [
    ...[...bodies, ...persons, ...events, ...instruments, ...themes, ...mottos, ...tasks],
    ...observations,
  ];
  t.ok(records.length > 500);
  const wrong = records.flatMap(({ id, citations, flags = [], ...record }) => {
    const printed = citations.filter((citation) => 'document' in citation);
    return Object.entries(inferences)
      .filter(([member]) => record[member] && printed.length > 0)
      .filter(([member, marks]) => {
        const nowhere = printed.every(({ inferred = [] }) => inferred.includes(member));
        return nowhere !== marks.some((mark) => flags.includes(mark));
      })
      .map(([member]) => `${id} ${member}`);
  });
  t.strictSame(wrong, []);
});

const kinds = [
  { what: 'group of digits', find: digitsIn, heading: 'Digits left out' },
  { what: 'number written as a word', find: numberWordsIn, heading: 'Number words left out' },
];
for (const key of keys) {
  for (const { what, find, heading } of kinds) {
    t.test(`every ${what} of document ${key} is cited, or left out with a reason`, { skip }, async (t) => {
      const { paragraphs, cited } = await readCited(key);
      const found = find(paragraphs);
      t.ok(found.length > 0, `${found.length} found`);
      const uncited = found.filter(
        ({ paragraph, start, end }) =>
          !cited.some((span) => span.paragraph === paragraph && span.start <= start && end <= span.end),
      );
      const rows = leftOut(await readFile(join(curation, `${key}.md`), 'utf8'), heading);
      t.strictSame(
        rows.map(({ paragraph, text }) => `${paragraph}: ${text}`).sort(),
        uncited.map(({ paragraph, text }) => `${paragraph}: ${text}`).sort(),
      );
      t.ok(
        rows.every(({ reason }) => reason.length > 10),
        'each row gives a reason',
      );
    });
  }
}
