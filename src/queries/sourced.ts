/** What proves a record: its citations, and what disagrees with it. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import { ref } from './refs.ts';
import type { ByKey } from './shared.ts';
import { arrayOf, day, live, object } from './sql.ts';
import type { Scope } from './types.ts';

const document = alias(t.documents, 'ref_document');
const documentRef = (id: SQLWrapper, scope: Scope): ByKey =>
  ref(document, object({ id: document.id, fileName: document.fileName }), t.documents, id, scope);

/** Not by another name, which Drizzle cannot give a view; nothing asks for the citations of a citation. */
const citation = t.allCitations;

export const factRef = (id: SQLWrapper): SQL => object({ type: sql`split_part(${id}, ':', 1)`, id });

/** The members of a Citation, by published name. */
export const citationMembers = (table: typeof citation, scope: Scope) => ({
  id: table.id,
  kind: table.kind,
  fact: factRef(table.factId),
  document: documentRef(table.documentId, scope),
  paragraph: table.paragraph,
  start: table.start,
  end: table.end,
  printed: table.printed,
  sha256: table.sha256,
  inferred: table.inferred,
  dataset: table.datasetId,
  sheet: table.sheet,
  row: table.row,
  column: table.column,
  resolution: table.resolution,
  date: day(table.date),
  packageName: table.packageName,
  packageVersion: table.packageVersion,
});

/** The members that end every sourced record. */
export const sourcedMembers = (
  table: { id: SQLWrapper; flags: SQLWrapper; note: SQLWrapper },
  scope: Scope,
) => ({
  flags: table.flags,
  note: table.note,
  contradictions: contradictionIds(table.id, scope),
  citations: citationsOf(table.id, scope),
});

export const citationsOf = (id: SQLWrapper, scope: Scope): SQL =>
  arrayOf(
    object(citationMembers(citation, scope)),
    sql`${citation.ordinal}`,
    sql`${citation} where ${citation.factId} = ${id} and ${live(citation, scope)}`,
  );

interface CellTable {
  id: SQLWrapper;
  datasetId: SQLWrapper;
  sheet: SQLWrapper;
  row: SQLWrapper;
  column: SQLWrapper;
}

/** Of a figure that stands in an imported table its cell, which is at hand; others are looked up as they are everywhere. */
export const cellCitation = (table: CellTable, others: SQL): SQL => {
  const none = sql`null`;
  const members: Record<keyof ReturnType<typeof citationMembers>, SQLWrapper> = {
    id: sql`'citation:' || substr(${table.id}, 13)`,
    kind: sql`'cell'::text`,
    fact: factRef(table.id),
    document: none,
    paragraph: none,
    start: none,
    end: none,
    printed: none,
    sha256: none,
    inferred: sql`'{}'::text[]`,
    dataset: table.datasetId,
    sheet: table.sheet,
    row: table.row,
    column: table.column,
    resolution: none,
    date: none,
    packageName: none,
    packageVersion: none,
  };
  return sql`case when ${table.datasetId} is null then ${others} else json_build_array(${object(members)}) end`;
};

const contradictionIds = (id: SQLWrapper, scope: Scope): SQL =>
  arrayOf(
    sql`${t.contradictionSides.contradictionId}`,
    sql`${t.contradictionSides.contradictionId} collate "C"`,
    sql`${t.contradictionSides} where ${t.contradictionSides.factId} = ${id} and ${live(t.contradictionSides, scope)}`,
  );
