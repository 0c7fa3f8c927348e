/** The title of the document, as it stands in tabs, history and bookmarks. */
import { useEffect } from 'preact/hooks';

export function Title({ of }: { of: string }) {
  useEffect(() => {
    document.title = of === '' ? 'govdata' : `${of} – govdata`;
  }, [of]);
  return null;
}
