/** What both mouths answer, in one process. */
import { together } from '../together.ts';

await together('answers');
