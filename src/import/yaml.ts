/** A YAML file as nodes, which know where they stand; what is wrong with its text is told like any other fault. */
import { LineCounter, type ParsedNode, parseDocument, type YAMLError } from 'yaml';
import type { Fault } from '../errors.ts';
import { decodeUtf8 } from '../utf8.ts';
import type { Walk } from './walk.ts';

export interface ParsedYaml {
  /** With which its nodes are walked. */
  context: Walk;
  contents: ParsedNode | null;
}

/** Undefined where the text cannot be read; that of a file with warnings can. */
export function parseYaml(
  file: string,
  bytes: Buffer,
  { faults, positions }: Pick<Walk, 'faults' | 'positions'>,
): ParsedYaml | undefined {
  const text = decodeUtf8(bytes);
  if (typeof text === 'number') {
    faults.push({ code: 'invalid_utf8', message: 'the line is not valid UTF-8', file, line: text });
    return undefined;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    version: '1.2',
  });
  faults.push(...[...document.errors, ...document.warnings].map((one) => syntaxFault(file, lines, one)));
  if (document.errors.length > 0) return undefined;
  return { context: { file, lines, faults, references: [], positions }, contents: document.contents };
}

/** The parser's words, but where they speak to programmers. */
const syntaxFaults: { [code: string]: readonly [code: string, message: string] } = {
  DUPLICATE_KEY: ['duplicate_key', 'the key stands twice in one map'],
  MULTIPLE_DOCS: ['yaml_syntax', 'a second YAML document begins; a file holds one'],
};

function syntaxFault(file: string, lines: LineCounter, problem: YAMLError): Fault {
  const { line, col } = lines.linePos(problem.pos[0]);
  const [code, message] = syntaxFaults[problem.code] ?? ['yaml_syntax', problem.message];
  return { code, message, file, line, column: col };
}
