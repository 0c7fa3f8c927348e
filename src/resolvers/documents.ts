/**
 * Which document a request means: the one that it sends, or a registered one that it names. Every way into the
 * GraphQL mouth asks here, so that none goes round the mode in which only registered documents are answered.
 */
import { isAway, PublicError } from '../errors.ts';
import { findPersistedOperation, type PersistedOperation } from '../queries/persisted-operations.ts';
import type { Context } from '../queries/types.ts';
import { limits } from '../schema/config.ts';
import { hashOf } from '../schema/operation-name.ts';
import { type DocumentName, type GraphqlRequest, readRequest, type SentRequest } from './request.ts';

export type OperationsMode = 'any' | 'registered';

interface Kept extends PersistedOperation {
  foundAt: number;
}

/** What is kept in memory of registered documents: whatever was not asked for longest goes first. */
const keptMax = { documents: 1000, characters: 4_000_000 };
const freshMs = limits.removedOperationSecondsMax * 1000;

export class Documents {
  readonly #context: Context;
  readonly #mode: OperationsMode;
  /** By hash or id, those asked for last at the end. What was not found is not kept: it may be registered next. */
  readonly #kept = new Map<string, Kept>();
  #characters = 0;

  constructor(context: Context, mode: OperationsMode) {
    this.#context = context;
    this.#mode = mode;
  }

  /** The request with its document, whether it was sent or named. Throws if the mode forbids it. */
  async read(given: unknown, signal?: AbortSignal): Promise<GraphqlRequest> {
    const { query, names, ...rest } = readRequest(given);
    const context = signal === undefined ? this.#context : { ...this.#context, signal };
    const isRegistered = names.length > 0 || this.#mode === 'registered';
    return { query: await this.#documentOf(context, query, names), ...rest, isRegistered };
  }

  async #documentOf(
    context: Context,
    query: SentRequest['query'],
    names: SentRequest['names'],
  ): Promise<string> {
    const sent = query === undefined ? undefined : { hash: hashOf('sha256', query), document: query };
    let meant = sent;
    for (const name of names) {
      // Text whose hash is right needs no registration, unless the mode wants it.
      const hash = sent && name.kind === 'hash' ? name.text : undefined;
      const named = hash === undefined ? await this.#require(context, name) : { hash, document: '' };
      meant ??= named;
      if (named.hash !== meant.hash) throw mismatch(name, meant.hash, sent !== undefined);
    }
    const { hash, document } = meant as PersistedOperation;
    if (sent === undefined || this.#mode === 'any') return document;
    const registered = await this.#find(context, hash);
    if (registered === null) throw notRegistered(hash);
    return registered.document;
  }

  async #require(context: Context, name: DocumentName): Promise<PersistedOperation> {
    const found = await this.#find(context, name.text);
    if (found) return found;
    const help =
      this.#mode === 'registered'
        ? 'The service answers registered operations only.'
        : 'Send the document itself, with its SHA-256 or alone.';
    throw new PublicError(
      'operation_not_found',
      `No operation is registered under ${wordsFor(name)}. ${help} \`govdata operations register\` registers a file.`,
    );
  }

  async #find(context: Context, name: string): Promise<PersistedOperation | null> {
    const now = this.#context.now().getTime();
    const kept = this.#kept.get(name);
    this.#forget(name, kept);
    // A clock that was set back does not make anything fresh.
    const isFresh = kept !== undefined && now >= kept.foundAt && now - kept.foundAt < freshMs;
    const found = isFresh ? kept : await findPersistedOperation(context, name).catch(orElse(kept));
    if (found !== null) this.#keep(name, { foundAt: now, ...found });
    return found;
  }

  #keep(name: string, kept: Kept): void {
    this.#forget(name, this.#kept.get(name));
    this.#kept.set(name, kept);
    this.#characters += kept.document.length;
    while (this.#kept.size > keptMax.documents || this.#characters > keptMax.characters) {
      const [oldest, least] = this.#kept.entries().next().value as [string, Kept];
      this.#forget(oldest, least);
    }
  }

  #forget(name: string, kept: Kept | undefined): void {
    if (kept !== undefined && this.#kept.delete(name)) this.#characters -= kept.document.length;
  }
}

/** What was registered when the database was there, while it is away. */
const orElse =
  (kept: Kept | undefined) =>
  (error: unknown): Kept => {
    if (kept !== undefined && isAway(error)) return kept;
    throw error;
  };

const wordsFor = ({ kind, text }: DocumentName): string =>
  kind === 'hash' ? `sha256:${text}` : `the id "${text}"`;

function mismatch(name: DocumentName, hash: string, sent: boolean): PublicError {
  const other = sent ? 'The document sent' : 'The document that "documentId" names';
  return new PublicError(
    'operation_mismatch',
    `${other} has the SHA-256 ${hash}; ${wordsFor(name)} is another document.`,
  );
}

function notRegistered(hash: string): PublicError {
  return new PublicError(
    'operation_not_registered',
    `The service runs with GRAPHQL_OPERATIONS=registered, and this document is not registered (its SHA-256 is ${hash}). ` +
      'Register its file with `govdata operations register FILE`, or ask who runs the service to.',
  );
}
