/** Chooses one of several; what is chosen is part of the address. */
import { useId } from 'preact/hooks';
import { addressWith, navigate } from '../../lib/route';

interface Props {
  label: string;
  /** Of the query. */
  name: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  /** Parts of the query that have no meaning after the change. */
  drops?: readonly string[];
}

export function Choice({ label, name, value, options, drops = [] }: Props) {
  const id = useId();
  const choose = (chosen: string) =>
    navigate(addressWith({ ...Object.fromEntries(drops.map((one) => [one, undefined])), [name]: chosen }));
  return (
    <div class="choice">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
