/** The request that gives what is shown, for REST and for GraphQL, ready to copy. */
import { useState } from 'preact/hooks';
import { useWords } from '../lib/words';

export function Request({ rest, graphql }: { rest: string; graphql: string }) {
  const address = new URL(rest, location.href).href;
  return (
    <div class="requests">
      <Copied label="REST" text={`curl '${address}'`} />
      <Copied label="GraphQL" text={graphql} />
    </div>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  const words = useWords();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div class="request">
      <div class="request-head">
        <strong>{label}</strong>
        <button type="button" onClick={copy} aria-label={`${words.copy}: ${label}`}>
          <span aria-live="polite">{isCopied ? words.copied : words.copy}</span>
        </button>
      </div>
      <pre>
        <code>{text}</code>
      </pre>
    </div>
  );
}
