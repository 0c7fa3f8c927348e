import { Client, cacheExchange, fetchExchange } from '@urql/core';
import { DistrictTasksDocument, TaskByIdDocument } from './generated/graphql.ts';

const url = process.argv[2] ?? process.env['GOVDATA_URL'] ?? 'http://127.0.0.1:3000';

const client = new Client({
  url: `${url}/graphql`,
  exchanges: [cacheExchange, fetchExchange],
});

async function tasksPage(after: string | null) {
  const variables = { place: 'district:087', first: 10, after };
  const { data, error, operation } = await client.query(DistrictTasksDocument, variables);
  if (data === undefined) throw error ?? new Error('no answer');
  return { ...data.tasks, cache: operation.context.meta?.cacheOutcome };
}

const first = await tasksPage(null);
const second = await tasksPage(first.pageInfo.endCursor);
// What was asked once is not asked again: the document cache keeps whole answers, by query and variables.
const firstAgain = await tasksPage(null);

const tasks = [...first.edges, ...second.edges].map(({ node }) => node);
const { data } = await client.query(TaskByIdDocument, { id: `${tasks[0]?.id}` });

// A mistake says which it is, and often what was meant.
const wrong = await client.query(DistrictTasksDocument, { place: 'provnce:10', first: 1 });
const mistake = wrong.error?.graphQLErrors[0]?.extensions;

console.log(
  JSON.stringify({
    total: first.totalCount,
    tasks,
    node: data?.node,
    mistake,
    cache: [first.cache, second.cache, firstAgain.cache],
  }),
);
