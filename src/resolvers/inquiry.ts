/**
 * One request at the door. Each scope is opened once, so that all parts of the answer are of one release unless a
 * field of `Query` asks for another, and whatever is asked of an edge in the same turn is one batch: one statement.
 */
import { answer, answerLink, answerNodes, openScope } from '../queries/answer.ts';
import type { Reading } from '../queries/pages.ts';
import { rememberedScope, rememberScope } from '../queries/scopes.ts';
import type { Context, Row, Scope, Wanted } from '../queries/types.ts';
import type { OperationName } from '../schema/operations.ts';

/** A page, a record or null, or a record of any type with its type. */
export type Answer = Awaited<ReturnType<typeof answerLink>>[number];

/** Scopes by the clocks that were asked for; the requests of a batch share theirs. */
export type Scopes = Map<string, Promise<Scope>>;

/** A link of the contract. */
interface Edge {
  type: string;
  name: string;
}

interface Batch {
  parents: Row[];
  /** All that any of the parents' fields wants. */
  wanted: Required<Wanted>;
  answers: Promise<Answer[]>;
}

export class Inquiry {
  readonly #context: Context;
  readonly #scopes: Scopes;
  readonly #batches = new Map<string, Batch>();
  /** By the key of the field of `Query`, in the answer: edges below it are of its release. */
  readonly #scopesOfFields = new Map<string, Scope>();

  constructor(context: Context, scopes: Scopes = new Map()) {
    this.#context = context;
    this.#scopes = scopes;
  }

  /** The scope of whatever names no release. */
  current(): Promise<Scope> {
    return this.#open({});
  }

  async operation(field: string, name: OperationName, args: Row, reading: Reading): Promise<Answer> {
    return answer(this.#context, await this.#openFor(field, args), name, args, reading);
  }

  async nodes(field: string, { ids, ...clocks }: Row, { members }: Wanted): Promise<Answer[]> {
    return answerNodes(this.#context, await this.#openFor(field, clocks), { ids }, members);
  }

  /** `field`: that of `Query` which the edge lies below. */
  async link(field: string, edge: Edge, parent: Row, args: Row, reading: Reading): Promise<Answer> {
    const own = rememberedScope(parent);
    const scope = own ?? (this.#scopesOfFields.get(field) as Scope);
    const { last, before, ...wanted } = reading;
    const key = JSON.stringify([scope, edge.type, edge.name, args, last, before]);
    const batch = this.#batches.get(key) ?? this.#startBatch(key, scope, edge, args, { last, before });
    batch.wanted = joined(batch.wanted, wanted);
    const index = batch.parents.push(parent) - 1;
    const found = (await batch.answers)[index] as Answer;
    return own === undefined ? found : rememberScope(found, own);
  }

  async #openFor(field: string, { release, asOf }: Row): Promise<Scope> {
    const scope = await this.#open({ release, asOf });
    this.#scopesOfFields.set(field, scope);
    return scope;
  }

  #open({ release, asOf }: Row): Promise<Scope> {
    const clocks = { release: release ?? undefined, asOf: asOf ?? undefined };
    const key = JSON.stringify(clocks);
    const opened = this.#scopes.get(key) ?? openScope(this.#context, clocks);
    this.#scopes.set(key, opened);
    return opened;
  }

  /** Takes parents until every resolver that can run has run. */
  #startBatch(key: string, scope: Scope, { type, name }: Edge, args: Row, back: Reading): Batch {
    const parents: Row[] = [];
    const full = new Promise<void>((resolve) => process.nextTick(resolve));
    const batch: Batch = {
      parents,
      wanted: { members: new Set<string>(), total: false, notice: false },
      answers: full.then(async () => {
        this.#batches.delete(key);
        return answerLink(this.#context, scope, type, name, parents, args, { ...batch.wanted, ...back });
      }),
    };
    this.#batches.set(key, batch);
    return batch;
  }
}

/** What either wants; no set of members means all of them. */
function joined(one: Required<Wanted>, { members, total = true, notice = true }: Wanted): Required<Wanted> {
  return {
    members: one.members && members && union(one.members, members),
    total: one.total || total,
    notice: one.notice || notice,
  };
}

/** The first itself where it has all of the other, as it has for nearly all parents of a list. */
const union = (one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> =>
  [...other].every((member) => one.has(member)) ? one : new Set([...one, ...other]);
