/** Ranks that a source prints, of the year that is shown. They are not computed here. */
import { type Schemas, useAsk } from '../../lib/api';
import { periodText } from '../../lib/format';
import { addressWith, pages } from '../../lib/route';
import { useLanguage, useWordsOf } from '../../lib/words';
import { Items } from '../../parts/answer';
import { Figure } from '../../parts/figure';
import { Name } from '../../parts/name';
import { Table } from '../../parts/table';
import { indicatorWords } from '../../words/indicator';
import { yearOf } from './outlook';

interface Props {
  indicator: string;
  year: number;
  /** Some ranks, of whatever year. */
  sample: readonly Schemas['Observation'][];
}

export function OfficialRanks({ indicator, year, sample }: Props) {
  const own = useWordsOf(indicatorWords);
  const language = useLanguage();
  const years = [...new Set(sample.map(({ period }) => yearOf(period)))].sort((a, b) => b - a);
  const asked = useAsk('/v1/observations', {
    query: { indicator: [indicator], measure: ['rank'], year, limit: 500 },
  });
  const isEmpty = asked.state === 'here' && asked.data.items.length === 0;
  return (
    <section aria-labelledby="official-ranks">
      <h2 id="official-ranks">{own.officialRanks}</h2>
      {isEmpty ? (
        <p>
          {own.noOfficialRanks(`${year}`)} {years.length === 0 ? null : `${own.otherYears} `}
          {years.map((one, index) => (
            <span key={one}>
              {index === 0 ? '' : ', '}
              <a href={addressWith({ year: one, page: undefined })}>{one}</a>
            </span>
          ))}
        </p>
      ) : (
        <Items of={asked} lines={2}>
          {(items) => (
            <Table label={own.officialRanks} columns={[own.rank, own.place, own.period]}>
              {[...items]
                .sort((a, b) => (a.value ?? Number.MAX_VALUE) - (b.value ?? Number.MAX_VALUE))
                .map((one) => (
                  <tr key={one.id}>
                    <td>
                      <Figure of={one} />
                    </td>
                    <td>
                      <a href={pages.place(one.place.placeId)}>
                        <Name of={one.place.name} />
                      </a>
                    </td>
                    <td>{periodText(one.period, language)}</td>
                  </tr>
                ))}
            </Table>
          )}
        </Items>
      )}
    </section>
  );
}
