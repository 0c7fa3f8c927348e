/** What a place is: where it lies, its kind, code and time, and its other versions. */
import type { Schemas } from '../../lib/api';
import { day, directionOf, nameOf, validity } from '../../lib/format';
import { pages } from '../../lib/route';
import { useLanguage, useWords, useWordsOf } from '../../lib/words';
import { Door } from '../../parts/figure';
import { Name } from '../../parts/name';
import { Title } from '../../parts/title';
import { placeWords } from '../../words/place';
import { PlaceLink } from './place-link';

type Place = Schemas['Place'];

export function PlaceHeader({ of }: { of: Place }) {
  const words = useWordsOf(placeWords);
  const language = useLanguage();
  const full = nameOf(of.fullName, language);
  return (
    <header class="place-head">
      <Title of={full.text || nameOf(of.name, language).text} />
      {of.ancestors.length === 0 ? null : (
        <nav class="crumbs" aria-label={words.above}>
          <ol>
            {[...of.ancestors].reverse().map((one) => (
              <li key={one.id}>
                <PlaceLink of={one} />
              </li>
            ))}
          </ol>
        </nav>
      )}
      <h1>
        <Name of={of.name} />
      </h1>
      <OtherNames of={of} />
      <Facts of={of} />
      {of.note === null ? null : (
        <p class="quiet" lang="en">
          {of.note}
        </p>
      )}
      <p>
        <Door to={of.id}>{words.whereFrom}</Door>
      </p>
    </header>
  );
}

/** The full name, and that of the other language of the interface. */
function OtherNames({ of: { name, fullName } }: { of: Place }) {
  const language = useLanguage();
  const other = language === 'en' ? 'vi' : 'en';
  const full = nameOf(fullName, language);
  return (
    <p class="lead">
      <Name of={fullName} />
      {fullName[other] && fullName[other] !== full.text ? (
        <span class="quiet" lang={other}>
          {' '}
          {fullName[other]}
        </span>
      ) : null}
      {fullName[other] || !name[other] ? null : (
        <span class="quiet" lang={other}>
          {' '}
          {name[other]}
        </span>
      )}
    </p>
  );
}

function Facts({ of }: { of: Place }) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  const language = useLanguage();
  const [type, level] = [all.types[of.type], all.levels[of.level]];
  return (
    <dl class="place-facts">
      <dt>{words.kind}</dt>
      <dd>{type === level ? type : words.ofLevel(type, level)}</dd>
      <dt>{words.code}</dt>
      <dd>{of.code}</dd>
      {of.level === 'country' ? null : (
        <>
          <dt>{words.inForce}</dt>
          <dd>{validity(of, all, language) || words.daysUnknown}</dd>
        </>
      )}
      <dt>{words.status}</dt>
      <dd>
        {all.placeStatus[of.status]}
        {of.current === null ? null : (
          <>
            ; {words.goesOn} <PlaceLink of={of.current} withCode />
          </>
        )}
      </dd>
      {of.observedFrom === null ? null : (
        <>
          <dt>{words.firstSeen}</dt>
          <dd>{day(of.observedFrom, language)}</dd>
        </>
      )}
      <Aliases of={of.aliases} />
      <Versions of={of.otherVersions} />
    </dl>
  );
}

function Aliases({ of }: { of: Place['aliases'] }) {
  const words = useWordsOf(placeWords);
  const unique = [...new Map(of.map((alias) => [`${alias.language} ${alias.text}`, alias])).values()];
  if (unique.length === 0) return null;
  return (
    <>
      <dt>{words.alsoWritten}</dt>
      {unique.map(({ text, language }) => (
        <dd key={`${language} ${text}`}>
          <span lang={language} dir={directionOf(language)}>
            {text}
          </span>
        </dd>
      ))}
    </>
  );
}

function Versions({ of }: { of: Place['otherVersions'] }) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  const language = useLanguage();
  if (of.length === 0) return null;
  return (
    <>
      <dt>{words.otherVersions}</dt>
      {of.map((version) => (
        <dd key={version.id}>
          <a href={pages.place(version.id)}>
            <Name of={version.name} /> ({version.code})
          </a>{' '}
          {validity(version, all, language) || words.daysUnknown}
        </dd>
      ))}
    </>
  );
}
