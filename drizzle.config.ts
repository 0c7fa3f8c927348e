/** For `npm run migrations:make`: drizzle-kit compares `src/db/tables.ts` with the last migration. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({ dialect: 'postgresql', schema: './src/db/tables.ts', out: './migrations' });
