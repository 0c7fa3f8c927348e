/** The panel that a door opens: all that is known of one fact. It is part of the address, so that it can be linked. */
import { useEffect, useRef } from 'preact/hooks';
import { type Schemas, useAsk } from '../lib/api';
import { day, figureText, periodText } from '../lib/format';
import { addressWith, navigate, pages, useRoute } from '../lib/route';
import { useLanguage, useWords } from '../lib/words';
import { Answer } from './answer';
import { Citations, Quoted } from './citation';
import { Doubts, isDoubtful } from './doubts';
import { Name } from './name';
import { Request } from './request';

export function FactPanel() {
  const id = useRoute().query.get('fact');
  const dialog = useRef<HTMLDialogElement>(null);
  const words = useWords();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (id !== null && !element.open) element.showModal();
    if (id === null && element.open) element.close();
  }, [id]);
  const close = () => {
    if (id !== null) navigate(addressWith({ fact: undefined }));
  };
  return (
    <dialog ref={dialog} class="panel" aria-labelledby="fact-title" onClose={close} {...{ closedby: 'any' }}>
      <div class="panel-body">
        <button type="button" class="panel-close" onClick={() => dialog.current?.close()}>
          {words.close}
        </button>
        {id === null ? null : <Fact key={id} id={id} />}
      </div>
    </dialog>
  );
}

function Fact({ id }: { id: string }) {
  const words = useWords();
  const fact = useAsk('/v1/facts/{id}', { path: { id } });
  const isFigure = id.startsWith('observation:');
  return (
    <Answer of={fact} lines={12}>
      {(data) => (
        <>
          <p class="kicker">{words.factTypes[data.type] ?? data.type}</p>
          <h2 id="fact-title">
            <Name of={data.name} />
          </h2>
          {isFigure ? <FigureFacts id={id} /> : null}
          {isDoubtful(data) ? (
            <>
              <h3>{words.flags}</h3>
              <Doubts of={data} />
            </>
          ) : null}
          <h3>{words.sources(data.citations.length)}</h3>
          <Citations of={data.citations} />
          <h3>{words.versions}</h3>
          <History of={data.history} />
          <h3>{words.permalink}</h3>
          <p>
            <a href={`/v1/facts/${id}`}>{new URL(`/v1/facts/${id}`, location.href).href}</a>
          </p>
          <p class="quiet cite-as">{data.citeAs}</p>
          <h3>{words.request}</h3>
          <Request rest={data.path} graphql={graphqlOf(id, isFigure)} />
        </>
      )}
    </Answer>
  );
}

/** What a figure itself says: it is read from its own address. */
function FigureFacts({ id }: { id: string }) {
  const words = useWords();
  const language = useLanguage();
  const asked = useAsk('/v1/observations/{id}', { path: { id } });
  return (
    <Answer of={asked} lines={4}>
      {(figure) => (
        <>
          <p class="big-figure">{figureText(figure, words, language)}</p>
          <p>
            <span class={`tag scenario-${figure.scenario}`}>{words.scenarios[figure.scenario]}</span>{' '}
            {figure.measure === 'value' ? null : `${words.measures[figure.measure]}, `}
            {periodText(figure.period, language)}
            {', '}
            <a href={pages.place(figure.place.placeId)}>
              <Name of={figure.place.name} />
            </a>
            {', '}
            <a href={pages.indicator(figure.indicator.code)}>
              <Name of={figure.indicator.name} />
            </a>
          </p>
          {figure.issuer ? (
            <p class="quiet">
              <Name of={figure.issuer.name} />
            </p>
          ) : null}
          <Readings of={figure.readings} />
        </>
      )}
    </Answer>
  );
}

function Readings({ of }: { of: readonly Schemas['Reading'][] }) {
  const words = useWords();
  if (of.length === 0) return null;
  return (
    <>
      <h3>{words.readings}</h3>
      <ul>
        {of.map(({ field, printed, probable, reason }) => (
          <li key={field}>
            <Quoted text={printed} />, {words.probably} {probable}: {reason}
          </li>
        ))}
      </ul>
    </>
  );
}

function History({ of }: { of: Schemas['Fact']['history'] }) {
  const words = useWords();
  const language = useLanguage();
  return (
    <ul>
      {of.map(({ release, madeAt, reason }) => (
        <li key={`${release}`}>
          {words.release(release)}, {day(madeAt.slice(0, 10), language)}: {words.changeReasons[reason]}
        </li>
      ))}
    </ul>
  );
}

const graphqlOf = (id: string, isFigure: boolean): string =>
  isFigure
    ? `{
  observation(id: "${id}") {
    indicator { code name { vi en } }
    place { code name { vi en } }
    period { label }
    scenario comparator value unit flags
    citations { nodes { document { fileName } paragraph start end printed } }
  }
}`
    : `{
  fact(id: "${id}") {
    name { vi en }
    citeAs
    citations { nodes { document { fileName } paragraph start end printed } }
  }
}`;
