/** Whatever may be asked of the service and given to the importers, in one process. */
import { together } from '../together.ts';

await together('fuzz');
