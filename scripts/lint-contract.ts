/**
 * Holds an OpenAPI document to the rules of others: `recommended` of Redocly, as redocly.yaml takes them, and `oas` of
 * Spectral. Every finding is a fault, warnings too. `npm run lint:openapi`, or with another file.
 */

import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { getLineColLocation, lint, loadConfig } from '@redocly/openapi-core';
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import parsers from '@stoplight/spectral-parsers';
import spectralRulesets from '@stoplight/spectral-rulesets';
import { type Fault, faultLine } from '../src/errors.ts';

const root = resolve(import.meta.dirname, '..');

/** All that either finds, in the order of the lines. */
export async function findingsOf(file: string): Promise<Fault[]> {
  const findings = [...(await byRedocly(file)), ...(await bySpectral(file))];
  return findings.sort((one, other) => Number(one.line) - Number(other.line));
}

async function byRedocly(file: string): Promise<Fault[]> {
  const config = await loadConfig({ configPath: resolve(root, 'redocly.yaml') });
  const problems = await lint({ ref: file, config });
  return problems.map(({ ruleId, message, location: [location] }) => ({
    code: `redocly/${ruleId}`,
    message: message.replaceAll('\n', ' '),
    file: shown(file),
    ...(location === undefined ? {} : { line: getLineColLocation(location).start.line }),
  }));
}

const { Document, Spectral } = spectralCore;
const { oas } = spectralRulesets;
const repeatedWord = 'duplicated-entry-in-enum';
const ruleset = {
  extends: [[oas, 'recommended']],
  // As Spectral has it, its path fails on every null, of which examples are full.
  rules: {
    [repeatedWord]: {
      ...oas.rules[repeatedWord],
      given: "$..[?(@ && @property !== 'properties' && @.enum && @.enum.constructor.name === 'Array')]",
    },
  },
} as RulesetDefinition;

async function bySpectral(file: string): Promise<Fault[]> {
  const spectral = new Spectral();
  spectral.setRuleset(ruleset);
  const results = await spectral.run(new Document(readFileSync(file, 'utf8'), parsers.Json, file));
  return results.map(({ code, message, range }) => ({
    code: `spectral/${code}`,
    message,
    file: shown(file),
    line: range.start.line + 1,
  }));
}

const shown = (file: string): string => relative(root, resolve(file));

if (process.argv[1] === import.meta.filename) {
  const findings = await findingsOf(process.argv[2] ?? resolve(root, 'docs/openapi.json'));
  for (const finding of findings) console.error(faultLine(finding));
  if (findings.length > 0) process.exitCode = 1;
  else console.log('The linters of Redocly and Spectral find nothing.');
}
