import { readFileSync } from 'node:fs';

/** The program's version, from package.json; the file lies one folder above both src/ and dist/. */
export const programVersion = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
