/** Conversion tables of old and new communes, in one process. */
import { together } from '../together.ts';

await together('import/crosswalk');
