/** A link in a drawing, named by what it leads to. */
import type { ComponentChildren } from 'preact';

interface Props {
  href: string;
  label: string;
  children: ComponentChildren;
  tabIndex?: number;
  onFocus?: () => void;
}

export function SvgDoor({ href, label, children, ...rest }: Props) {
  return (
    <a class="svg-door" href={href} aria-label={label} {...rest}>
      <title>{label}</title>
      {children}
    </a>
  );
}
