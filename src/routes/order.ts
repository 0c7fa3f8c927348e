/** Members in the order of the contract: PostgreSQL's jsonb keeps none of its own. */
import type { TSchema } from 'typebox';

interface Described {
  anyOf?: Described[];
  items?: Described;
  properties?: Record<string, Described>;
}

type Arrange = (value: unknown) => unknown;

const asIs: Arrange = (value) => value;
const arrangers = new WeakMap<object, Arrange>();

/** A function that copies a value of the shape with its members in the shape's order. */
export function inOrderOf(shape: TSchema): Arrange {
  const known = arrangers.get(shape);
  if (known) return known;
  const arrange = arrangerOf(shape as Described);
  arrangers.set(shape, arrange);
  return arrange;
}

function arrangerOf({ anyOf, items, properties }: Described): Arrange {
  if (anyOf) {
    const [inner = asIs] = anyOf.map(arrangerOf).filter((arrange) => arrange !== asIs);
    return inner === asIs ? asIs : (value) => (value === null ? null : inner(value));
  }
  if (items) {
    const each = arrangerOf(items);
    return each === asIs ? asIs : (value) => (value as unknown[]).map(each);
  }
  if (!properties) return asIs;
  const members = Object.entries(properties).map(([name, schema]) => [name, arrangerOf(schema)] as const);
  return (value) => {
    const from = value as Record<string, unknown>;
    const copy: Record<string, unknown> = {};
    for (const [name, arrange] of members) if (name in from) copy[name] = arrange(from[name]);
    return copy;
  };
}
