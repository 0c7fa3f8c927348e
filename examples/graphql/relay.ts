import {
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getSingularSelector,
  Network,
  type ReaderFragment,
  RecordSource,
  Store,
} from 'relay-runtime';
import cardFragment, { type relayTasks_card$key } from './__generated__/relayTasks_card.graphql.ts';
import listFragment, { type relayTasks_list$key } from './__generated__/relayTasks_list.graphql.ts';
import factQuery, { type relayTasksFactQuery } from './__generated__/relayTasksFactQuery.graphql.ts';
import listQuery, { type relayTasksListQuery } from './__generated__/relayTasksListQuery.graphql.ts';
import pageQuery, { type relayTasksPageQuery } from './__generated__/relayTasksPageQuery.graphql.ts';
import recordQuery, { type relayTasksRecordQuery } from './__generated__/relayTasksRecordQuery.graphql.ts';

const url = process.argv[2] ?? process.env['GOVDATA_URL'] ?? 'http://127.0.0.1:3000';

let requests = 0;
const network = Network.create(async ({ text }, variables) => {
  requests += 1;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text, variables }),
  });
  return response.json();
});

/** These stand for another record and bear its id: in the store they are not that record. */
const standIns = ['Fact', 'Hit', 'Target'];

const environment = new Environment({
  network,
  store: new Store(new RecordSource()),
  getDataID: ({ id }, type) => (standIns.includes(type) ? `${type} of ${id}` : id),
  // A record that any query has brought is not fetched again.
  missingFieldHandlers: [
    { kind: 'linked', handle: (field, _record, args) => (field?.name === 'node' ? args['id'] : undefined) },
  ],
});

/** What useFragment does in React. */
function read<Key extends { ' $data'?: unknown }>(fragment: ReaderFragment, key: Key) {
  return environment.lookup(getSingularSelector(fragment, key)).data as NonNullable<Key[' $data']>;
}

// What usePreloadedQuery does: it fetches, and keeps what came for as long as the screen is open.
const place = 'district:087';
environment.retain(createOperationDescriptor(listQuery, { place }));
const screen = await fetchQuery<relayTasksListQuery>(environment, listQuery, { place }).toPromise();
if (!screen) throw new Error('no answer');

// What usePaginationFragment does when it loads more: the page joins the list in the store.
const list = () => read<relayTasks_list$key>(listFragment, screen).tasks;
const cursor = list().pageInfo.endCursor;
await fetchQuery<relayTasksPageQuery>(environment, pageQuery, { place, cursor }).toPromise();
const tasks = list().edges.map(({ node }) => read<relayTasks_card$key>(cardFragment, node));

const requestsOfPages = requests;
const id = `${tasks[0]?.id}`;
const known = await fetchQuery<relayTasksRecordQuery>(
  environment,
  recordQuery,
  { id },
  { fetchPolicy: 'store-or-network' },
).toPromise();
const node = known?.node?.task && read<relayTasks_card$key>(cardFragment, known.node.task);
const requestsOfNode = requests - requestsOfPages;

const { fact } = (await fetchQuery<relayTasksFactQuery>(environment, factQuery, { id }).toPromise()) ?? {};

// A mistake says which it is, and often what was meant.
const mistake = await fetchQuery<relayTasksListQuery>(environment, listQuery, { place: 'provnce:10' })
  .toPromise()
  .catch(({ source }) => source.errors[0].extensions);

console.log(
  JSON.stringify({
    total: list().totalCount,
    tasks,
    node,
    citeAs: fact?.citeAs,
    mistake,
    requests: { pages: requestsOfPages, node: requestsOfNode },
  }),
);
