/** What a record says, in short: for the faults, and for the sides of a contradiction. */
import { comparatorWords } from '../../schema/figure.ts';
import { parsePeriod } from '../../schema/period.ts';
import type { Row } from '../desired.ts';
import type { Observation } from './claims.ts';
import type { Side } from './finding.ts';

/** `more than 70 percent`, `16/17 communes`, `rank 44 of 63`, `trend up`; with what may tell it from another. */
export function statement(row: Observation, ...also: string[]): Side {
  return { id: row.id, states: [figureText(row), ...also].join(' ') };
}

function figureText(row: Observation): string {
  const { comparator, value, valueCode, trend, unit, numerator, denominator, outOf, measure } = row;
  const fraction = numerator === null ? [] : [`${numerator}/${denominator}`];
  const figures = [...(value === null ? [] : [`${value}`]), ...fraction];
  const figure = `${comparatorWords[comparator]}${figures.join(' = ')}`;
  return [
    ...(figures.length === 0 ? [] : [measure === 'rank' ? `rank ${figure}` : `${figure} ${unit}`]),
    ...(outOf === null ? [] : [`of ${outOf}`]),
    ...(valueCode === null ? [] : [valueCode]),
    ...(trend === null ? [] : [`trend ${trend}`]),
  ].join(' ');
}

export function periodOf(start: string | null, end: string | null): string {
  return start && end ? parsePeriod(`${start}/${end}`).label : 'an unprinted period';
}

/** `against 2022`, `of the plan of 2023 of body:prime-minister` */
export function basisText({ basisKind, basisStart, basisEnd, basisIssuerId }: Observation): string {
  const whose = basisIssuerId ? ` of ${basisIssuerId}` : '';
  const what = basisKind === 'earlier_period' ? '' : `${basisKind} of `;
  return `against ${what}${periodOf(basisStart, basisEnd)}${whose}`;
}

export function reporterText({ issuerId }: Observation): string {
  return `reported by ${issuerId ?? 'an unnamed body'}`;
}

export function whenText({ periodStart, periodEnd }: Row<'events'> | Observation): string {
  return `in ${periodOf(periodStart, periodEnd)}`;
}
