/** Each operation of the contract once, with arguments whose answer is the same size however many observations there are. */

import type { OperationName } from '../../src/schema/operations.ts';
import { firstYear } from '../figures.ts';
import { type Asked, get, post } from './load.ts';

/** A commune, an indicator and a figure of the synthetic yearbook that all sizes have. */
export interface Sample {
  place: string;
  indicator: string;
  observation: string;
}

const inYear = `from=${firstYear}-01-01&to=${firstYear}-12-31`;

export function operationsAbout({ place, indicator, observation }: Sample): Record<OperationName, Asked> {
  return {
    places: get('/v1/places'),
    placesCrosswalk: get('/v1/places/crosswalk?from=2024-06-30&to=2025-07-01'),
    placeHistory: get('/v1/places/place:lao-cai-10/history'),
    place: get('/v1/places/place:lao-cai-10'),
    placesLookup: post('/v1/places/lookup', { items: ['14404', 'Xã Cúc Phương, Ninh Bình'] }),
    provinces: get('/v1/provinces'),
    province: get('/v1/provinces/15'),
    districts: get('/v1/districts?on=2025-06-30'),
    district: get('/v1/districts/087'),
    communes: get('/v1/communes'),
    commune: get('/v1/communes/02953'),
    bodies: get('/v1/bodies'),
    body: get('/v1/bodies/body:bao-yen-party-committee'),
    persons: get('/v1/persons'),
    person: get('/v1/persons/person:mai-van-tuat'),
    events: get('/v1/events'),
    event: get('/v1/events/event:bao-yen-2024-review'),
    instruments: get('/v1/instruments'),
    instrument: get('/v1/instruments/instrument:bao-yen-18-nq-hu'),
    mottos: get('/v1/mottos'),
    motto: get('/v1/mottos/motto:bao-yen-2024-three-clear'),
    themes: get('/v1/themes'),
    theme: get('/v1/themes/theme:bao-yen-2024'),
    tasks: get('/v1/tasks'),
    task: get('/v1/tasks/task:bao-yen-2024-airport-relocation'),
    indicators: get('/v1/indicators'),
    indicator: get('/v1/indicators/average_income_per_capita'),
    observations: get(`/v1/observations?place=${place}&indicator=${indicator}`),
    observation: get(`/v1/observations/${observation}`),
    series: get(`/v1/series?indicator=${indicator}&place=${place}`),
    coverage: get(`/v1/coverage?place=${place}&indicator=${indicator}&${inYear}`),
    targets: get('/v1/targets?place=province:37'),
    scorecard: get('/v1/scorecards?place=province:37&year=2023'),
    contradictions: get('/v1/contradictions'),
    contradiction: get('/v1/contradictions/contradiction:ninh-binh-2022-pci-rank-change-base'),
    fact: get(`/v1/facts/${observation}`),
    documents: get('/v1/documents'),
    document: get('/v1/documents/document:003'),
    documentCitations: get('/v1/documents/document:003/citations'),
    datasets: get('/v1/datasets'),
    dataset: get('/v1/datasets/dataset:bench-yearbook'),
    releases: get('/v1/releases'),
    changes: get('/v1/changes?since=0'),
    search: get('/v1/search?q=bao%20yen'),
    config: get('/v1/config'),
  };
}
