/**
 * One request at the door. Its scope is opened once, so that all parts of the answer are of one release,
 * and whatever is asked of an edge in the same turn is one batch: one statement.
 */
import { answer, answerLink, answerNode, openScope } from '../queries/answer.ts';
import type { Context, Row, Scope } from '../queries/types.ts';
import type { OperationName } from '../schema/operations.ts';

/** A page, a record or null, or a record of any type with its type. */
export type Answer = Awaited<ReturnType<typeof answerLink>>[number];

interface Batch {
  parents: Row[];
  answers: Promise<Answer[]>;
}

export class Inquiry {
  readonly #context: Context;
  readonly #batches = new Map<string, Batch>();
  #scope: Promise<Scope> | undefined;

  constructor(context: Context) {
    this.#context = context;
  }

  async operation(name: OperationName, args: Row): Promise<Answer> {
    return answer(this.#context, await this.#opened(), name, args);
  }

  async node(id: string): Promise<Answer> {
    return answerNode(this.#context, await this.#opened(), id);
  }

  async link(type: string, field: string, parent: Row, args: Row): Promise<Answer> {
    const key = JSON.stringify([type, field, args]);
    const batch = this.#batches.get(key) ?? this.#startBatch(key, type, field, args);
    const index = batch.parents.push(parent) - 1;
    return (await batch.answers)[index] as Answer;
  }

  #opened(): Promise<Scope> {
    this.#scope ??= openScope(this.#context);
    return this.#scope;
  }

  /** Takes parents until every resolver that can run has run. */
  #startBatch(key: string, type: string, field: string, args: Row): Batch {
    const parents: Row[] = [];
    const full = new Promise<void>((resolve) => process.nextTick(resolve));
    const answers = full.then(async () => {
      this.#batches.delete(key);
      return answerLink(this.#context, await this.#opened(), type, field, parents, args);
    });
    const batch = { parents, answers };
    this.#batches.set(key, batch);
    return batch;
  }
}
