/** Where a fact stands, as a person would look it up. */
import type { Schemas } from '../lib/api';
import { day, directionOf } from '../lib/format';
import { pages } from '../lib/route';
import { useLanguage, useWords } from '../lib/words';

type Citation = Schemas['Citation'];

export function Citations({ of }: { of: readonly Citation[] }) {
  return (
    <ul class="citations">
      {of.map((citation) => (
        <li key={citation.id}>
          <Place of={citation} />
          <Printed of={citation} />
        </li>
      ))}
    </ul>
  );
}

function Place({ of }: { of: Citation }) {
  const words = useWords();
  const language = useLanguage();
  if (of.document !== null) {
    const { id, fileName } = of.document;
    return (
      <span>
        <a href={pages.document(id, { paragraph: of.paragraph ?? undefined })}>{fileName}</a>,{' '}
        {words.paragraph(of.paragraph ?? 0)}, {words.characters(of.start ?? 0, of.end ?? 0)}
      </span>
    );
  }
  if (of.dataset !== null) {
    return (
      <span>
        <a href={pages.document(of.dataset)}>{of.dataset.replace('dataset:', '')}</a>
        {of.sheet === null ? '' : `, ${of.sheet}`}, {words.cell(of.row, of.column)}
      </span>
    );
  }
  if (of.resolution !== null) {
    return (
      <span>
        {words.resolution} {of.resolution}
        {of.date === null ? '' : `, ${day(of.date, language)}`}
      </span>
    );
  }
  return (
    <span>
      {of.packageName} {of.packageVersion}
    </span>
  );
}

function Printed({ of: { printed, inferred } }: { of: Citation }) {
  const words = useWords();
  return (
    <>
      {printed === null ? null : (
        <span class="printed">
          {words.printed} <Quoted text={printed} />
        </span>
      )}
      {inferred.length === 0 ? null : (
        <span class="quiet">
          {words.inferred}: {inferred.join(', ')}
        </span>
      )}
    </>
  );
}

/** A text of a source, in its own script and direction. */
export function Quoted({ text }: { text: string }) {
  const language = /\p{Script=Hebrew}/u.test(text)
    ? 'he'
    : /\p{Script=Arabic}/u.test(text)
      ? 'ar'
      : undefined;
  return language === undefined ? (
    <q>{text}</q>
  ) : (
    <q lang={language} dir={directionOf(language)}>
      {text}
    </q>
  );
}
