/** The targets of a year beside what came of them. */
import { Bullet } from '../../charts/bullet';
import { restAddress, type Schemas } from '../../lib/api';
import { figureText, periodText } from '../../lib/format';
import { pages, useRoute } from '../../lib/route';
import { useLanguage, useWords, useWordsOf } from '../../lib/words';
import { Door } from '../../parts/figure';
import { Name } from '../../parts/name';
import { Table } from '../../parts/table';
import { placeWords } from '../../words/place';
import { Outcome } from './outcome';
import { type Overview, yearsIn } from './overview';
import { PartNote } from './part-note';
import { ResultCell, TargetCell } from './target-cells';
import { drawnOf, gapText, inputText, resultOf } from './target-figures';
import { OtherYears } from './years';

type Target = Schemas['Target'];

export function TargetSection({ of: { targets, place }, year }: { of: Overview; year: number }) {
  const words = useWordsOf(placeWords);
  const release = useRoute().query.get('release') ?? undefined;
  if (targets.total === 0) return null;
  const shown = targets.items.filter(({ period }) => yearsIn(period).includes(year));
  const years = targets.items.flatMap(({ period }) => yearsIn(period));
  const file = restAddress('/v1/targets.csv', { query: { place: place.placeId, year, release } });
  return (
    <section aria-labelledby="targets">
      <h2 id="targets">{words.targets(year)}</h2>
      <PartNote of={targets} />
      {shown.length === 0 ? (
        <OtherYears years={years} year={year} />
      ) : (
        <>
          <Issuers of={shown} />
          <TargetTable of={shown} year={year} />
          {shown.some((target) => drawnOf(target)) ? <Legend /> : null}
          <p>
            <a href={file}>{words.asCsv}</a>
          </p>
        </>
      )}
    </section>
  );
}

/** Who set them; of each the door says it. */
function Issuers({ of }: { of: readonly Target[] }) {
  const words = useWordsOf(placeWords);
  const issuers = new Map(of.flatMap(({ issuer }) => (issuer === null ? [] : [[issuer.id, issuer]])));
  if (issuers.size === 0) return null;
  return (
    <p class="quiet">
      {words.targetsSetBy}:{' '}
      {[...issuers.values()].map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 ? '; ' : null}
          <Door to={id}>
            <Name of={name} />
          </Door>
        </span>
      ))}
    </p>
  );
}

function TargetTable({ of, year }: { of: readonly Target[]; year: number }) {
  const words = useWordsOf(placeWords);
  const columns = [words.indicator, words.target, words.result, words.chart, words.outcome, words.gap];
  return (
    <Table class="targets" label={words.targets(year)} columns={columns}>
      {of.map((target) => (
        <TargetRow key={target.id} of={target} />
      ))}
    </Table>
  );
}

function TargetRow({ of }: { of: Target }) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  const language = useLanguage();
  const { indicator, period, result } = of;
  return (
    <tr>
      <th scope="row">
        <a href={pages.indicator(indicator.code, { places: of.place.placeId })}>
          <Name of={indicator.name} />
        </a>
        <span class="under">{periodText(period, language)}</span>
      </th>
      <td>
        <TargetCell of={of} />
      </td>
      <td>
        <ResultCell of={of} />
      </td>
      <td>
        <TargetDrawing of={of} />
      </td>
      <td>
        <Outcome of={result.status}>{all.targetStatus[result.status]}</Outcome>
        <span class="under" lang="en">
          {result.text}
        </span>
      </td>
      <td>{gapText(result, all, words, language)}</td>
    </tr>
  );
}

function TargetDrawing({ of }: { of: Target }) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  const language = useLanguage();
  const drawn = drawnOf(of);
  if (!drawn) return null;
  const result = resultOf(of);
  const parts = [
    words.bulletTarget(of.kind === 'plan' ? '100 %' : figureText(of, all, language)),
    words.bulletResult(result ? inputText(result, all, language) : words.noResult),
  ];
  return <Bullet label={`${parts.join('. ')}.`} {...drawn} />;
}

function Legend() {
  const words = useWordsOf(placeWords);
  return (
    <p class="quiet legend">
      {words.legend}: {[words.legendBar, words.legendMark, words.legendBand, words.legendNone].join('; ')}.
    </p>
  );
}
