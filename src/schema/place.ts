/** Places: administrative units, published as the version in force between two dates. */
import Type, { type Static } from 'typebox';
import { Alias, DateOnly, described, Id, Names, Nullable, Shape, Words } from './common.ts';
import { sourced } from './fact.ts';

export const Level = Words('Level', 'The level of an administrative unit.', {
  country: 'The country.',
  province: 'A province or a centrally run city.',
  district: 'A district; the level ended on 2025-07-01.',
  commune: 'A commune, ward, township or special zone.',
});
export type Level = Static<typeof Level>;

export const PlaceType = Words('PlaceType', 'The kind of unit within its level.', {
  country: 'Country.',
  province: 'Province (tỉnh).',
  city: 'City (thành phố), of province or of district level.',
  urban_district: 'Urban district (quận).',
  district: 'District (huyện).',
  town: 'Town (thị xã).',
  ward: 'Ward (phường).',
  commune: 'Commune (xã).',
  township: 'Township (thị trấn).',
  special_zone: 'Special zone (đặc khu).',
});
export type PlaceType = Static<typeof PlaceType>;

export const DateBasis = Words('DateBasis', 'Where a start or end of validity is known from.', {
  resolution: 'A legal act gives the day.',
  observed: 'Only two snapshots around it are known; the day is that of the later one.',
});
export type DateBasis = Static<typeof DateBasis>;

export const NameBasis = Words('NameBasis', 'Where the English name comes from.', {
  transliterated: 'Made from the Vietnamese name by dropping diacritics.',
  exonym: 'An established English name.',
});
export type NameBasis = Static<typeof NameBasis>;

export const PlaceStatus = Words('PlaceStatus', 'How a version stands to today.', {
  in_force: 'This version is in force.',
  superseded: 'The place lives on as another version; see current.',
  abolished: 'The place has ended; see successors.',
});
export type PlaceStatus = Static<typeof PlaceStatus>;

export const PlaceChangeKind = Words('PlaceChangeKind', 'What turned old versions into new ones.', {
  merge: 'Two or more became one.',
  split: 'One became two or more, or gave up a part.',
  rename: 'The name changed, and perhaps its type or code.',
  reclassify: 'The type changed.',
  recode: 'The code changed.',
  transfer: 'The unit went to another parent.',
  abolish: 'The unit ended without a successor of its level.',
});
export type PlaceChangeKind = Static<typeof PlaceChangeKind>;

export const Coverage = Words('Coverage', 'How much of the old unit went to the new one.', {
  whole: 'All of it.',
  part: 'A part of it.',
  primary: 'Only the main successor is known.',
  unknown: 'Not known.',
});
export type Coverage = Static<typeof Coverage>;

const PlaceId = Type.String({ ...Id, description: 'The continuing place, whatever its codes and names.' });
const Code = Type.String({ description: 'The official code at that time, with leading zeros.' });

export const PlaceRef = Shape('PlaceRef', 'A version of a place, in short.', {
  id: Id,
  placeId: PlaceId,
  level: Level,
  code: Code,
  name: Names,
  validFrom: Nullable(described(DateOnly, 'First day; null: older than our first source.')),
  validTo: Nullable(described(DateOnly, 'First day after; null: in force.')),
});
export type PlaceRef = Static<typeof PlaceRef>;

export const LegalBasis = Nullable(Type.String({ description: 'The number of the legal act.' }));
/** Nullable: the country and what nothing is known above has none. */
export const Context = described(
  Names,
  'The full names of what lies above a place on the day asked for, else on its own last day: Huyện Nho Quan, Tỉnh Ninh Bình. Null for a province and for what is no place.',
);

export const Lineage = Shape(
  'Lineage',
  'A link between an old version and a new one, seen from either side; `place` is null where no source names the successor.',
  {
    place: Nullable(
      described(PlaceRef, 'The version at the other end; null where no source names the successor.'),
    ),
    coverage: Coverage,
    changeId: described(Id, 'Id of the change.'),
    kind: PlaceChangeKind,
    effectiveOn: described(DateOnly, 'The day on which it came into force.'),
    enactedOn: Nullable(described(DateOnly, 'The day on which it was enacted, where known.')),
    legalBasis: LegalBasis,
    dataset: Nullable(
      Type.String({ ...Id, description: 'The imported table that says it; null: the gazetteer does.' }),
    ),
  },
);
export type Lineage = Static<typeof Lineage>;

export const Place = Shape(
  'Place',
  'An administrative unit as it is between two dates. `id` names this version, `placeId` the continuing place.',
  {
    id: Id,
    placeId: PlaceId,
    level: Level,
    code: Code,
    type: PlaceType,
    name: Names,
    fullName: described(Names, 'The name with the type of the unit.'),
    nameBasis: Nullable(NameBasis),
    aliases: Type.Array(Alias, { description: 'Renderings that sources print.' }),
    parent: Nullable(described(PlaceRef, 'What lies directly above it.')),
    ancestors: Type.Array(PlaceRef, {
      description: 'What lies above it, nearest first, on the day asked for, else on its own.',
    }),
    validFrom: Nullable(
      Type.String({ ...DateOnly, description: 'First day; null: older than our first source.' }),
    ),
    validTo: Nullable(Type.String({ ...DateOnly, description: 'First day after; null: in force.' })),
    observedFrom: Nullable(
      Type.String({
        ...DateOnly,
        description: 'The first snapshot that shows it, where its start is unknown.',
      }),
    ),
    validFromBasis: Nullable(described(DateBasis, 'Where its first day is known from.')),
    validToBasis: Nullable(described(DateBasis, 'Where the day after its last is known from.')),
    status: PlaceStatus,
    current: Nullable(
      described(PlaceRef, 'The version in force today, where the place lives on as another.'),
    ),
    predecessors: Type.Array(Lineage, { description: 'What this version was made of.' }),
    successors: Type.Array(Lineage, { description: 'What became of this version.' }),
    otherVersions: Type.Array(PlaceRef, { description: 'Who else bore this code at this level.' }),
    ...sourced,
  },
);
export type Place = Static<typeof Place>;
