/** What became of a question: the answer, a place kept free for it, or what went wrong, with a way to try again. */
import type { ComponentChildren } from 'preact';
import type { Asked, Failure } from '../lib/api';
import { useWords } from '../lib/words';

interface Props<T> {
  of: Asked<T>;
  /** Lines of text that the answer is about as high as. */
  lines?: number;
  children: (data: T, address: string) => ComponentChildren;
}

export function Answer<T>({ of, lines = 4, children }: Props<T>) {
  const words = useWords();
  if (of.state === 'waiting') {
    return (
      <div class={`waiting lines-${Math.min(lines, 12)}`} role="status">
        <span class="hidden">{words.waiting}</span>
      </div>
    );
  }
  if (of.state === 'failed') return <FailureNote problem={of.problem} retry={of.retry} />;
  return <>{children(of.data, of.address)}</>;
}

function FailureNote({ problem, retry }: { problem: Failure; retry: () => void }) {
  const words = useWords();
  const { status, title, detail } = problem;
  return (
    <div class="failure" role="alert">
      <p>
        <strong>{status === 404 ? words.notFoundHint : words.failed}</strong>
      </p>
      <p>{status === undefined ? words.unreachable : (detail ?? title)}</p>
      {status === 404 ? null : (
        <button type="button" onClick={retry}>
          {words.retry}
        </button>
      )}
    </div>
  );
}

interface Listed<T> {
  items: T[];
  notice: { code: string; text: string } | null;
}

/** The records of a list; where there are none, the service may say why. What to leave out is for those who chose something. */
export function Items<T>({
  of,
  lines,
  children,
}: {
  of: Asked<Listed<T>>;
  lines?: number;
  children: (items: T[]) => ComponentChildren;
}) {
  const words = useWords();
  return (
    <Answer of={of} {...(lines === undefined ? {} : { lines })}>
      {({ items, notice }) =>
        items.length === 0 ? (
          <p class="quiet">
            {notice === null || notice.code === 'nothing_fits' ? words.nothing : notice.text}
          </p>
        ) : (
          children(items)
        )
      }
    </Answer>
  );
}
