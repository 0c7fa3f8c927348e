import t from 'tap';
import { type CiteOptions, cite } from '../../src/import/cite.ts';
import { countryDocuments, linesOf } from './country.ts';

const citation = (options: Partial<CiteOptions>) =>
  cite({ folder: countryDocuments, document: '901', paragraph: 3, words: 'תיירות', ...options });

t.test('prints a line for a seed file, with offsets in code points', async (t) => {
  t.equal(
    await citation({ paragraph: 5, words: 'שלושה ברורים' }),
    '- {document: document:901, paragraph: 5, start: 15, end: 27, printed: שלושה ברורים, sha256: 27b2e2c50d746aeda51f49527711a4d02b01b5875f6af548b7895df8cfb9d391}',
  );
});

t.test('takes one of several occurrences, and quotes what YAML would read as a number', async (t) => {
  t.equal(
    await citation({ paragraph: 4, words: '4', nth: 2 }),
    "- {document: document:901, paragraph: 4, start: 82, end: 83, printed: '4', sha256: 4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a}",
  );
});

t.test('prints no words beyond 60 characters', async (t) => {
  t.equal(
    await citation({
      paragraph: 4,
      words: 'המחוז דורג במקום 7 מתוך 63 ועלה ב-4 מקומות; 9 מתוך 10 כפרים הוכרו',
    }),
    '- {document: document:901, paragraph: 4, start: 0, end: 65, sha256: 70196cdb9e6adfe1eb73f8913e72ad45bd258d6b7dc191fe478cb42cebbefcd1}',
  );
});

const faults: [title: string, options: Partial<CiteOptions>, fault: string][] = [
  ['words that are not there', { words: 'xyzzy' }, 'words_not_found  the words occur 0 times in paragraph 3'],
  [
    'an occurrence too far',
    { words: 'תיירות', nth: 2 },
    'words_not_found  the words occur 1 times in paragraph 3',
  ],
  [
    'words that occur twice',
    { paragraph: 4, words: 'מתוך' },
    'ambiguous_words  the words occur 2 times in paragraph 4; say which one with --nth',
  ],
  ['a paragraph past the end', { paragraph: 6 }, 'paragraph_past_end  901 has 5 paragraphs, not 6'],
  [
    'a document that is not there',
    { document: '90' },
    'missing_document  no file in the folder begins with 90',
  ],
  [
    'a folder that is not there',
    { folder: 'nowhere' },
    'missing_document  no file in the folder begins with 901',
  ],
];
for (const [title, options, fault] of faults) {
  t.test(`refuses ${title}`, async (t) => {
    t.strictSame(await linesOf(() => citation(options)), [fault]);
  });
}

t.test('refuses a document of which there are two files', async (t) => {
  const folder = t.testdir({ '901_a.txt': 'a', '901.txt': 'b' });
  t.strictSame(await linesOf(() => citation({ folder })), [
    'ambiguous_document  2 files in the folder begin with 901',
  ]);
});
