/**
 * `npm run test:deep` sets `GOVDATA_TEST_RUNS`: it runs what takes long, and of what `npm test` runs a part of, all or more.
 */

const given = process.env['GOVDATA_TEST_RUNS'];

export const isDeep = given !== undefined;

/** How many times: `few` in `npm test`, `each` for each of its runs in the deep run. */
export const runsOr = (few: number, each = 1): number => (isDeep ? Math.ceil(Number(given) * each) : few);

/** Of what is drawn at random: the same in each `npm test`, another one in each deep run; `GOVDATA_TEST_SEED` repeats that. */
export const seedOr = (fixed: number): number =>
  Number(process.env['GOVDATA_TEST_SEED'] ?? (isDeep ? Math.floor(Math.random() * 2 ** 31) : fixed));

/** `skip` of a test that only the deep run has. */
export const onlyDeep = !isDeep && 'npm run test:deep runs it';

/** Of many alike: all of them in the deep run, else each one in so many, evenly. */
export const oneIn = <T>(number: number, all: readonly T[]): readonly T[] =>
  isDeep ? all : all.filter((_, index) => index % number === 0);
