/** A source: a text with what was taken from each of its paragraphs, or an imported table. */
import { type Schemas, useAsk } from '../lib/api';
import { day, number } from '../lib/format';
import { useLanguage, useWords, useWordsOf } from '../lib/words';
import { Answer } from '../parts/answer';
import { Name } from '../parts/name';
import { Request } from '../parts/request';
import { Title } from '../parts/title';
import { documentWords } from '../words/document';
import { Paragraphs } from './document/paragraphs';

export const DocumentPage = ({ id }: { id: string }) =>
  id.startsWith('dataset:') ? <DatasetPage id={id} /> : <TextPage id={id} />;

function TextPage({ id }: { id: string }) {
  const words = useWords();
  const own = useWordsOf(documentWords);
  const language = useLanguage();
  const asked = useAsk('/v1/documents/{id}', { path: { id } });
  const said = (text: string | null) => text ?? <span class="quiet">{own.notPrinted}</span>;
  return (
    <Answer of={asked} lines={12}>
      {(text, address) => (
        <>
          <Title of={text.fileName} />
          <p class="kicker">{words.factTypes['document']}</p>
          <h1 class="file-name">{text.fileName}</h1>
          <p class="lead">
            <Name of={text.title} />
          </p>
          {text.note === null ? null : <p>{text.note}</p>}
          <dl>
            <dt>{own.publisher}</dt>
            <dd>{said([text.publisher, text.byline].filter(Boolean).join(', ') || null)}</dd>
            <dt>{own.published}</dt>
            <dd>{said(text.publishedOn && day(text.publishedOn, language))}</dd>
            <dt>{own.languages}</dt>
            <dd>{text.languages.join(', ')}</dd>
            <dt>{own.checksum}</dt>
            <dd class="checksum">{text.sha256}</dd>
          </dl>
          <h2>{words.request}</h2>
          <Request
            rest={`${address.replace(/\?.*/, '')}/citations`}
            graphql={`{ documentCitations(id: "${id}") { nodes { paragraph start end printed fact { id name { vi en } } } } }`}
          />
          <h2>{own.taken}</h2>
          <p>{own.takenAbout}</p>
          <Paragraphs id={id} count={text.paragraphCount} />
        </>
      )}
    </Answer>
  );
}

function DatasetPage({ id }: { id: string }) {
  const words = useWords();
  const asked = useAsk('/v1/datasets/{id}', { path: { id } });
  return (
    <Answer of={asked} lines={12}>
      {(table, address) => (
        <>
          <Title of={table.fileName ?? id} />
          <p class="kicker">{words.factTypes['dataset']}</p>
          <h1>
            <Name of={table.title} />
          </h1>
          {table.note === null ? null : <p>{table.note}</p>}
          <TableFacts of={table} />
          <h2>{words.request}</h2>
          <Request
            rest={address}
            graphql={`{ dataset(id: "${id}") { title { vi en } publisher sha256 figures } }`}
          />
        </>
      )}
    </Answer>
  );
}

function TableFacts({ of }: { of: Schemas['Dataset'] }) {
  const own = useWordsOf(documentWords);
  const language = useLanguage();
  const said: [string, string | null][] = [
    [own.publisher, of.publisher],
    [own.licence, of.licence],
    [own.file, of.fileName],
    [own.retrieved, of.retrievedOn && day(of.retrievedOn, language)],
    [own.checksum, of.sha256],
  ];
  return (
    <>
      {of.figures === null ? null : <p class="lead">{own.figures(number(of.figures, language))}</p>}
      <dl>
        {said.map(([name, text]) => (
          <>
            <dt>{name}</dt>
            <dd class="checksum">{text ?? <span class="quiet">{own.notPrinted}</span>}</dd>
          </>
        ))}
      </dl>
      {of.spec === null ? null : (
        <details>
          <summary>{own.description}</summary>
          <pre>
            <code>{of.spec}</code>
          </pre>
        </details>
      )}
    </>
  );
}
