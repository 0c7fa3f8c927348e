/** Has types blanked out of what tests load; see hooks.mjs. */
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
