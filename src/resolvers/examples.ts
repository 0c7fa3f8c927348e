/** Five screens that a frontend would build, each in one request: the page at `/graphiql` opens with them. */

export interface Example {
  /** As the tab says it. */
  name: string;
  query: string;
  variables: Record<string, unknown>;
}

export const examples: readonly Example[] = [
  {
    name: "A district's year",
    variables: { code: '087', year: 2024 },
    query: `# What a district set out to do in a year, who is to do it, and where that is printed.
# The district ended on 2025-07-01; its plans are still there.
query DistrictYear($code: String!, $year: Int!) {
  district(code: $code) {
    fullName { vi en }
    status
    validTo
    themes(year: $year) {
      nodes { name { en } elements { en } body { name { vi en } } }
    }
    tasks(parent: "none", year: $year, first: 10) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        ordinal
        kind
        name { en }
        deadline { date comparator }
        responsible { nodes { name { en } } }
        subtasks(first: 5) {
          totalCount
          nodes { name { en } responsible { nodes { name { en } } } }
        }
        citations(first: 2) { nodes { paragraph start end document { id } } }
      }
    }
  }
}
`,
  },
  {
    name: 'Targets and results',
    variables: { place: 'province:37', year: 2023 },
    query: `# What was set out, and what came of it: by which rule, with which figures, printed where.
query TargetsAndResults($place: ID!, $year: Int!) {
  targets(place: $place, year: $year, first: 20) {
    totalCount
    nodes {
      kind
      indicator { name { en } }
      period { label }
      measure
      comparator
      value
      unit
      issuer { name { en } }
      citations { nodes { paragraph printed document { id } } }
      result {
        status
        text
        formula
        gap
        gapUnit
        observation {
          value
          unit
          scenario
          citations { nodes { paragraph printed document { id } } }
        }
      }
    }
  }
}
`,
  },
  {
    name: 'An indicator in time',
    variables: { indicator: 'state_budget_revenue', place: 'province:37' },
    query: `# Every figure of one indicator and place, oldest first; a break says why two cannot be set side by side.
query IndicatorInTime($indicator: String!, $place: ID!) {
  series(indicator: $indicator, place: $place, include: [residuals]) {
    nodes {
      indicator { name { en } }
      place { fullName { vi } }
      unit
      points {
        kind
        period { label cumulative }
        scenario
        comparator
        value
        flags
        breaks { kind text }
        observation { id citations { nodes { paragraph printed document { id } } } }
      }
    }
  }
}
`,
  },
  {
    name: 'A place through time',
    variables: { id: 'place:lao-cai-10' },
    query: `# Lào Cai has the code 10 until 2025-07-01 and 15 after: each version, what it was made of and what became of it.
query PlaceThroughTime($id: ID!) {
  placeHistory(id: $id) {
    nodes {
      id
      code
      fullName { vi en }
      validFrom
      validTo
      status
      predecessors { coverage kind legalBasis place { code fullName { vi } } }
      successors { coverage kind effectiveOn legalBasis place { code fullName { vi } } }
      children(first: 5) { totalCount nodes { code fullName { vi } } }
    }
  }
}
`,
  },
  {
    name: 'Contradictions',
    variables: { first: 10 },
    query: `# Records that cannot all be true. Both sides are kept, each with the place where it is printed.
query Contradictions($first: Int!) {
  contradictions(first: $first) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      kind
      name { en }
      note
      sides {
        states
        fact {
          id
          name { en }
          citations { nodes { paragraph start end printed document { id } } }
          record { ... on Observation { value unit period { label } place { fullName { vi } } } }
        }
      }
      outsideEvidence
    }
  }
}
`,
  },
];
