/**
 * A world small enough to be kept in memory beside the database: bodies, tasks with links to them, and figures. What
 * it should hold after seeds, corrections and rollbacks is worked out here, by other code than that under test.
 */

/** What the seed files say. */
export interface World {
  /** Number of the body → its name. */
  bodies: Map<number, number>;
  /** Number of the task → the bodies that are to do it. */
  tasks: Map<number, number[]>;
  /** Year → figure. */
  figures: Map<number, number>;
  corrections: Correction[];
}

export type Correction = { id: number; year: number; expect: number } & (
  | { set: number }
  | { withdraw: true }
  | { mergedInto: number }
);

export const emptyWorld = (): World => ({
  bodies: new Map(),
  tasks: new Map(),
  figures: new Map(),
  corrections: [],
});

/** Id of each record → what it says, as one text. */
export type Content = ReadonlyMap<string, string>;

export const bodyId = (number: number): string => `body:b${number}`;
export const taskId = (number: number): string => `task:t${number}`;
export const figureId = (year: number): string => `observation:y${year}`;
export const correctionId = (number: number): string => `correction:c${number}`;

/** What is to be stored; undefined where the seed must be refused. */
export function contentOf({ bodies, tasks, figures, corrections }: World): Content | undefined {
  const corrected = new Map(figures);
  for (const one of corrections) {
    if (corrected.get(one.year) !== one.expect) return undefined;
    if ('mergedInto' in one && !corrected.has(one.mergedInto)) return undefined;
    if ('set' in one) corrected.set(one.year, one.set);
    else corrected.delete(one.year);
  }
  const linked = [...tasks.values()].flat();
  if (linked.some((body) => !bodies.has(body))) return undefined;
  return new Map([
    ...[...bodies].map(([number, name]) => [bodyId(number), `name ${name}`] as const),
    ...[...tasks].map(([number, links]) => [taskId(number), links.map(bodyId).join()] as const),
    ...[...corrected].map(([year, figure]) => [figureId(year), `${figure}`] as const),
    ...corrections.map((one) => [correctionId(one.id), figureId(one.year)] as const),
  ]);
}

export interface ExpectedChange {
  reason: string;
  correction: string | null;
}

/** What a release that leads from one content to another does to each record. */
export function changesBetween(
  before: Content,
  after: Content,
  corrections: readonly Correction[],
): Map<string, ExpectedChange> {
  const begun = new Map(
    corrections
      .filter(({ id }) => after.has(correctionId(id)) && !before.has(correctionId(id)))
      .map((one) => [figureId(one.year), one]),
  );
  const changes = new Map<string, ExpectedChange>();
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(id) === after.get(id)) continue;
    const correction = begun.get(id);
    const reason = !before.has(id) ? 'new' : after.has(id) ? 'revised' : 'withdrawn';
    if (correction === undefined || reason === 'new') changes.set(id, { reason, correction: null });
    else
      changes.set(id, {
        reason: correctedReason(reason, correction),
        correction: correctionId(correction.id),
      });
  }
  return changes;
}

function correctedReason(reason: string, correction: Correction): string {
  if (reason === 'revised') return 'corrected';
  return 'mergedInto' in correction ? 'merged' : 'withdrawn';
}

const citations = [{ package: 'little-world', version: '1.0.0' }];
const names = (en: string) => ({ en });

/** One seed file. JSON is YAML. */
export function seedFileOf({ bodies, tasks, figures, corrections }: World): string {
  const version = {
    code: '70',
    type: 'province',
    name: names('Little'),
    fullName: names('Little'),
    citations,
  };
  return JSON.stringify({
    places: [{ id: 'place:little', level: 'province', versions: [version] }],
    bodies: [...bodies].map(([number, name]) => ({
      id: bodyId(number),
      kind: 'department',
      name: names(`Body ${number} ${name}`),
      citations,
    })),
    tasks: [...tasks].map(([number, links]) => ({
      id: taskId(number),
      kind: 'task',
      name: names(`Task ${number}`),
      responsible: links.map(bodyId),
      citations,
    })),
    indicators: [
      {
        id: 'indicator:count',
        name: names('Count'),
        definition: names('A count'),
        unit: 'persons',
        topic: 'people',
        direction: 'up',
        additive: true,
        citations,
      },
    ],
    observations: [...figures].map(([year, value]) => ({
      id: figureId(year),
      indicator: 'indicator:count',
      measure: 'value',
      scenario: 'actual',
      comparator: 'eq',
      value,
      unit: 'persons',
      place: 'place:little',
      period: String(year),
      citations,
    })),
    corrections: corrections.map((one) => ({
      id: correctionId(one.id),
      fact: figureId(one.year),
      expect: { value: one.expect },
      ...('set' in one ? { set: { value: one.set } } : {}),
      ...('withdraw' in one ? { withdraw: true } : {}),
      ...('mergedInto' in one ? { mergedInto: figureId(one.mergedInto) } : {}),
      reason: 'Because.',
      date: '2026-11-25',
    })),
  });
}
