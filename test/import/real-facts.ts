/** The facts of the program with the administrative tree, read once for all tests of a process, which change nothing of it. */
import { type ReadResult, readSeeds } from '../../src/import/read.ts';
import { seedsFolder } from '../../src/import/seed.ts';
import { plantTree } from '../../src/import/tree/plant.ts';

let read: Promise<ReadResult> | undefined;

export function realFacts(): Promise<ReadResult> {
  read ??= readSeeds(seedsFolder).then((seeds) => plantTree(seeds));
  return read;
}
