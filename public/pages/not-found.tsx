/** What is shown for an address that is no page. */
import { pages } from '../lib/route';
import { useWords } from '../lib/words';
import { Title } from '../parts/title';

export function NotFound() {
  const words = useWords();
  return (
    <>
      <Title of={words.notFound} />
      <h1>{words.notFound}</h1>
      <p>{words.notFoundHint}</p>
      <p>
        <a href={pages.home()}>govdata</a>
      </p>
    </>
  );
}
