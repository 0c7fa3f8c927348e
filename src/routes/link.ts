/** The header `Link` (RFC 8288) of a page of a list: the next page, the same list as a file, and the contract. */
import { paging } from '../schema/argument.ts';
import { formatOf, formatsOf } from '../schema/formats.ts';
import type { Operation } from '../schema/operations.ts';
import { metadataMediaType, metadataSuffix } from './formats/csvw.ts';
import { pathOf } from './problems.ts';

export const describedBy = '</openapi.json>; rel="describedby"';

type Query = readonly (readonly [name: string, value: string])[];

/** Headers have to be small: behind a longer query the files are not named. */
const queryLengthMax = 300;

/** `next` is the cursor of the page that follows, if any. */
export function linksOf(operation: Operation, target: string, query: Query, next: string | null): string {
  return [
    describedBy,
    ...filesOf(operation, target, query),
    ...(next === null ? [] : [nextPage(target, query, next)]),
  ].join(', ');
}

/** Said on the first page alone: a file holds what is current, and a later page may be of an earlier release. */
function filesOf(operation: Operation, target: string, query: Query): string[] {
  const isFirst = query.every(([name]) => name !== 'after');
  const filters = query.filter(([name]) => !Object.hasOwn(paging, name));
  const text = queryText(filters);
  if (!isFirst || text.length > queryLengthMax) return [];
  const path = pathOf(target).replace(/\.json$/, '');
  return formatsOf(operation).map((format) => {
    const { suffix, mediaType } = formatOf(format);
    return `<${path}.${suffix}${text}>; rel="alternate"; type="${mediaType}"`;
  });
}

function nextPage(target: string, query: Query, after: string): string {
  const others = parametersOf(query);
  others.set('after', after);
  return `<${pathOf(target)}?${others}>; rel="next"`;
}

/** Where the CSV file at this address is described. */
export const metadataLink = (target: string, query: Query): string =>
  `<${pathOf(target).replace(/\.csv$/, '')}.${metadataSuffix}${queryText(query)}>; rel="describedby"; type="${metadataMediaType}"`;

export const queryText = (query: Query): string => (query.length === 0 ? '' : `?${parametersOf(query)}`);

const parametersOf = (query: Query): URLSearchParams =>
  new URLSearchParams(query.map(([name, value]) => [name, value] as [string, string]));
