import { graphql } from 'relay-runtime';

export const listFragment = graphql`
  fragment relayTasks_list on Query
  @argumentDefinitions(
    place: { type: "ID!" }
    count: { type: "Int", defaultValue: 10 }
    cursor: { type: "String" }
  )
  @refetchable(queryName: "relayTasksPageQuery") {
    tasks(place: $place, parent: "none", first: $count, after: $cursor)
      @connection(key: "relayTasks_tasks") {
      totalCount
      edges {
        node {
          id
          ...relayTasks_card
        }
      }
      pageInfo {
        endCursor
      }
    }
  }
`;

export const cardFragment = graphql`
  fragment relayTasks_card on Task {
    id
    name {
      label(lang: vi) {
        text
        language
      }
    }
    deadline {
      date
    }
    responsible(first: 5) {
      nodes {
        id
        name {
          en
        }
      }
    }
    citations(first: 3) {
      nodes {
        id
        paragraph
        document {
          id
          fileName
        }
      }
    }
  }
`;

export const listQuery = graphql`
  query relayTasksListQuery($place: ID!) {
    ...relayTasks_list @arguments(place: $place)
  }
`;

export const recordQuery = graphql`
  query relayTasksRecordQuery($id: ID!) {
    node(id: $id) {
      id
      ...relayTasks_card @alias(as: "task")
    }
  }
`;

export const factQuery = graphql`
  query relayTasksFactQuery($id: ID!) {
    fact(id: $id) {
      id
      citeAs
    }
  }
`;
