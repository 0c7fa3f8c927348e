/**
 * What breaks the clients of an OpenAPI 3.1 document, and what may surprise them: two documents of this service compared.
 * A client asks with what was documented, so arguments may only get wider; it reads what was documented, so answers may
 * only get narrower or longer.
 */
import { compareSchemas, type Json, type Side } from './breaking-schemas.ts';

export interface Changes {
  breaking: string[];
  dangerous: string[];
}

/** Both sides of one thing. */
interface Pair {
  before: Json;
  after: Json;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

export function compareOpenApi(before: Json, after: Json): Changes {
  const comparison = new Comparison(before, after);
  comparison.run();
  return {
    breaking: [...comparison.breaking].sort(),
    dangerous: [...comparison.dangerous].sort(),
  };
}

class Comparison {
  readonly breaking = new Set<string>();
  readonly dangerous = new Set<string>();
  readonly #documents: Pair;
  /** Components that were compared already: they refer to each other in circles. */
  readonly #seen = new Set<string>();

  constructor(before: Json, after: Json) {
    this.#documents = { before, after };
  }

  run(): void {
    for (const [path, before, after] of pairs(this.#documents, 'paths')) {
      for (const method of methods.filter((one) => one in before)) {
        const name = `${method.toUpperCase()} ${path}`;
        if (after?.[method] === undefined) this.breaking.add(`${name} was removed.`);
        else this.#operation(name, { before: json(before[method]), after: json(after[method]) });
      }
    }
  }

  #operation(name: string, pair: Pair): void {
    const { before, after } = pair;
    if (before['operationId'] !== after['operationId']) {
      this.dangerous.add(`${name} changed its operationId from ${before['operationId']}.`);
    }
    const { before: root, after: newRoot } = this.#documents;
    if (needsKey(after, newRoot) && !needsKey(before, root)) {
      this.breaking.add(`${name} needs credentials.`);
    }
    this.#parameters(name, pair);
    this.#body(name, pair);
    for (const [status, old, now] of pairs(pair, 'responses')) {
      const response = `${name}: response ${status}`;
      if (now === undefined) this.breaking.add(`${response} was removed.`);
      else
        this.#response(response, {
          before: this.#resolved('before', old),
          after: this.#resolved('after', now),
        });
    }
  }

  #parameters(name: string, { before, after }: Pair): void {
    const byName = (side: Side, operation: Json): Map<string, Json> =>
      new Map(
        list(operation['parameters'])
          .map((one) => this.#resolved(side, one))
          .map((one) => [`${one['in']} parameter ${one['name']}`, one]),
      );
    const [old, now] = [byName('before', before), byName('after', after)];
    for (const [which, parameter] of now) {
      if (!old.has(which) && parameter['required'] === true) {
        this.breaking.add(`${name}: a required ${which} was added.`);
      }
    }
    for (const [which, parameter] of old) {
      const place = `${name}: ${which}`;
      const other = now.get(which);
      if (other === undefined) {
        this.breaking.add(`${place} was removed.`);
        continue;
      }
      if (other['required'] === true && parameter['required'] !== true) {
        this.breaking.add(`${place} is required now.`);
      }
      if (['style', 'explode'].some((how) => parameter[how] !== other[how])) {
        this.breaking.add(`${place} is written another way.`);
      }
      this.#schema(place, 'asked', { before: json(parameter['schema']), after: json(other['schema']) });
    }
  }

  #body(name: string, { before, after }: Pair): void {
    const bodies = {
      before: this.#resolved('before', json(before['requestBody'])),
      after: this.#resolved('after', json(after['requestBody'])),
    };
    const place = `${name}: body`;
    if (bodies.after['required'] === true && bodies.before['required'] !== true) {
      this.breaking.add(`${place} is required now.`);
    }
    this.#content(place, 'asked', bodies);
  }

  #response(place: string, pair: Pair): void {
    for (const [header, , now] of pairs(pair, 'headers')) {
      if (now === undefined) this.breaking.add(`${place} has no header ${header} any more.`);
    }
    this.#content(place, 'answered', pair);
  }

  #content(place: string, direction: 'asked' | 'answered', pair: Pair): void {
    for (const [type, before, after] of pairs(pair, 'content')) {
      if (after === undefined) this.breaking.add(`${place} is not ${type} any more.`);
      else {
        this.#schema(`${place} as ${type}`, direction, {
          before: json(before['schema']),
          after: json(after['schema']),
        });
      }
    }
  }

  #schema(place: string, direction: 'asked' | 'answered', pair: Pair): void {
    compareSchemas(place, pair, {
      direction,
      seen: this.#seen,
      resolved: (side, schema) => this.#resolved(side, schema),
      breaks: (message) => this.breaking.add(message),
      surprises: (message) => this.dangerous.add(message),
    });
  }

  /** What a reference leads to, in the document of its side. */
  #resolved(side: Side, part: Json): Json {
    const reference = part['$ref'];
    if (typeof reference !== 'string') return part;
    const found = reference
      .slice(2)
      .split('/')
      .reduce((at, key) => json(at[key]), this.#documents[side]);
    return this.#resolved(side, found);
  }
}

/** Whether no way is left to ask without a key. */
function needsKey(operation: Json, document: Json): boolean {
  const ways = list(operation['security'] ?? document['security']);
  return ways.length > 0 && ways.every((way) => Object.keys(way).length > 0);
}

/** The members that a member of the old side has, each with the new one of the same name, if there is. */
function pairs(
  { before, after }: Pair,
  member: string,
): [name: string, before: Json, after: Json | undefined][] {
  const now = json(after[member]);
  return Object.entries(json(before[member])).map(([name, old]) => [
    name,
    json(old),
    now[name] === undefined ? undefined : json(now[name]),
  ]);
}

const json = (value: unknown): Json => (value ?? {}) as Json;
const list = (value: unknown): Json[] => (value ?? []) as Json[];
