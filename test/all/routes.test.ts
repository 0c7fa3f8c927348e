/** The REST mouth, in one process. */
import { together } from '../together.ts';

await together('routes', 'routes/formats');
