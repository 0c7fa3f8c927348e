/** The explorer in a browser, in one process. */
import { together } from '../together.ts';

await together('explorer');
