/** What a document asks of a record or a page, so that nothing else is read. */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { membersRead } from '../queries/answer.ts';
import type { Row, Wanted } from '../queries/types.ts';
import { links, linksOf } from '../schema/links.ts';

type Asked = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/** The fields below some others, fragments opened, whatever their directives say. */
function fieldsBelow(fields: readonly FieldNode[], { fragments }: Pick<Asked, 'fragments'>): FieldNode[] {
  const opened = ({ selections }: SelectionSetNode): FieldNode[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return opened(selection.selectionSet);
      return opened((fragments[selection.name.value] as FragmentDefinitionNode).selectionSet);
    });
  return fields.flatMap((field) => opened(field.selectionSet as SelectionSetNode));
}

const named = (fields: readonly FieldNode[], ...names: string[]): FieldNode[] =>
  fields.filter(({ name }) => names.includes(name.value));

/** By the fields of a document that ask for it: they are the same for all the records of a list. */
const known = new WeakMap<Asked['fieldNodes'], Map<string, Wanted>>();

function once(kind: string, { fieldNodes }: Asked, read: () => Wanted): Wanted {
  const kinds = known.get(fieldNodes) ?? new Map<string, Wanted>();
  known.set(fieldNodes, kinds);
  const wanted = kinds.get(kind) ?? read();
  kinds.set(kind, wanted);
  return wanted;
}

/** What is wanted of a record of a type. */
export const wantedOfRecord = (type: string, asked: Asked): Wanted =>
  once(type, asked, () => ({ members: membersOf(type, fieldsBelow(asked.fieldNodes, asked)) }));

/** What is wanted of a page of records of a type. */
export const wantedOfPage = (type: string, asked: Asked): Wanted =>
  once(`page of ${type}`, asked, () => readPage(type, asked));

function readPage(type: string, asked: Asked): Wanted {
  const fields = fieldsBelow(asked.fieldNodes, asked);
  const records = [...named(fields, 'nodes'), ...named(fieldsBelow(named(fields, 'edges'), asked), 'node')];
  return {
    members: membersOf(type, fieldsBelow(records, asked)),
    total: named(fields, 'totalCount', 'totalAtLeast').length > 0,
    notice: named(fields, 'notice').length > 0,
  };
}

/** Members that are asked for, or that what is asked for is found by. A record of any type says its own by its id. */
function membersOf(type: string, fields: readonly FieldNode[]): Wanted['members'] {
  const types = type === 'Node' ? Object.keys(links) : [type];
  const members = (name: string): readonly string[] => {
    const linked = types.filter((one) => name in linksOf(one));
    const isMember = linked.length < types.length;
    return [...(isMember ? [name] : []), ...linked.flatMap((one) => membersRead(one, name))];
  };
  return new Set(['id', ...fields.flatMap(({ name }) => members(name.value))]);
}

/** Whether the short form that a row holds of a record has every field that is asked of the record. */
export function holdsAll(short: Row, type: string, asked: Asked): boolean {
  const edges = linksOf(type);
  return fieldsBelow(asked.fieldNodes, asked).every(
    ({ name: { value: name } }) => name === '__typename' || (name in short && !(name in edges)),
  );
}
