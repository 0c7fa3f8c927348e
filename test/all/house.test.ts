/** The contract, the settings, the pages of docs and the house itself, in one process. */
import { together } from '../together.ts';

await together('.');
