/** What is asked: thousands of different questions of each kind, drawn from the data, the same in each run. */
import { firstYear } from '../figures.ts';
import { withClient } from './data.ts';
import { type Asked, get, post } from './load.ts';

/** So many that no cache answers by accident. */
const most = 4096;

export interface Questions {
  /** Codes of communes. */
  communes: string[];
  series: { indicator: string; place: string; version: string }[];
  /** Pages of an indicator: after which observation they start. */
  pages: { indicator: string; start: string }[];
  indicators: string[];
}

export const readQuestions = (url: string): Promise<Questions> =>
  withClient(url, async (client) => {
    const { rows: communes } = await client.query<{ code: string }>(
      `select code from place_versions where level = 'commune' and until_release is null
       group by code order by md5(code) limit $1`,
      [most],
    );
    const { rows: figures } = await client.query<Questions['series'][number] & { id: string }>(
      `select o.id, substr(o.indicator_id, 11) as indicator, v.place_id as place, v.id as version
       from observations o join place_versions v on v.id = o.place_version_id and v.until_release is null
       where o.dataset_id is not null and o.until_release is null and o.period_end = $1
         and not exists (select from observations of_seed where of_seed.dataset_id is null
           and of_seed.indicator_id = o.indicator_id and of_seed.place_version_id = o.place_version_id)
       order by md5(o.id) limit $2`,
      [`${firstYear}-12-31`, most],
    );
    return {
      communes: communes.map(({ code }) => code),
      series: figures.map(({ id: _, ...series }) => series),
      pages: figures.map(({ id, indicator }) => ({ indicator, start: id })),
      indicators: [...new Set(figures.map(({ indicator }) => indicator))],
    };
  });

export const placePath = (code: string): string => `/v1/communes/${code}`;
export const seriesPath = ({ indicator, place }: Questions['series'][number]): string =>
  `/v1/series?indicator=${indicator}&place=${place}`;

/** The addresses of pages: by cursors of the service, which are moved to where a page is to start. */
export async function pagePaths(address: string, pages: Questions['pages']): Promise<string[]> {
  const positions = new Map<string, unknown[]>();
  const paths: string[] = [];
  for (const { indicator, start } of pages) {
    const path = `/v1/observations?indicator=${indicator}&limit=100`;
    const known = positions.get(indicator) ?? (await positionOf(`${address}${path}`));
    positions.set(indicator, known);
    const moved = Buffer.from(JSON.stringify([...known.slice(0, -1), start])).toString('base64url');
    paths.push(`${path}&after=${moved}`);
  }
  return paths;
}

async function positionOf(url: string): Promise<unknown[]> {
  const { next } = (await (await fetch(url)).json()) as { next: string };
  return JSON.parse(Buffer.from(next, 'base64url').toString()) as unknown[];
}

/** The peer of our own making knows no cursors. */
export const peerPagePath = ({ indicator, start }: Questions['pages'][number]): string =>
  `/v1/observations?indicator=${indicator}&start=${start}`;

/** The same facts by the words of either schema. */
export const documents = {
  place: {
    ours: 'query P($id:ID!){place(id:$id){id placeId level code type name{vi en}fullName{vi en}validFrom validTo}}',
    theirs:
      'query P($id:String!){placeVersionByRowIdAndSinceRelease(rowId:$id,sinceRelease:1){rowId placeId level code type name fullName validFrom validTo}}',
  },
  series: {
    ours: 'query S($i:String!,$p:ID!){series(indicator:$i,place:$p){nodes{unit points{period{start end label}scenario comparator value}}}}',
    theirs:
      'query S($i:String!,$p:String!){allObservations(condition:{indicatorId:$i,placeVersionId:$p,measure:"value",untilRelease:null},orderBy:[PERIOD_END_ASC]){nodes{unit periodStart periodEnd periodLabel scenario comparator value}}}',
  },
  nested: {
    ours: 'query N($i:[String!],$n:Int){provinces(on:"2000-01-01",first:20){nodes{code name{vi en}children(level:[district],first:10){nodes{code name{vi en}observations(indicator:$i,first:$n){nodes{period{end}value}}}}}}}',
    theirs:
      'query N($i:String!,$n:Int){allPlaceVersions(condition:{level:"province",validFrom:null,untilRelease:null},orderBy:[CODE_ASC],first:20){nodes{code name children(condition:{level:"district",validFrom:null,untilRelease:null},orderBy:[CODE_ASC],first:10){nodes{code name observations(condition:{indicatorId:$i,untilRelease:null},orderBy:[ROW_ID_ASC],first:$n){nodes{periodEnd value}}}}}}}',
  },
} as const;

export const graphqlPost = (query: string, variables: object): Asked =>
  post('/graphql', { query, variables });
export const graphqlGet = (query: string, variables: object): Asked =>
  get(`/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`);
