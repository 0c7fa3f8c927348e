/** What a place was made of, and what became of it. */
import { ChartFrame } from '../../charts/frame';
import { LineageDrawing, type LineageLine } from '../../charts/lineage';
import type { ChartTable } from '../../charts/table';
import type { Schemas } from '../../lib/api';
import { day, nameOf, validity } from '../../lib/format';
import { pages } from '../../lib/route';
import { useLanguage, useWords, useWordsOf } from '../../lib/words';
import type { Words } from '../../words/en';
import type { UiLanguage } from '../../words/language';
import { type PlaceWords, placeWords } from '../../words/place';
import { type Change, linksOf, type Step, stepsOf } from './lineage-steps';
import { placeAddress } from './place-link';

type Place = Schemas['Place'];
type PlaceRef = Schemas['PlaceRef'];

export function LineageSection({ of, place }: { of: readonly Place[]; place: Place }) {
  const spoken = useSpoken();
  const { own, language } = spoken;
  const steps = stepsOf(of);
  const title = own.lineageOf(nameOf(place.name, language).text);
  return (
    <section aria-labelledby="lineage">
      <h2 id="lineage">{own.lineage}</h2>
      {steps.every(({ type }) => type === 'version') ? (
        <p>{own.noChange}</p>
      ) : (
        <div class="lineage-chart">
          <ChartFrame title={title} name={`lineage-${place.code}`} table={tableOf(of, spoken)}>
            <LineageDrawing lines={steps.flatMap((step) => linesOf(step, place, spoken))} label={title} />
          </ChartFrame>
        </div>
      )}
    </section>
  );
}

interface Spoken {
  all: Words;
  own: PlaceWords;
  language: UiLanguage;
}

const useSpoken = (): Spoken => ({
  all: useWords(),
  own: useWordsOf(placeWords),
  language: useLanguage(),
});

function called(place: PlaceRef | null, { own, language }: Spoken): string {
  return place === null ? own.unknownPlace : `${nameOf(place.name, language).text} (${place.code})`;
}

function linesOf(step: Step, here: Place, spoken: Spoken): LineageLine[] {
  if (step.type === 'change') return linesOfChange(step.change, spoken);
  const { place } = step;
  const { all, own, language } = spoken;
  const time = validity(place, all, language) || own.daysUnknown;
  const isHere = place.id === here.id;
  return [
    {
      key: place.id,
      type: 'version',
      text: called(place, spoken),
      about: `${all.types[place.type]}, ${time}`,
      isHere,
      ...(isHere ? {} : { href: pages.place(place.id) }),
    },
  ];
}

function linesOfChange({ id, kind, date, legalBasis, from, to }: Change, spoken: Spoken): LineageLine[] {
  const { all, language } = spoken;
  return [
    ...linesOfOthers(from, 'in', spoken),
    {
      key: id,
      type: 'change',
      text: `${day(date, language)}: ${all.changeKinds[kind]}`,
      ...(legalBasis === null ? {} : { about: legalBasis }),
    },
    ...linesOfOthers(to, 'out', spoken),
  ];
}

/** More than a reader looks through stand in the table only. */
const most = 20;

function linesOfOthers(of: Change['from'], type: 'in' | 'out', spoken: Spoken): LineageLine[] {
  const { own } = spoken;
  const shown = of.length > most ? of.slice(0, most - 1) : of;
  const lines = shown.map(({ place, coverage, changeId }, index): LineageLine => {
    const address = place === null ? {} : { href: placeAddress(place) };
    const key = `${changeId} ${type} ${place?.id ?? index}`;
    return {
      key,
      type,
      text: called(place, spoken),
      about: own.shares[coverage],
      share: coverage,
      ...address,
    };
  });
  if (shown.length === of.length) return lines;
  return [...lines, { key: `${type} more`, type, text: own.andMore(of.length - shown.length) }];
}

function tableOf(history: readonly Place[], spoken: Spoken): ChartTable {
  const { all, own, language } = spoken;
  return {
    columns: own.lineageColumns,
    rows: linksOf(history).map(({ from, to, lineage }) => [
      day(lineage.effectiveOn, language),
      all.changeKinds[lineage.kind],
      called(from, spoken),
      called(to, spoken),
      own.shares[lineage.coverage],
      lineage.legalBasis ?? lineage.dataset,
    ]),
  };
}
