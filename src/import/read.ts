/** Reads the seed files: UTF-8, YAML, shapes. Faults in the files are gathered, not thrown. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TSchema } from 'typebox';
import { isMap, isSeq, type Pair, type ParsedNode } from 'yaml';
import { type Fault, FaultsError, nearest } from '../errors.ts';
import { compareTexts } from '../lists.ts';
import { validatorOf } from '../schema/validator.ts';
import { type Position, Positions } from './positions.ts';
import { type Section, type Seeds, sections } from './shapes.ts';
import { positionOf, type Reference, type Walk, walk } from './walk.ts';
import { parseYaml } from './yaml.ts';

/** A record's own id and where it is written, also of records with faults. */
export interface Declaration {
  id: string;
  position: Position;
}

export interface ReadResult {
  /** The records without a fault of their own. */
  seeds: Seeds;
  declared: Declaration[];
  references: Reference[];
  positions: Positions;
  faults: Fault[];
  files: string[];
  /** A file could not be read at all, so that what it declares is not known. */
  unreadable: boolean;
}

/** How a fault names a record of each section. */
const recordNames: Record<Section, string> = {
  documents: 'a document',
  places: 'a place',
  placeChanges: 'a place change',
  bodies: 'a body',
  persons: 'a person',
  events: 'an event',
  instruments: 'an instrument',
  themes: 'a theme',
  mottos: 'a motto',
  tasks: 'a task',
  indicators: 'an indicator',
  observations: 'an observation',
  contradictions: 'a contradiction',
  corrections: 'a correction',
  placeCitations: 'a place citation',
  treeCounts: 'a tree count',
  treeActs: 'a tree act',
  treeProvinces: 'a tree province',
  treeCorrections: 'a tree correction',
  treeContinuations: 'a tree continuation',
  treeAmendments: 'a tree amendment',
  treeArrangements: 'a tree arrangement',
  treeOrigins: 'a tree origin',
  treeExonyms: 'a tree exonym',
  crosswalkCorrections: 'a crosswalk correction',
  crosswalkParents: 'a crosswalk parent',
  crosswalkExceptions: 'a crosswalk exception',
};

/** Of descriptions of tables, which `govdata import table` reads. */
const specsFolder = 'specs/';

/** Faults name a file by its path from the folder's parent: `seeds/003.yml`. */
export async function readSeeds(folder: string): Promise<ReadResult> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new FaultsError('The seed files cannot be read.', [
      { code: 'missing_folder', message: `there is no folder ${folder}` },
    ]);
  });
  const found = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length)
        .replace(/^[/\\]+/, ''),
    )
    .filter((path) => !path.startsWith(specsFolder))
    .sort(compareTexts);
  const result: ReadResult = {
    seeds: emptySeeds(),
    declared: [],
    references: [],
    positions: new Positions(),
    faults: [],
    files: [],
    unreadable: false,
  };
  for (const path of found) {
    const file = `${basename(folder)}/${path.replaceAll('\\', '/')}`;
    result.files.push(file);
    readText(result, file, await readFile(join(folder, path)));
  }
  return result;
}

function emptySeeds(): Seeds {
  return {
    documents: [],
    places: [],
    placeChanges: [],
    bodies: [],
    persons: [],
    events: [],
    instruments: [],
    themes: [],
    mottos: [],
    tasks: [],
    indicators: [],
    observations: [],
    contradictions: [],
    corrections: [],
    placeCitations: [],
    treeCounts: [],
    treeActs: [],
    treeProvinces: [],
    treeCorrections: [],
    treeContinuations: [],
    treeAmendments: [],
    treeArrangements: [],
    treeOrigins: [],
    treeExonyms: [],
    crosswalkCorrections: [],
    crosswalkParents: [],
    crosswalkExceptions: [],
  };
}

function readText(result: ReadResult, file: string, bytes: Buffer): void {
  const { positions, faults } = result;
  const before = faults.length;
  const parsed = parseYaml(file, bytes, { faults, positions });
  result.unreadable ||= faults.length > before;
  if (parsed) readSections(result, parsed.context, parsed.contents);
}

function readSections(result: ReadResult, context: Walk, contents: ParsedNode | null): void {
  if (contents === null) return;
  if (!isMap<ParsedNode, ParsedNode | null>(contents)) {
    const message = `a seed file is a map of sections: ${Object.keys(sections).join(', ')}`;
    result.faults.push({ code: 'wrong_type', message, ...positionOf(context, contents) });
    return;
  }
  for (const pair of contents.items) readSection(result, context, pair);
}

function readSection(
  result: ReadResult,
  context: Walk,
  { key, value }: Pair<ParsedNode, ParsedNode | null>,
): void {
  const name = String(key);
  if (!isSection(name)) {
    const suggestion = nearest(name, Object.keys(sections));
    result.faults.push({
      code: 'unknown_section',
      message: `"${name}" is not a section of a seed file`,
      ...positionOf(context, key),
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  } else if (isSeq<ParsedNode>(value)) {
    for (const item of value.items) readRecord(result, context, name, item);
  } else {
    const message = `"${name}" must be a list of records`;
    result.faults.push({ code: 'wrong_type', message, ...positionOf(context, key) });
  }
}

function isSection(name: string): name is Section {
  return Object.hasOwn(sections, name);
}

function readRecord(result: ReadResult, context: Walk, section: Section, item: ParsedNode): void {
  const before = result.faults.length;
  const shape: TSchema = sections[section];
  context.references = [];
  const value = walk(context, item, shape, recordNames[section]);
  result.references.push(...context.references.map((reference) => ({ ...reference, record: value })));
  if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string') {
    result.declared.push({ id: value.id, position: positionOf(context, item) });
  }
  if (result.faults.length > before) return;
  const list: unknown[] = result.seeds[section];
  list.push(validatorOf(shape).Parse(value));
}
