/** Serves, as the command does, with the settings of its environment. Started by processes/server.test.ts. */
import { loadConfig } from '../src/config.ts';
import { serve } from '../src/server.ts';

await serve(loadConfig());
// What a defect in a timer would do.
if (process.env['TEST_CRASH'] !== undefined) {
  setTimeout(() => {
    throw new Error('a defect');
  }, 100);
}
