/** The building blocks of the shapes of seed files: texts, codes, days, ids, names, citations. */
import Type, { type Static, type TProperties, type TSchema } from 'typebox';
import { DateOnly, Language, Nullable, noControls } from '../schema/common.ts';

/** Not a format of JSON Schema: a `start/end` whose days exist, in order. */
export const periodFormat = 'period';

export const record = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
export const optional = <T extends TSchema>(schema: T) => Type.Optional(Nullable(schema));
export const list = <T extends TSchema>(schema: T) => Type.Optional(Type.Array(schema));

export const Text = Type.String({ minLength: 1, pattern: noControls, is: 'a text on one line' });
export const Word = Type.String({ pattern: '^[a-z][a-z0-9_]*$', is: 'a lower_snake word' });
const FieldName = Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', is: 'the name of a field' });
export const FileName = Type.String({
  pattern: '^[^/\\\\\\u0000-\\u001f\\u007f]+$',
  is: 'the name of a file, without a folder',
});
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', is: 'a SHA-256: 64 digits and letters a–f' });
export const Code = Type.String({ pattern: '^[A-Za-z0-9]+$', is: 'a code of letters and digits' });
export const Period = Type.String({
  pattern: '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$|^[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}$',
  is: "a period: '2023', 2023-09, 2023-10-31 or 2023-01-01/2023-09-30",
  format: periodFormat,
});
export const Count = Type.Integer({ minimum: 1 });
/** The id of a record of one type, or a reference to one: `id` declares, any other key refers. */
export const idOf = (type: string, key = '[A-Za-z0-9][A-Za-z0-9._@-]{0,149}') =>
  Type.String({ pattern: `^${type}:${key}$`, is: `an id such as ${type}:…`, isId: true });
/** Members of a record by name, `value` or `name.en`, with what they are. */
export const SeedMembers = Type.Record(
  Type.String({ pattern: '^[a-z][A-Za-z0-9]*([.][a-z][A-Za-z0-9_]*)?$' }),
  Type.Unsafe<unknown>({ any: true }),
);
/** Each at most once. */
export const distinct = <T extends TSchema>(schema: T) =>
  Type.Optional(Type.Array(schema, { uniqueItems: true }));

/** In at least one language. */
export const SeedNames = Type.Object(
  { vi: optional(Text), en: optional(Text), ar: optional(Text), he: optional(Text) },
  { additionalProperties: false, minProperties: 1 },
);
export const SeedAlias = record({ text: Text, language: Language, document: optional(idOf('document')) });

const offset = Type.Integer({ minimum: 0 });
export const SeedCitation = Type.Union([
  record({
    document: idOf('document'),
    paragraph: Count,
    start: offset,
    end: offset,
    printed: optional(Text),
    sha256: Sha256,
    inferred: distinct(FieldName),
  }),
  record({ resolution: Text, date: optional(DateOnly), inferred: distinct(FieldName) }),
  record({ package: Text, version: Text, inferred: distinct(FieldName) }),
]);
export type SeedCitation = Static<typeof SeedCitation>;
