/** What is around both mouths, in one process. */
import { together } from '../together.ts';

await together('cache', 'commands', 'metrics', 'ops', 'security');
