#!/usr/bin/env node
/** The command line; see `commands/`. */
import { main } from './commands/main.ts';

process.exitCode = await main(process.argv.slice(2));
