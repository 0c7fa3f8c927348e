/** The address is the whole state: which page, as of which release, in which language, which figure is open. */
import { useEffect, useState } from 'preact/hooks';

interface Route {
  /** Percent-decoded, `/places/place:bao-yen-087`. */
  path: string;
  query: URLSearchParams;
}

/** Parts of the query that every page has, and that links keep. */
const kept = ['lang', 'release'] as const;
const changed = 'govdata:route';

const currentRoute = (): Route => ({
  path: decodeURIComponent(location.pathname),
  query: new URLSearchParams(location.search),
});

export function useRoute(): Route {
  const [route, setRoute] = useState(currentRoute);
  useEffect(() => {
    const follow = () => setRoute(currentRoute());
    addEventListener('popstate', follow);
    addEventListener(changed, follow);
    return () => {
      removeEventListener('popstate', follow);
      removeEventListener(changed, follow);
    };
  }, []);
  return route;
}

/** Goes there; `replace` leaves no step to go back to. */
export function navigate(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  dispatchEvent(new Event(changed));
}

type Query = Readonly<Record<string, string | number | undefined>>;

/** The address of a page, as of the same release and in the same language. */
export function addressOf(path: string, query: Query = {}, { query: now } = currentRoute()): string {
  const wanted = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) wanted.set(name, `${value}`);
  for (const name of kept) {
    const value = now.get(name);
    if (value !== null && !(name in query)) wanted.set(name, value);
  }
  return `${path}${wanted.size === 0 ? '' : `?${readable(wanted)}`}`;
}

/** The address of this page with some of its state changed; undefined takes a part away. */
export function addressWith(change: Query, { path, query } = currentRoute()): string {
  const wanted = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) wanted.delete(name);
    else wanted.set(name, `${value}`);
  }
  return `${path}${wanted.size === 0 ? '' : `?${readable(wanted)}`}`;
}

/** Colons and commas stay as they are: ids are made of them. */
const readable = (query: URLSearchParams): string =>
  query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%40', '@');

/** Addresses of the pages. */
export const pages = {
  home: () => addressOf('/'),
  place: (id: string, query?: Query) => addressOf(`/places/${id}`, query),
  indicator: (code: string, query?: Query) => addressOf(`/indicators/${code}`, query),
  compare: (query?: Query) => addressOf('/compare', query),
  documents: () => addressOf('/documents'),
  document: (id: string, query?: Query) => addressOf(`/documents/${id}`, query),
  contradictions: () => addressOf('/contradictions'),
  search: (q: string) => addressOf('/search', { q }),
  /** The same page with a fact laid open over it. */
  fact: (id: string) => addressWith({ fact: id }),
};

/** Links within the explorer go without loading the page anew; all others go as they do. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.('a[href]');
  if (!link || link.hasAttribute('target') || link.hasAttribute('download')) return;
  // As written: a link in a drawing is no HTMLAnchorElement.
  const { origin, pathname, search, hash } = new URL(link.getAttribute('href') ?? '', location.href);
  if (origin !== location.origin || !isPage(pathname)) return;
  if (hash !== '' && pathname === location.pathname && search === location.search) return;
  event.preventDefault();
  navigate(`${pathname}${search}${hash}`);
}

const isPage = (path: string): boolean =>
  path === '/' ||
  /^\/(places|indicators|documents)\/[^/]+$|^\/(compare|documents|contradictions|search)$/.test(path);
