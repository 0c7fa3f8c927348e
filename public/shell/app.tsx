/** The frame of every page: search, language, release; below it the page that the address names. */
import { useEffect } from 'preact/hooks';
import { followLinks, useRoute } from '../lib/route';
import { useLanguage, useWords } from '../lib/words';
import { Compare } from '../pages/compare';
import { Contradictions } from '../pages/contradictions';
import { DocumentPage } from '../pages/document';
import { Documents } from '../pages/documents';
import { Home } from '../pages/home';
import { IndicatorPage } from '../pages/indicator';
import { NotFound } from '../pages/not-found';
import { PlacePage } from '../pages/place';
import { SearchPage } from '../pages/search';
import { FactPanel } from '../parts/fact-panel';
import { Footer } from './footer';
import { Header } from './header';

export function App() {
  const { path } = useRoute();
  const language = useLanguage();
  const words = useWords();
  useEffect(() => {
    document.addEventListener('click', followLinks);
    return () => document.removeEventListener('click', followLinks);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <Header />
      <main id="content" tabIndex={-1}>
        <Page key={path} path={path} />
      </main>
      <Footer />
      <FactPanel />
    </>
  );
}

function Page({ path }: { path: string }) {
  useEffect(() => {
    scrollTo(0, 0);
  }, []);
  const [, kind, id] = path.split('/');
  if (path === '/') return <Home />;
  if (id !== undefined && kind === 'places') return <PlacePage id={id} />;
  if (id !== undefined && kind === 'indicators') return <IndicatorPage code={id} />;
  if (id !== undefined && kind === 'documents') return <DocumentPage id={id} />;
  if (path === '/documents') return <Documents />;
  if (path === '/compare') return <Compare />;
  if (path === '/contradictions') return <Contradictions />;
  if (path === '/search') return <SearchPage />;
  return <NotFound />;
}
