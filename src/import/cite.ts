/** `govdata cite`: the citation of some words of a document, as a line for a seed file. */
import { readdir } from 'node:fs/promises';
import { Document } from 'yaml';
import { FaultsError } from '../errors.ts';
import { longestPrinted, sha256 } from './citations.ts';
import { readSource, type Source } from './sources.ts';
import { lengthOf } from './spans.ts';

export interface CiteOptions {
  folder: string;
  /** `003`, of `document:003`, whose file name begins so. */
  document: string;
  paragraph: number;
  words: string;
  /** Which occurrence, from 1, where there are several. */
  nth?: number;
}

export async function cite({ folder, document, paragraph, words, nth }: CiteOptions): Promise<string> {
  const { paragraphs } = await openSource(folder, document);
  const text = paragraphs[paragraph - 1]?.join('');
  if (text === undefined) {
    throw fault('paragraph_past_end', `${document} has ${paragraphs.length} paragraphs, not ${paragraph}`);
  }
  const found = occurrences(text, words);
  if (nth === undefined && found.length > 1) {
    const message = `the words occur ${found.length} times in paragraph ${paragraph}; say which one with --nth`;
    throw fault('ambiguous_words', message);
  }
  const index = found[(nth ?? 1) - 1];
  if (index === undefined) {
    throw fault('words_not_found', `the words occur ${found.length} times in paragraph ${paragraph}`);
  }
  const start = lengthOf(text.slice(0, index));
  const end = start + lengthOf(words);
  const printed = end - start <= longestPrinted ? { printed: words } : {};
  return yamlLine({
    document: `document:${document}`,
    paragraph,
    start,
    end,
    ...printed,
    sha256: sha256(words),
  });
}

async function openSource(folder: string, document: string): Promise<Source> {
  const names = await readdir(folder).catch(() => []);
  const [name = '', ...others] = names.filter(
    (name) => name.startsWith(document) && !/[A-Za-z0-9]/.test(name.charAt(document.length)),
  );
  if (others.length > 0) {
    throw fault('ambiguous_document', `${others.length + 1} files in the folder begin with ${document}`);
  }
  const source = await readSource(folder, name);
  if (!source) throw fault('missing_document', `no file in the folder begins with ${document}`);
  return source;
}

/** Where the words begin, also within each other, in code units. */
function occurrences(text: string, words: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
}

/** As a list item on one line, with quotes where YAML needs them. */
function yamlLine(citation: object): string {
  const document = new Document();
  const line = document.createNode(citation, { flow: true });
  document.contents = document.createNode([line]);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, singleQuote: true }).trimEnd();
}

function fault(code: string, message: string): FaultsError {
  return new FaultsError('The words cannot be cited.', [{ code, message }]);
}
