/** Links to records, as a list. */
import type { Names } from '../lib/api';
import { pages } from '../lib/route';
import { Name } from './name';

interface Props {
  class?: 'inline' | 'columns';
  of: readonly { href: string; name: Names }[];
}

export function Links({ of, ...rest }: Props) {
  return (
    <ul {...rest}>
      {of.map(({ href, name }) => (
        <li key={href}>
          <a href={href}>
            <Name of={name} />
          </a>
        </li>
      ))}
    </ul>
  );
}

export const placeLinks = (places: readonly { placeId: string; name: Names }[]) =>
  places.map(({ placeId, name }) => ({ href: pages.place(placeId), name }));
export const indicatorLinks = (indicators: readonly { code: string; name: Names }[]) =>
  indicators.map(({ code, name }) => ({ href: pages.indicator(code), name }));
