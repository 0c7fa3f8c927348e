/** Has types blanked out of what tests load, and large packages loaded as bundles; see hooks.mjs. */
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
