/** The database and how it is operated, in one process. */
import { together } from '../together.ts';

await together('db', 'operating');
