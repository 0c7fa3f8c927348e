/** What stands below every page. */
import { useWords } from '../lib/words';

/** The ways in for programs. */
export function Footer() {
  const words = useWords();
  return (
    <footer class="bottom">
      <nav aria-label={words.forPrograms}>
        <strong>{words.forPrograms}</strong>
        <a href="/docs">REST</a>
        <a href="/graphiql">GraphQL</a>
        <a href="/openapi.json">OpenAPI</a>
        <a href="/docs/problems">{words.problems}</a>
        <a href="/readyz">{words.readiness}</a>
      </nav>
    </footer>
  );
}
