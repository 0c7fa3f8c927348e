#!/usr/bin/env node
/** The command line; see `commands/`. */
import { main } from './commands/main.ts';
import { toleratingClosedPipe } from './commands/terminal.ts';

process.stdout.on('error', toleratingClosedPipe);
process.stderr.on('error', toleratingClosedPipe);

process.exitCode = await main(process.argv.slice(2));
