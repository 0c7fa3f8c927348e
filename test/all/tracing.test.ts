/** Traces, in one process. */
import { together } from '../together.ts';

await together('tracing');
