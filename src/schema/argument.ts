/** The arguments that operations share; GraphQL and REST know them by the same names. */
import Type, { type Static, type TProperties, type TSchema } from 'typebox';
import { DateOnly, datePattern, Id, idPattern, Language, noControls } from './common.ts';
import { limits } from './config.ts';

export const listOf = <T extends TSchema>(items: T, description: string) =>
  Type.Optional(Type.Array(items, { minItems: 1, maxItems: limits.listMax, description }));

export const Year = Type.Optional(
  Type.Integer({ minimum: 1900, maximum: 2200, description: 'Records whose period touches this year.' }),
);
export const Q = Type.String({
  minLength: 1,
  maxLength: limits.textMax,
  pattern: `^(?=.*\\S)${noControls.slice(1)}`,
  description: 'Text to look for, without regard to diacritics, case or tone placement.',
  'x-wants': `text of 1 to ${limits.textMax} characters, not only blanks, without control characters`,
});
export const On = Type.Optional(
  Type.String({
    pattern: `${datePattern}|^any$`,
    description: 'Which versions of places: those in force on this day, or `any`. Default: today.',
  }),
);
/** An id, or level and code. */
export const PlaceArg = (description: string) =>
  Type.Optional(
    Type.String({
      pattern: idPattern,
      maxLength: limits.textMax,
      description,
      examples: ['province:37', 'place:lao-cai-10'],
      'x-wants': 'the id of a place, or level and code such as province:37',
    }),
  );
export const place = PlaceArg(
  'A place across all its versions: an id, or level and code such as `province:37`.',
);
export const within = PlaceArg('Every place below this one: an id, or level and code.');
export const ref = (what: string) => Type.Optional(Type.String({ ...Id, description: `Id of ${what}.` }));
export const document = ref('a document that is cited');
export const q = Type.Optional(Q);
export const from = Type.Optional(
  Type.String({ ...DateOnly, description: "The record's period ends on this day or later." }),
);
export const to = Type.Optional(
  Type.String({ ...DateOnly, description: "The record's period ends on this day or earlier." }),
);
export const code = (level: string, length: number) =>
  Type.String({
    pattern: `^[0-9]{${length}}$`,
    description: `Official code of the ${level}, with leading zeros.`,
    'x-wants': `a code of ${length} digits, leading zeros included`,
  });
export const id = (what: string) => Type.String({ ...Id, description: `Id of the ${what}.` });

export const Lang = Type.Optional(
  Type.Unsafe<Static<typeof Language>>({
    ...Language,
    description: 'Adds to every name a `label` in this language, or in the first one that it has.',
  }),
);

export const args = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** What every list takes besides its own arguments; GraphQL calls `limit` `first`. */
export const paging = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: limits.pageSizeMax,
      description: `Items of a page, 1 to ${limits.pageSizeMax}; ${limits.pageSizeDefault} when left out.`,
    }),
  ),
  after: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 2000,
      pattern: noControls,
      description: 'The cursor that the page before ended with.',
      'x-wants': 'a cursor that this service gave',
    }),
  ),
};

/** A lower_snake code, as indicators and topics have. */
export const word = (description: string) =>
  Type.String({
    pattern: '^[a-z][a-z0-9_]*$',
    maxLength: 100,
    description,
    'x-wants': 'a lower_snake code such as average_income_per_capita',
  });
