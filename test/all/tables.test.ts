/** The importer of published tables, in one process. */
import { together } from '../together.ts';

await together('import/table');
