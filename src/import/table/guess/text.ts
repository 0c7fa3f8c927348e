/** A guess as YAML: what was guessed says "look at this", and what nobody can guess is left empty, which is refused. */
import type { Node } from 'yaml';
import { lettersOf } from '../spec-values.ts';
import type { GuessedColumn } from './columns.ts';
import { fileNode, placeHeader } from './file.ts';
import type { Guess } from './guessed.ts';
import { fileOf, line, listOf, look, mapOf, some, unlessEmpty, written } from './nodes.ts';
import { dayOfYear, onlyYear } from './period.ts';
import { cellAt } from './sample.ts';
import { distinctFrom, languageOf, slugOf, withoutBreakdown } from './words.ts';

export function textOf(guess: Guess): string {
  const { sample, layout, kinds } = guess;
  const described = withIds(guess);
  const ignored = kinds.ignored.map((index) => cellAt(layout.headers, index));
  const nameless = kinds.nameless.map((column) =>
    look(`column ${lettersOf(column)} has no header, and so is left out`),
  );
  const map = mapOf(
    {
      dataset: datasetNode(guess),
      file: fileNode(guess),
      place: placeNode(guess),
      time: timeNode(guess),
      dimensions: dimensionsNode(guess),
      statuses: statusesNode(guess),
      indicators: listOf(described.map((one, index) => indicatorNode(guess, { ...one, first: index === 0 }))),
      columns: listOf(described.map((one) => columnNode(guess, one))),
      ignore: unlessEmpty(ignored, (headers) =>
        listOf(headers, { first: look('columns that are left out') }),
      ),
    },
    {
      indicators: look(
        'of an indicator that exists already take the id, below, too, and leave out what describes it here.',
      ),
      columns: 'Ranges are those of the figures that were looked at, rounded: make them what is plausible.',
    },
    nameless,
  );
  const top = `A first description of ${sample.grid.label},
guessed from its first ${sample.rows.length} rows that are not blank. Correct what says "look at this", and fill in what is
empty: until then it is refused. Then see what it does: govdata import table … --spec … --dry-run`;
  return fileOf(map, top);
}

function datasetNode({ name, title }: Guess): Node {
  return mapOf(
    {
      id: line(
        `dataset:${shortened(slugOf(name, 'table').replaceAll('_', '-'))}`,
        look('it is part of the ids of all figures'),
      ),
      title:
        title === undefined
          ? line(null, look('the table has none; such as {en: Poverty rate by province}'))
          : line({ [languageOf(title)]: title }),
    },
    {},
    ['publisher:', 'licence:', 'retrievedOn:', 'note:'],
  );
}

const longestId = 40;

/** At the end of a word. */
const shortened = (slug: string): string =>
  slug.length > longestId ? slug.slice(0, longestId + 1).replace(/-[^-]*$/, '') : slug;

const mayBePlaces = look('are these places?');

function placeNode({ layout, kinds, rows }: Guess): Node {
  const { countries, skipped, doubtful, nameless } = rows;
  const header = cellAt(layout.headers, kinds.place) || placeHeader;
  const first = look('rows that are left out; take those out that are places, and add others that are none');
  return mapOf(
    {
      column: line(header, look('of provinces, unless "level" says another')),
      names: unlessEmpty(countries, (names) =>
        line(Object.fromEntries(names.map((name) => [name, 'place:viet-nam']))),
      ),
      skip: unlessEmpty(skipped, (names) =>
        listOf(names, {
          first,
          out: doubtful.length > 0 ? [mayBePlaces, ...doubtful.map((name) => `- ${written(name)}`)] : [],
        }),
      ),
    },
    {},
    [
      ...(skipped.length === 0 && doubtful.length > 0
        ? ['skip:', `  # ${mayBePlaces}`, ...doubtful.map((name) => `  - ${written(name)}`)]
        : []),
      ...(nameless.length > 0 ? [look(`nothing names the place of rows ${some(nameless)}`)] : []),
    ],
  );
}

function timeNode({ layout, kinds: { time } }: Guess): Node | undefined {
  if (!time) return undefined;
  const form = time.form === '{year}' ? {} : { form: time.form };
  return line({ column: layout.headers[time.index], ...form });
}

function dimensionsNode({ layout, kinds: { dimensions } }: Guess): Node | undefined {
  if (dimensions.length === 0) return undefined;
  return mapOf(
    Object.fromEntries(
      dimensions.map(({ index, name, values }) => [
        name,
        mapOf({
          column: line(layout.headers[index]),
          values: mapOf(Object.fromEntries([...values].map(([text, value]) => [text, line(value)]))),
        }),
      ]),
    ),
    Object.fromEntries(
      dimensions.map(({ name }) => [
        name,
        look('a part of what is measured? Else name the column in "ignore"'),
      ]),
    ),
  );
}

function statusesNode({ columns: { statuses } }: Guess): Node | undefined {
  if (statuses.size === 0) return undefined;
  const meanings = [...statuses].map(([printed, scenario]): [string, Node] => [
    printed,
    scenario ? line(scenario) : line(null, look('actual, preliminary, estimate or target')),
  ]);
  return mapOf(Object.fromEntries(meanings));
}

/** What is measured in each: the text of its header, else that of the title. */
const measured = ({ title, name }: Guess, { text }: GuessedColumn): string =>
  text === '' ? withoutBreakdown(title ?? name) : text;

interface Described {
  column: GuessedColumn;
  /** Of its indicator. */
  id: string;
}

function withIds(guess: Guess): Described[] {
  const ids: string[] = [];
  return guess.columns.columns.map((column) => {
    const id = distinctFrom(ids, `indicator:${slugOf(measured(guess, column), 'indicator')}`);
    ids.push(id);
    return { column, id };
  });
}

/** What to fill in is said at the first. */
function indicatorNode(guess: Guess, { column, id, first }: Described & { first: boolean }): Node {
  const name = measured(guess, column);
  const printed = column.unit === undefined ? [] : [`"${column.unit}" is printed`];
  const empty = (what: string, more: readonly string[] = []) =>
    line(null, [...(first ? [what] : []), ...more].join('; ') || undefined);
  return mapOf({
    id: line(id),
    name: line({ [languageOf(name)]: name }),
    definition: empty('what exactly is counted or measured, such as {en: …}'),
    unit: empty('such as percent', printed),
    topic: empty('such as health'),
    direction: empty('which way is better: up, down or none'),
    additive: empty('whether figures of several places may be summed: true or false'),
  });
}

function columnNode({ figures, kinds, title, name }: Guess, { column, id }: Described): Node {
  const { form, groups, indexes, timed } = column;
  const texts = [...(title === undefined ? [] : [title]), name];
  const yearly = timed && !/\{(quarter|month)\}/.test(form);
  const period = timed ? (yearly ? dayOfYear(texts) : undefined) : kinds.time ? undefined : onlyYear(texts);
  const range = figures.limitsOf(indexes);
  return mapOf({
    header: line(form),
    indicator: line(id),
    groups: groups && groupsNode(groups),
    period,
    range: range && line(range),
  });
}

function groupsNode(groups: ReadonlyMap<string, string | undefined>): Node {
  const values = [...groups].map(([text, group]): [string, Node] => [
    text,
    line(group === undefined ? {} : { group }),
  ]);
  const map = mapOf(Object.fromEntries(values));
  map.commentBefore = ` ${look('name the dimension, instead of "group"; other quantities need entries of their own')}`;
  return map;
}
