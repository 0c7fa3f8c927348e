/** Reads a program's files, and what each imports of the others. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

export interface House {
  files: readonly string[];
  textOf: ReadonlyMap<string, string>;
  imports: readonly Import[];
}

/** All of a folder but of some folders in it. */
export function readHouse(folder: string, without: readonly string[] = []): House {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !without.some((one) => name.startsWith(`${one}/`)))
    .map((name) => join(folder, name))
    .sort();
  const textOf = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  const imports = [...textOf].flatMap(([from, text]) =>
    [
      ...text.matchAll(
        /^(?:import|export)(?<type> type)?\b[^;']*?from '(?<path>\.[^']+)'|\bimport\('(?<lazy>\.[^']+)'\)/gm,
      ),
    ].map(({ groups = {} }) => ({
      from,
      to: fileAt(join(dirname(from), groups['path'] ?? groups['lazy'] ?? '')),
      typeOnly: groups['type'] !== undefined,
    })),
  );
  return { files, textOf, imports };
}

/** Where bundlers find it: its ending may be left out. */
const fileAt = (path: string): string =>
  ['', '.ts', '.tsx']
    .map((ending) => `${path}${ending}`)
    .find((file) => /\.tsx?$/.test(file) && existsSync(file)) ?? path;

/** Ways on which a file imports itself. */
export function cyclesOf({ files, imports }: Pick<House, 'files' | 'imports'>): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file]);
    if (path.includes(file) || done.has(file)) return;
    for (const { from, to } of imports) if (from === file) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return cycles;
}
