/** The invented country as the fuzz tests of a process ask it: it is served, and what there is to ask of it found out, once. */
import root from 'tap';
import { fixtureService, type ReleasedService } from '../second-release.ts';
import { type Json, type OpenApi, readOpenApi } from './document.ts';
import { type Pool, poolOf } from './pool.ts';
import { type Ask, askOf, jsonOf } from './service.ts';

export interface AskedCountry {
  service: ReleasedService;
  ask: Ask;
  openApi: OpenApi;
}

const served = new Map<number, Promise<AskedCountry>>();

/** At its first release, or at its third. */
export function countryAt(release: 1 | 3): Promise<AskedCountry> {
  const country = served.get(release) ?? serve(release);
  served.set(release, country);
  return country;
}

async function serve(release: 1 | 3): Promise<AskedCountry> {
  const service = await fixtureService(root, release);
  const ask = await askOf(root, service.app);
  const openApi = readOpenApi(jsonOf(await ask({ method: 'GET', target: '/openapi.json' })) as Json);
  return { service, ask, openApi };
}

let known: Promise<Pool> | undefined;

/** What is known of the third release. */
export function poolOfCountry(): Promise<Pool> {
  known ??= countryAt(3).then(({ ask, openApi }) => poolOf(ask, openApi));
  return known;
}
