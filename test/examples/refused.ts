/** Programs of which the compiler is to refuse some lines, beside the examples of a folder. */
export const refused = {
  graphql: `import { Client } from '@urql/core';
import { DistrictTasksDocument } from './generated/graphql.ts';
const client = new Client({ url: 'http://127.0.0.1:3000/graphql', exchanges: [] });
const { data } = await client.query(DistrictTasksDocument, { place: 'district:087', first: 1 });
export const text: string | null | undefined = data?.tasks.edges[0]?.node.name.label.text;
export const total: number = data?.tasks.totalCount ?? 0;
export const notAsked = data?.tasks.edges[0]?.node.note;
export const perhapsNull: number | undefined = data?.tasks.totalCount;
await client.query(DistrictTasksDocument, { first: 1 });
await client.query(DistrictTasksDocument, { place: 'district:087', first: '1' });
`,
  rest: `import createClient from 'openapi-fetch';
import type { paths } from './generated/openapi.ts';
const client = createClient<paths, 'application/json' | 'application/problem+json'>({ baseUrl: 'http://127.0.0.1:3000' });
const { data, error } = await client.GET('/v1/themes', { params: { query: { place: 'district:087' } } });
export const total: number | null | undefined = data?.total;
export const code: string | undefined = error?.code;
export const vi: string = data?.items[0]?.name.vi ?? '';
export const neverNull: number | undefined = data?.total;
export const noMember = data?.items[0]?.title;
await client.GET('/v1/theme');
await client.GET('/v1/themes', { params: { query: { size: 1 } } });
await client.GET('/v1/observations', { params: { query: { measure: ['sum'] } } });
`,
};
