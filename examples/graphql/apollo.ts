import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { DistrictTasksDocument, TaskByIdDocument } from './generated/graphql.ts';
import { possibleTypes } from './generated/possible-types.ts';

const url = process.argv[2] ?? process.env['GOVDATA_URL'] ?? 'http://127.0.0.1:3000';

/** `task:…` → `Task`, `place_version:…` → `Place`: an id says the type of its record. */
function typeOf(id: string): string {
  const [word = ''] = id.split(/[_:]/);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const cache = new InMemoryCache({
  possibleTypes,
  typePolicies: {
    Query: {
      fields: {
        // Pages of one list are joined; another place is another list.
        tasks: relayStylePagination(['place', 'parent']),
        // A record that any query has brought is not fetched again.
        node: (known, { args, toReference }) =>
          known === undefined ? toReference({ __typename: typeOf(args?.['id']), id: args?.['id'] }) : known,
      },
    },
    // Without an id of its own: what two queries ask of one name is put together.
    Names: { merge: true },
  },
});

let requests = 0;
const link = new HttpLink({
  uri: `${url}/graphql`,
  fetch: (...request) => {
    requests += 1;
    return fetch(...request);
  },
});
const client = new ApolloClient({ link, cache });

const variables = { place: 'district:087', first: 10 };
const first = await client.query({ query: DistrictTasksDocument, variables });

// What useQuery and its fetchMore do in React: the page joins the list in the cache.
const list = client.watchQuery({ query: DistrictTasksDocument, variables });
await list.fetchMore({ variables: { after: first.data?.tasks.pageInfo.endCursor ?? null } });
const shown = client.readQuery({ query: DistrictTasksDocument, variables });
if (shown === null) throw new Error('no answer');
const tasks = shown.tasks.edges.map(({ node }) => node);

const requestsOfPages = requests;
const { data } = await client.query({ query: TaskByIdDocument, variables: { id: `${tasks[0]?.id}` } });
const requestsOfNode = requests - requestsOfPages;

// A mistake says which it is, and often what was meant.
const wrong = { query: DistrictTasksDocument, variables: { place: 'provnce:10', first: 1 } };
const { error } = await client.query({ ...wrong, errorPolicy: 'all' });
const mistake = CombinedGraphQLErrors.is(error) ? error.errors[0]?.extensions : error;

console.log(
  JSON.stringify({
    total: shown.tasks.totalCount,
    tasks,
    node: data?.node,
    mistake,
    requests: { pages: requestsOfPages, node: requestsOfNode },
  }),
);
client.stop();
