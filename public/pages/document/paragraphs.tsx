/** The paragraphs of a text, each with the facts that it proves. */
import { useEffect, useRef } from 'preact/hooks';
import { groupBy } from '../../../src/lists';
import { type Names, useGraphql } from '../../lib/api';
import { useRoute } from '../../lib/route';
import { useWords, useWordsOf } from '../../lib/words';
import { Answer } from '../../parts/answer';
import { Quoted } from '../../parts/citation';
import { Door } from '../../parts/figure';
import { Name } from '../../parts/name';
import { documentWords } from '../../words/document';

interface Cited {
  id: string;
  paragraph: number;
  start: number;
  end: number;
  printed: string | null;
  fact: { type: string; id: string; name: Names } | null;
}

interface Page {
  documentCitations: { nodes: Cited[]; pageInfo: { hasNextPage: boolean } };
}

const question = `query Cited($id: ID!, $from: Int, $release: Int) {
  documentCitations(id: $id, paragraph: $from, first: 500, release: $release) {
    nodes { id paragraph start end printed fact { type id name { vi en ar he } } }
    pageInfo { hasNextPage }
  }
}`;

/** A text has so few citations that one page holds them; where it does not, each paragraph asks for its own. */
export function Paragraphs({ id, count }: { id: string; count: number }) {
  const asked = useGraphql<Page>(question, { id, from: null });
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return (
    <Answer of={asked} lines={12}>
      {({ documentCitations: { nodes, pageInfo } }) => {
        const taken = groupBy(nodes, ({ paragraph }) => paragraph);
        return (
          <ol class="paragraphs">
            {numbers.map((paragraph) =>
              pageInfo.hasNextPage ? (
                <Asked key={paragraph} id={id} paragraph={paragraph} />
              ) : (
                <Paragraph key={paragraph} paragraph={paragraph} of={taken.get(paragraph) ?? []} />
              ),
            )}
          </ol>
        );
      }}
    </Answer>
  );
}

function Asked({ id, paragraph }: { id: string; paragraph: number }) {
  const asked = useGraphql<Page>(question, { id, from: paragraph });
  return (
    <Answer of={asked} lines={2}>
      {({ documentCitations: { nodes } }) => <Paragraph paragraph={paragraph} of={nodes} />}
    </Answer>
  );
}

/** The one that the address names is shown first. */
function Paragraph({ paragraph, of }: { paragraph: number; of: readonly Cited[] }) {
  const words = useWords();
  const own = useWordsOf(documentWords);
  const isChosen = useRoute().query.get('paragraph') === `${paragraph}`;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView({ block: 'start' });
  }, [isChosen]);
  return (
    <li ref={item} id={`paragraph-${paragraph}`} class={isChosen ? 'chosen' : undefined}>
      <details open={isChosen || of.length <= 8}>
        <summary>
          {own.paragraph(paragraph)}{' '}
          <span class="quiet">{of.length === 0 ? own.left : own.facts(of.length)}</span>
        </summary>
        {of.length === 0 ? null : (
          <ul>
            {of.map(({ id, start, end, printed, fact }) => (
              <li key={id}>
                {fact === null ? null : (
                  <>
                    <span class="quiet">{words.factTypes[fact.type] ?? fact.type}</span>{' '}
                    <Door to={fact.id}>
                      <Name of={fact.name} />
                    </Door>
                  </>
                )}{' '}
                <span class="quiet">{words.characters(start, end)}</span>{' '}
                {printed === null ? null : <Quoted text={printed} />}
              </li>
            ))}
          </ul>
        )}
      </details>
    </li>
  );
}
