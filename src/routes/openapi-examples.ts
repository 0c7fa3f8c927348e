/** Examples of the OpenAPI document: what the service really answered, kept in a file that `npm run generate` writes. */
import { readFileSync } from 'node:fs';
import { type ErrorCode, errorCodes } from '../errors.ts';
import type { Json } from './openapi-schemas.ts';

/** A question as it was asked, such as `GET /v1/themes?limit=1`, and what was answered. */
export interface Example {
  question: string;
  /** Whether lists were cut behind their first items, for a person to read. */
  cut: boolean;
  answer: unknown;
}

export interface Examples {
  /** By the name of the operation; one that finds nothing on the published data has none. */
  answers: Record<string, Example>;
  /** By the code of the error; those that only GraphQL has are not here. */
  problems: Partial<Record<ErrorCode, Example>>;
}

/** It is a part of the program, as the front page is: the document is made without a database. */
export const examplesFile = new URL('../../public/openapi-examples.json', import.meta.url);

export const readExamples = (): Examples => JSON.parse(readFileSync(examplesFile, 'utf8'));

/** The examples of a media type of OpenAPI: nothing where there is none. */
export function examplesOf(examples: Record<string, Example>): Json {
  const all = Object.entries(examples).map(([name, { question, cut, answer }]) => [
    name,
    { summary: question, ...(cut ? { description: 'Its lists are cut.' } : {}), value: answer },
  ]);
  return all.length === 0 ? {} : { examples: Object.fromEntries(all) };
}

/** The codes that REST answers with this status, each with a real problem document. */
export function problemsOf(status: number, { problems }: Examples): Record<string, Example> {
  const codes = Object.entries(problems).filter(([code]) => errorCodes[code as ErrorCode].status === status);
  return Object.fromEntries(codes);
}
