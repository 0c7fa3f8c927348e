/** Which year is shown: links, so that each choice has an address. */
import { addressWith } from '../../lib/route';
import { useWordsOf } from '../../lib/words';
import { placeWords } from '../../words/place';
import type { YearOf, Years } from './overview';

export const yearAddress = (year: number): string => addressWith({ year, responsible: undefined });

export function YearChoice({ of: { said, figuresOnly }, year }: { of: Years; year: number }) {
  const words = useWordsOf(placeWords);
  const isOther = !said.some((one) => one.year === year);
  const plain = isOther && !figuresOnly.includes(year) ? [year, ...figuresOnly] : figuresOnly;
  return (
    <nav class="years" aria-label={words.years}>
      {said.length === 0 ? (
        <PlainYears of={plain} year={year} />
      ) : (
        <ul>
          {said.map((one) => (
            <li key={one.year}>
              <YearLink year={one.year} current={year} /> <About of={one} />
            </li>
          ))}
        </ul>
      )}
      {said.length === 0 || plain.length === 0 ? null : (
        <details open={isOther}>
          <summary>{words.otherYears(plain.length)}</summary>
          <PlainYears of={plain} year={year} />
        </details>
      )}
    </nav>
  );
}

function PlainYears({ of, year }: { of: readonly number[]; year: number }) {
  return (
    <ul>
      {of.map((one) => (
        <li key={one}>
          <YearLink year={one} current={year} />
        </li>
      ))}
    </ul>
  );
}

function YearLink({ year, current }: { year: number; current: number }) {
  return (
    <a href={yearAddress(year)} aria-current={year === current ? 'true' : undefined}>
      {year}
    </a>
  );
}

function About({ of: { themes, targets, tasks } }: { of: YearOf }) {
  const words = useWordsOf(placeWords);
  const parts = [
    themes > 0 ? words.theme : '',
    targets > 0 ? words.targetCount(targets) : '',
    tasks > 0 ? words.taskCount(tasks) : '',
  ].filter(Boolean);
  return <span class="quiet">{parts.join(', ')}</span>;
}

/** Where the year that is chosen has nothing of a kind, the years that have. */
export function OtherYears({ years, year }: { years: readonly number[]; year: number }) {
  const words = useWordsOf(placeWords);
  const others = [...new Set(years)].filter((one) => one !== year).sort((a, b) => b - a);
  return (
    <p class="quiet">
      {words.noneInYear(year)}
      {others.length === 0 ? null : (
        <>
          {' '}
          {words.seeYears}{' '}
          {others.map((one, index) => (
            <span key={one}>
              {index > 0 ? ', ' : null}
              <a href={yearAddress(one)}>{one}</a>
            </span>
          ))}
          .
        </>
      )}
    </p>
  );
}
