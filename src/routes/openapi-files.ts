/** How the OpenAPI document tells of the metadata of CSV files. */
import { metadataMediaType } from './formats/csvw.ts';
import type { Json } from './openapi-schemas.ts';

/** By the operation that the CSV file is: it is asked for with the same arguments. */
export function metadataObject({ operationId, summary, responses, ...file }: Json): Json {
  const { 200: found, ...others } = responses as Record<string, Json>;
  const schema = { type: 'object', description: 'A table of the vocabulary http://www.w3.org/ns/csvw.' };
  return {
    operationId: `${operationId}Metadata`,
    ...file,
    summary: `${summary}: what the file holds`,
    description:
      'The metadata of the CSV file that the same arguments give, by the W3C standard for tabular data (CSV on the Web): every column with its type and what it means.',
    responses: {
      200: { ...found, description: 'The metadata.', content: { [metadataMediaType]: { schema } } },
      ...others,
    },
  };
}
