/** Writes docs/openapi.json from the contract; CI writes it again and compares. */
import { writeFileSync } from 'node:fs';
import { openApiDocument } from '../src/routes/openapi.ts';

const file = new URL('../docs/openapi.json', import.meta.url);
const document = { 'x-generated-by': 'npm run generate', ...openApiDocument() };
writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
