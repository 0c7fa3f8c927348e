/**
 * One request at the door. Each scope is opened once, so that all parts of the answer are of one release unless a
 * field of `Query` asks for another, and whatever is asked of an edge in the same turn is one batch: one statement.
 */
import { answer, answerLink, answerNode, openScope } from '../queries/answer.ts';
import { rememberedScope, rememberScope } from '../queries/scopes.ts';
import type { Context, Row, Scope } from '../queries/types.ts';
import type { OperationName } from '../schema/operations.ts';

/** A page, a record or null, or a record of any type with its type. */
export type Answer = Awaited<ReturnType<typeof answerLink>>[number];

/** A link of the contract. */
interface Edge {
  type: string;
  name: string;
}

interface Batch {
  parents: Row[];
  answers: Promise<Answer[]>;
}

export class Inquiry {
  readonly #context: Context;
  readonly #batches = new Map<string, Batch>();
  /** By the clocks that were asked for. */
  readonly #scopes = new Map<string, Promise<Scope>>();
  /** By the key of the field of `Query`, in the answer: edges below it are of its release. */
  readonly #scopesOfFields = new Map<string, Scope>();

  constructor(context: Context) {
    this.#context = context;
  }

  async operation(field: string, name: OperationName, args: Row): Promise<Answer> {
    return answer(this.#context, await this.#open(field, args), name, args);
  }

  async node(field: string, { id, ...clocks }: Row): Promise<Answer> {
    return answerNode(this.#context, await this.#open(field, clocks), id as string);
  }

  /** `field`: that of `Query` which the edge lies below. */
  async link(field: string, edge: Edge, parent: Row, args: Row): Promise<Answer> {
    const own = rememberedScope(parent);
    const scope = own ?? (this.#scopesOfFields.get(field) as Scope);
    const key = JSON.stringify([scope, edge.type, edge.name, args]);
    const batch = this.#batches.get(key) ?? this.#startBatch(key, scope, edge, args);
    const index = batch.parents.push(parent) - 1;
    const found = (await batch.answers)[index] as Answer;
    return own === undefined ? found : rememberScope(found, own);
  }

  async #open(field: string, { release, asOf }: Row): Promise<Scope> {
    const clocks = { release, asOf };
    const key = JSON.stringify(clocks);
    const opened = this.#scopes.get(key) ?? openScope(this.#context, clocks);
    this.#scopes.set(key, opened);
    const scope = await opened;
    this.#scopesOfFields.set(field, scope);
    return scope;
  }

  /** Takes parents until every resolver that can run has run. */
  #startBatch(key: string, scope: Scope, { type, name }: Edge, args: Row): Batch {
    const parents: Row[] = [];
    const full = new Promise<void>((resolve) => process.nextTick(resolve));
    const answers = full.then(async () => {
      this.#batches.delete(key);
      return answerLink(this.#context, scope, type, name, parents, args);
    });
    const batch = { parents, answers };
    this.#batches.set(key, batch);
    return batch;
  }
}
