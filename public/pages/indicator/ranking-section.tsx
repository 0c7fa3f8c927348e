/** The places of a year in the order of their figures. */
import { extent } from 'd3-array';
import { ChartFrame } from '../../charts/frame';
import { type Bar, RankingChart } from '../../charts/ranking';
import type { Speech } from '../../charts/series-text';
import type { ChartTable } from '../../charts/table';
import type { Schemas } from '../../lib/api';
import { figureText, nameOf, periodText, unitName } from '../../lib/format';
import { addressWith, useRoute } from '../../lib/route';
import { Figure } from '../../parts/figure';
import { Name } from '../../parts/name';
import { Choice } from './choice';
import { MissingProvinces } from './missing-provinces';
import type { RankedRow, Ranking } from './ranking-rows';
import { useSpeech } from './series-notes';
import { sliceTitle } from './slices';

interface Props {
  indicator: Schemas['Indicator'];
  measure: Schemas['Measure'];
  ranking: Ranking;
  year: number;
}

const pageLength = 25;

export function RankingSection({ indicator, measure, ranking, year }: Props) {
  const speech = useSpeech();
  const { words, own, language } = speech;
  const { rows, period, periods, levels, level, unranked } = ranking;
  const comparable = levels.filter((one) => one !== 'country');
  return (
    <>
      <div class="choices">
        {periods.length > 1 ? (
          <Choice
            label={own.period}
            name="period"
            value={period?.label ?? ''}
            options={periods.map((one) => [one.label, periodText(one, language)] as const)}
            drops={['page']}
          />
        ) : null}
        {comparable.length > 1 ? (
          <Choice
            label={own.level}
            name="level"
            value={level}
            options={comparable.map((one) => [one, words.levels[one]] as const)}
            drops={['page', 'period']}
          />
        ) : null}
      </div>
      {rows.length === 0 ? (
        <p>{own.noRanking(`${year}`)}</p>
      ) : (
        <Bars {...{ indicator, measure, ranking, speech }} />
      )}
      {unranked.length === 0 ? null : (
        <>
          <h3>{own.unranked}</h3>
          <ul>
            {unranked.map((one) => (
              <li key={one.id}>
                <Name of={one.place.name} />: <Figure of={one} />
                {one.scope === null ? '' : ` (${own.onlyCovers(one.scope)})`}
              </li>
            ))}
          </ul>
        </>
      )}
      {level === 'province' && period && rows.length > 0 ? (
        <MissingProvinces
          on={period.end}
          present={[...rows.map((row) => row.observation), ...unranked].map(({ place }) => place.placeId)}
        />
      ) : null}
    </>
  );
}

function Bars({ indicator, measure, ranking, speech }: Omit<Props, 'year'> & { speech: Speech }) {
  const { words, own, language } = speech;
  const { rows, period, country, hasOnlyTargets, slice } = ranking;
  const page = Math.max(1, Number(useRoute().query.get('page') ?? 1) || 1);
  const start = Math.min((page - 1) * pageLength, Math.floor((rows.length - 1) / pageLength) * pageLength);
  const when = period ? periodText(period, language) : '';
  const name = nameOf(indicator.name, language).text;
  const kind = slice === undefined ? '' : sliceTitle(slice, own);
  const title = [name, measure === 'value' ? '' : words.measures[measure], kind, when]
    .filter(Boolean)
    .join(', ');
  const scenarios = [...new Set(rows.map(({ observation }) => observation.scenario))];
  const common = scenarios.length === 1 ? scenarios[0] : undefined;
  const unit = slice?.split('~')[0] ?? indicator.unit;
  const [low = 0, high = 0] = extent(rows, ({ value }) => value);
  const order = { up: own.bestHigh, down: own.bestLow, none: own.noBest }[indicator.direction];
  return (
    <>
      <p class="quiet">
        {order} {own.orderNote} {own.roundedNote} {hasOnlyTargets ? own.targetsOnly : ''}
        {common && common !== 'actual' && !hasOnlyTargets ? own.allAre(words.scenarios[common]) : ''}
      </p>
      <ChartFrame
        title={title}
        name={`${indicator.code}-${measure}-${period?.label ?? ''}`}
        table={tableOf(rows, speech)}
      >
        <RankingChart
          title={title}
          unit={unitName(unit, words)}
          bars={rows.slice(start, start + pageLength).map((row) => barOf(row, common, speech))}
          extent={[low, high]}
          reference={
            country?.value != null && country.value <= high && !indicator.additive
              ? { name: nameOf(country.place.name, language).text, value: country.value }
              : undefined
          }
        />
      </ChartFrame>
      {rows.length > pageLength ? (
        <Pages count={rows.length} start={start} label={own.pageOf} says={own.rows} />
      ) : null}
    </>
  );
}

interface PagesProps {
  count: number;
  start: number;
  label: string;
  says: (from: number, to: number) => string;
}

function Pages({ count, start, label, says }: PagesProps) {
  const pages = Array.from({ length: Math.ceil(count / pageLength) }, (_, index) => index);
  return (
    <nav class="pages" aria-label={label}>
      {pages.map((index) => (
        <a
          key={index}
          href={addressWith({ page: index === 0 ? undefined : index + 1 })}
          {...(index * pageLength === start ? { 'aria-current': 'page' as const } : {})}
        >
          {says(index * pageLength + 1, Math.min(count, (index + 1) * pageLength))}
        </a>
      ))}
    </nav>
  );
}

function barOf({ observation, value, position }: RankedRow, common: string | undefined, speech: Speech): Bar {
  const { words, own, language } = speech;
  const { id, place, scenario, comparator, contradictions } = observation;
  const name = `${position}. ${nameOf(place.name, language).text}`;
  const statement = scenario === 'actual' ? '' : words.scenarios[scenario];
  const doubt = contradictions.length > 0 ? own.contradicts : '';
  const said = [figureText(observation, words, language), statement, doubt].filter(Boolean).join(', ');
  const remarks = [scenario === common ? '' : statement, words.comparators[comparator], doubt];
  return {
    key: id,
    fact: id,
    name,
    label: said,
    remark: remarks.filter(Boolean).join(', '),
    value,
    comparator,
    isFirm: scenario === 'actual',
  };
}

function tableOf(rows: readonly RankedRow[], { words, own, language }: Speech): ChartTable {
  const columns = [own.position, own.place, own.figure, own.unit, own.qualified, own.statement, own.remarks];
  return {
    columns,
    rows: rows.map(({ observation, value, position }) => [
      position,
      nameOf(observation.place.name, language).text,
      value,
      unitName(observation.unit, words),
      words.comparators[observation.comparator],
      words.scenarios[observation.scenario],
      observation.flags.map((flag) => words.flagTexts[flag]).join(' '),
    ]),
    doors: { column: 2, ids: rows.map(({ observation }) => observation.id) },
  };
}
