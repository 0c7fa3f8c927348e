/** What the database is asked, in one process. */
import { together } from '../together.ts';

await together('queries');
