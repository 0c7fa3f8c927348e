/** The themes and mottos of a place: what they consist of, in order, and how the source has them. */
import type { Names, Schemas } from '../../lib/api';
import { nameOf, periodText } from '../../lib/format';
import { useLanguage, useWordsOf } from '../../lib/words';
import { Door } from '../../parts/figure';
import { Name } from '../../parts/name';
import { placeWords } from '../../words/place';
import { Original } from './original';
import { type Overview, yearsIn } from './overview';
import { OtherYears } from './years';

interface Saying {
  id: string;
  name: Names;
  body: Schemas['BodyRef'] | null;
  period: Schemas['Period'] | null;
}

export function SayingSection({ of: { themes, mottos }, year }: { of: Overview; year: number }) {
  const words = useWordsOf(placeWords);
  if (themes.total === 0 && mottos.total === 0) return null;
  const isOfYear = ({ period }: Saying) => period === null || yearsIn(period).includes(year);
  const [ofYear, called] = [themes.items.filter(isOfYear), mottos.items.filter(isOfYear)];
  const years = [...themes.items, ...mottos.items].flatMap(({ period }) => yearsIn(period));
  return (
    <section aria-labelledby="sayings">
      <h2 id="sayings">{words.sayings}</h2>
      {ofYear.length + called.length === 0 ? <OtherYears years={years} year={year} /> : null}
      {ofYear.map((theme) => (
        <ThemeBlock key={theme.id} of={theme} />
      ))}
      {called.length === 0 ? null : (
        <>
          <h3>{words.mottos}</h3>
          <ul class="cards mottos">
            {called.map((motto) => (
              <MottoCard key={motto.id} of={motto} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function ThemeBlock({ of }: { of: Schemas['Theme'] }) {
  const words = useWordsOf(placeWords);
  return (
    <div class="theme">
      <h3>{words.themes}</h3>
      <p class="theme-name">
        <Door to={of.id}>
          <Name of={of.name} />
        </Door>
        <Original of={of.name} />
      </p>
      <Elements of={of.elements} />
      <About of={of} role={words.issuedBy} />
    </div>
  );
}

function MottoCard({ of }: { of: Schemas['Motto'] }) {
  const words = useWordsOf(placeWords);
  return (
    <li>
      <span class="kicker">
        {words.mottoKinds[of.kind]}
        {of.announcedCount === null || of.announcedCount === of.items.length
          ? null
          : `, ${words.announced(of.announcedCount)}`}
      </span>
      <strong>
        <Door to={of.id}>
          <Name of={of.name} />
        </Door>
      </strong>
      <Original of={of.name} />
      <Elements of={of.items} />
      <About of={of} role={words.usedBy} />
    </li>
  );
}

function Elements({ of }: { of: readonly Names[] }) {
  if (of.length === 0) return null;
  return (
    <ol class="elements">
      {of.map((element) => (
        <li key={nameOf(element, 'en').text}>
          <Name of={element} />
          <Original of={element} />
        </li>
      ))}
    </ol>
  );
}

function About({ of: { period, body }, role }: { of: Saying; role: string }) {
  const words = useWordsOf(placeWords);
  const language = useLanguage();
  return (
    <span class="quiet about">
      {period === null ? words.anyYear : periodText(period, language)}
      {body === null ? null : (
        <>
          , {role} <Name of={body.name} />
        </>
      )}
    </span>
  );
}
