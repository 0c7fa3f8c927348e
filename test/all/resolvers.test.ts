/** The GraphQL mouth, in one process. */
import { together } from '../together.ts';

await together('resolvers', 'schema');
