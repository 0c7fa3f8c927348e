/** The building blocks of every published shape: enums, names, dates, periods, identifiers. */
import Type, { type Static, type TSchema } from 'typebox';

/** The contract's version; it goes into every ETag, so that a changed shape is never a stale 304. */
export const contractVersion = '1.0.0';

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** A published object: `title` is its GraphQL type and its OpenAPI component. */
export function Shape<P extends Record<string, TSchema>>(title: string, description: string, properties: P) {
  return Type.Object(properties, { title, description, additionalProperties: false });
}

/**
 * A shape, enum or form where it stands for more than it says of itself. What bears a title keeps that as `x-shape`, to be
 * described by wherever it is defined.
 */
export function described<S extends TSchema>(schema: S, description: string) {
  const own = schema as { title?: string; description?: string };
  const shape = own.title === undefined ? {} : { 'x-shape': own.description };
  return Type.Unsafe<Static<S>>({ ...shape, ...schema, description });
}

/** A closed list of lower_snake words, each with what it means. */
export function Words<const W extends Record<string, string>>(title: string, description: string, words: W) {
  const values = Object.keys(words) as [keyof W & string, ...(keyof W & string)[]];
  return Type.Enum(values, { title, description, 'x-words': words });
}

export const noControls = '^[^\\u0000-\\u001f\\u007f]*$';
/** The form of a day; that it exists is checked apart. */
export const datePattern = '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$';

/** Whether the calendar has the day: a pattern cannot know 2023-02-30, and PostgreSQL knows no year 0. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text && !text.startsWith('0000');
}

export const DateOnly = Type.String({
  pattern: datePattern,
  format: 'date',
  description: 'A day, `YYYY-MM-DD`.',
});
export const Instant = Type.String({
  format: 'date-time',
  description: 'A moment, `YYYY-MM-DDThh:mm:ss.sssZ`.',
});

/** A global id: `type:key`, ASCII. The same in REST, GraphQL and `node(id:)`. */
export const idPattern = '^[a-z_]+:[A-Za-z0-9][A-Za-z0-9._@-]*$';
export const Id = Type.String({
  pattern: idPattern,
  maxLength: 200,
  description: 'A global id, `type:key`.',
  'x-wants': 'an id such as theme:bao-yen-2024',
});

export const languages = ['vi', 'en', 'ar', 'he'] as const;
export const Language = Words('Language', 'A language of a name or text.', {
  vi: 'Vietnamese.',
  en: 'English.',
  ar: 'Arabic.',
  he: 'Hebrew.',
});
export type Language = Static<typeof Language>;

export const Label = Shape('Label', 'A name in the language asked for, or in the first one that it has.', {
  text: Nullable(Type.String({ description: 'The name; null where it is known in no language.' })),
  language: Nullable(described(Language, 'The language that the text is in.')),
});
export type Label = Static<typeof Label>;

const nameIn = (language: string) =>
  Nullable(Type.String({ description: `In ${language}; null where unknown.` }));
export const Names = Shape(
  'Names',
  'A name or text by language; Arabic and Hebrew only as a document prints them. Never negotiated.',
  {
    vi: nameIn('Vietnamese'),
    en: nameIn('English'),
    ar: nameIn('Arabic'),
    he: nameIn('Hebrew'),
    label: Type.Optional(Label),
  },
);
export type Names = Static<typeof Names>;

export const Alias = Shape('Alias', 'A rendering of a name as a source prints it.', {
  text: Type.String({ description: 'The rendering, as printed.' }),
  language: described(Language, 'The language of the rendering.'),
  document: Nullable(described(Id, 'Id of the document that prints it.')),
});
export type Alias = Static<typeof Alias>;

export const Comparator = Words('Comparator', 'How a figure was qualified where it was printed.', {
  eq: 'Exactly the value.',
  ge: 'At least the value.',
  gt: 'More than the value.',
  le: 'At most the value; for a rank: among the first.',
  lt: 'Under the value.',
  approx: 'About or nearly the value.',
});
export type Comparator = Static<typeof Comparator>;

export const Period = Shape('Period', 'A span of days, both ends inclusive; a point has start = end.', {
  start: described(DateOnly, 'First day.'),
  end: described(DateOnly, 'Last day.'),
  cumulative: Type.Boolean({ description: 'Whether it accumulates from the start of the year.' }),
  label: Type.String({ description: '`2023`, `2023-09`, `2023-10-31`, else `start/end`.' }),
});
export type Period = Static<typeof Period>;

export const Flag = Words('Flag', 'What a reader must know before relying on a fact.', {
  place_inferred: 'The place is not printed beside the fact; the curator inferred it.',
  period_inferred: 'The period is not printed beside the fact; the curator inferred it.',
  year_inferred: 'Day or month are printed, the year is not.',
  cutoff_not_printed: 'The figure is a state at a day that is not printed.',
  unit_suspect: 'The printed unit is probably wrong; see readings.',
  base_suspect: 'The printed base of comparison is probably wrong; see readings.',
  translation_suspect: 'The translation probably distorts the original wording.',
  sense_ambiguous: 'The printed words allow more than one reading.',
  scope_not_printed: 'What the figure covers is not fully printed.',
  place_version_assumed: 'Of a time at which no version of the place is known; bound to the nearest one.',
  in_contradiction: 'Another record disagrees; see contradictions.',
  derived: 'Computed by the source or the importer, or as a residual of a series; not printed as such.',
  body_inferred: 'The issuing body is not printed beside the fact; the curator inferred it.',
});
export type Flag = Static<typeof Flag>;

export const Flags = Type.Array(Flag, { description: 'What a reader must know; empty when nothing.' });
export const Note = Nullable(Type.String({ description: "The curator's remark, in English." }));
