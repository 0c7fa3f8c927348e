/**
 * What is typed by hand about the administrative tree (`seeds/gazetteer/`): what the packages lack, what they
 * have wrong, what changed after them, and what the tree must count to.
 */
import Type, { type Static } from 'typebox';
import { DateOnly } from '../../schema/common.ts';
import { Coverage, Level, PlaceType } from '../../schema/place.ts';
import { Code, optional, record, Text } from '../shape-parts.ts';

const resolution = { resolution: Text, date: optional(DateOnly) };

/** How many units of a level, or links that lead from such units, there must be on a day. */
export const TreeCount = record({
  on: DateOnly,
  of: Type.Enum(['units', 'links']),
  level: Level,
  type: optional(PlaceType),
  count: Type.Integer({ minimum: 0 }),
});

/** The acts behind the day on which the packages' second list takes the place of their first. */
export const TreeAct = record({
  of: Type.Enum(['provinces', 'districts', 'communes', 'codes']),
  effectiveOn: DateOnly,
  ...resolution,
});

/** A province of the second list: what it was made of, and the resolution on its communes. */
export const TreeProvince = record({
  code: Code,
  type: PlaceType,
  name: Text,
  former: Type.Array(Code, { minItems: 1, uniqueItems: true }),
  communes: Text,
});

/** What a list has wrong or lacks. Without a member that says more, the unit itself is added. */
export const TreeCorrection = record({
  on: DateOnly,
  level: Level,
  code: Code,
  /** Full name, with the word for the type. */
  name: optional(Text),
  parent: optional(Code),
  recode: optional(Code),
  successor: optional(Code),
  coverage: optional(Coverage),
  reason: Text,
});

/** Which old unit goes on as a new one, where the one successor that the packages name cannot tell. */
export const TreeContinuation = record({ code: Code, from: optional(Code), reason: Text });

/** Units whose type changed under the same code, and perhaps their name; `name` is the bare one from then on. */
export const TreeAmendment = record({
  effectiveOn: DateOnly,
  level: Level,
  type: PlaceType,
  ...resolution,
  units: Type.Array(record({ code: Code, name: Text }), { minItems: 1 }),
});

/** All that differs between two lists in a province is the work of this resolution. */
export const TreeArrangement = record({ province: Code, effectiveOn: DateOnly, ...resolution });

/** A unit of the first list whose start is known: earlier versions are in `places`. */
export const TreeOrigin = record({ level: Level, code: Code, validFrom: DateOnly, ...resolution });

/** An established English name, which no transliteration would give. */
export const TreeExonym = record({ level: Level, name: Text, en: Text, fullName: optional(Text) });

/** An old unit that the conversion table prints with the code of another. */
export const CrosswalkCorrection = record({ printed: Code, name: Text, code: Code, reason: Text });

/** An old unit, a district or a commune, that the conversion table prints under another province. */
export const CrosswalkParent = record({ code: Code, province: Code, reason: Text });

/** What the conversion table has otherwise than expected, and rightly. */
export const CrosswalkException = record({
  code: Code,
  of: Type.Enum(['other_name', 'whole_and_part']),
  reason: Text,
});

export const treeSections = {
  treeCounts: TreeCount,
  treeActs: TreeAct,
  treeProvinces: TreeProvince,
  treeCorrections: TreeCorrection,
  treeContinuations: TreeContinuation,
  treeAmendments: TreeAmendment,
  treeArrangements: TreeArrangement,
  treeOrigins: TreeOrigin,
  treeExonyms: TreeExonym,
  crosswalkCorrections: CrosswalkCorrection,
  crosswalkParents: CrosswalkParent,
  crosswalkExceptions: CrosswalkException,
} as const;

export type TreeSection = keyof typeof treeSections;
/** All that is typed about the tree, by section. */
export type TreeFacts = { [S in TreeSection]: Static<(typeof treeSections)[S]>[] };
