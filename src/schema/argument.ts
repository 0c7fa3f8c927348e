/** The arguments that operations share; GraphQL and REST know them by the same names. */
import Type, { type TProperties, type TSchema } from 'typebox';
import { DateOnly, datePattern, described, Id, idPattern, Language, noControls } from './common.ts';
import { limits } from './config.ts';

export const listOf = <T extends TSchema>(items: T, description: string) =>
  Type.Optional(Type.Array(items, { minItems: 1, maxItems: limits.listMax, description }));

export const yearOf = (description: string) => Type.Integer({ minimum: 1900, maximum: 2200, description });
export const Year = Type.Optional(yearOf('Records whose period touches this year.'));
const typed = {
  minLength: 1,
  maxLength: limits.textMax,
  pattern: `^(?=.*\\S)${noControls.slice(1)}`,
  'x-wants': `text of 1 to ${limits.textMax} characters, not only blanks, without control characters`,
};
export const Q = Type.String({
  ...typed,
  description:
    'Text to look for, without regard to diacritics, case or tone placement; usual abbreviations such as TP.HCM, Q.1 or TX are understood.',
});
export const On = Type.Optional(
  Type.String({
    pattern: `${datePattern}|^any$`,
    description: 'Which versions of places: those in force on this day, or `any`. Default: today.',
  }),
);
const placeOrCode = (description: string) =>
  Type.String({
    pattern: idPattern,
    maxLength: limits.textMax,
    description,
    examples: ['province:37', 'place:lao-cai-10'],
    'x-wants': 'the id of a place, or level and code such as province:37',
  });
/** An id, or level and code. */
export const PlaceArg = (description: string) => Type.Optional(placeOrCode(description));
export const placeId = placeOrCode('Id of the place or of one of its versions, or level and code.');
export const wholePlace = placeOrCode(
  'A place across all its versions: an id, or level and code such as `province:37`.',
);
export const place = Type.Optional(wholePlace);
export const within = PlaceArg('Every place below this one: an id, or level and code.');
export const ref = (what: string) => Type.Optional(Type.String({ ...Id, description: `Id of ${what}.` }));
export const document = ref('a document that is cited');
export const publishedBy = Type.Optional(
  Type.String({
    pattern: `${datePattern}|^unknown$`,
    description:
      'Only what had been published by this day, by the date of a source; `unknown`: only what no source with a date states. It asks what was known then; `asOf` asks what this service said.',
  }),
);
export const q = Type.Optional(Q);
export const from = Type.Optional(
  Type.String({ ...DateOnly, description: "The record's period ends on this day or later." }),
);
export const to = Type.Optional(
  Type.String({ ...DateOnly, description: "The record's period ends on this day or earlier." }),
);
export const territory = Type.Optional(
  Type.String({
    ...DateOnly,
    description:
      'Adds to each observation its `comparability`: how it holds for the territory that its place has on this day. It picks no observations.',
  }),
);
/** How the codes of a level look. `x-digits`: numbers of digits, where zeros in front may have got lost. */
const digits = (length: number, list: string) => ({
  pattern: `^[0-9]{${length}}$`,
  'x-digits': [length],
  'x-wants': `a code of ${length} digits as the statistics office gives it (no ISO 3166-2), leading zeros included; ${list} lists them`,
});
export const codeOf = {
  country: { pattern: '^[A-Z]{2}$', 'x-digits': [], 'x-wants': 'a code of two letters such as VN' },
  province: digits(2, '/v1/provinces'),
  district: digits(3, '/v1/districts?on=any'),
  commune: digits(5, '/v1/communes'),
};
export const code = (level: Exclude<keyof typeof codeOf, 'country'>) =>
  Type.String({
    ...codeOf[level],
    description: `Official code of the ${level}, with leading zeros.`,
  });
/** The code that digits with too few zeros in front most likely stand for. */
export function padded(text: string, lengths: readonly number[]): string | undefined {
  const length = /^[0-9]+$/.test(text) ? lengths.find((one) => one > text.length) : undefined;
  return length === undefined ? undefined : text.padStart(length, '0');
}
/** The code of a place of any level. */
export const placeCode = Type.String({
  pattern: '^([0-9]{2}|[0-9]{3}|[0-9]{5}|[A-Z]{2})$',
  'x-digits': [2, 3, 5],
  'x-wants': 'a code of 2, 3 or 5 digits as the statistics office gives it, leading zeros included',
});
export const id = (what: string) => Type.String({ ...Id, description: `Id of the ${what}.` });

export const Lang = Type.Optional(
  described(Language, 'Adds to every name a `label` in this language, or in the first one that it has.'),
);

/** What every operation takes besides its own arguments: as of when it answers. */
export const clocks = {
  release: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 2_147_483_647,
      description: 'Answers as of this release; "today" is then the day on which it was made.',
    }),
  ),
  asOf: Type.Optional(
    Type.String({
      ...DateOnly,
      description:
        'Answers as the service would have at the end of this day (Asia/Ho_Chi_Minh), which "today" then is.',
    }),
  ),
};

export const args = <P extends TProperties>(properties: P) =>
  Type.Object({ ...properties, ...clocks }, { additionalProperties: false });

/** The arguments that an edge takes over from a list: it is of the release that its near end is of. */
export function withoutClocks<S extends object>(properties: Record<string, S>): Record<string, S> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !Object.hasOwn(clocks, name)));
}

/** One text may be a code, a name, or a name and what lies above the place. */
export const LookupItems = Type.Array(Type.String(typed), {
  minItems: 1,
  maxItems: limits.lookupMax,
  description:
    'Official codes, or names as people type them; what follows a comma narrows by the names of what lies above: `14404`, `Cúc Phương`, `P. Bến Nghé, Q.1, TP.HCM`.',
});

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

/** Of `nodes`: any ids, as `node` takes any; one of nothing is answered with null. */
export const nodeIds = Type.Array(Type.String({ 'x-wants': 'an id such as theme:bao-yen-2024' }), {
  maxItems: limits.listMax,
  description: `Ids of at most ${limits.listMax} records.`,
});

/** What every connection takes besides: pages from the end, which only GraphQL has. */
export const backPaging = {
  last: Type.Optional(
    Type.Integer({
      ...paging.limit,
      description: `As \`first\`, but from the end of the list, or before \`before\`, 1 to ${limits.pageSizeMax}.`,
    }),
  ),
  before: Type.Optional(
    Type.String({ ...paging.after, description: 'The cursor that the page is to end before.' }),
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
