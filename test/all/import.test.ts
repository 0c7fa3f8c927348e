/** What loads data, in one process. */
import { together } from '../together.ts';

await together('import', 'import/tree', 'import/transfer');
