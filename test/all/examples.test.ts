/** The examples, as partners run them, in one process. */
import { together } from '../together.ts';

await together('examples');
