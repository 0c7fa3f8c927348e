/** What a fuzz run has asked and been answered: by operation, parameter and status. */
import type { DescribedOperation } from './document.ts';
import { problemOf } from './oracle.ts';
import { isEmpty } from './pool.ts';
import type { Answer } from './service.ts';
import type { Inquiry } from './value.ts';

export class Ledger {
  /** Of problems, where each is explained. */
  readonly types = new Set<string>();
  readonly #statuses = new Map<number, number>();
  readonly #accepted = new Set<string>();
  readonly #refused = new Set<string>();
  readonly #told = new Set<string>();

  count({ status }: Answer): void {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }

  get requests(): number {
    return [...this.#statuses.values()].reduce((sum, one) => sum + one, 0);
  }

  note({ operation, args, method }: Inquiry, answer: Answer): void {
    const problem = problemOf(answer);
    // What is not found has been looked for, with arguments that are all in order.
    if (answer.status === 200 || problem?.code === 'not_found') {
      for (const { parameter } of args) this.#accepted.add(`${operation.id} ${parameter.name}`);
    }
    const isTold = answer.status === 200 && method !== 'HEAD';
    if (isTold && !isEmpty(answer.headers['content-type'], answer.body)) this.#told.add(operation.id);
    if (problem !== undefined) this.types.add(problem.type);
    if (problem?.parameter !== undefined && ['bad_argument', 'bad_cursor'].includes(problem.code)) {
      this.#refused.add(`${operation.id} ${problem.parameter}`);
    }
  }

  /** What has not happened yet to the parameters of the operations, and which of these told nothing. */
  missing(operations: readonly DescribedOperation[]): string[] {
    return operations.flatMap(({ id, parameters }) => [
      ...(this.#told.has(id) ? [] : [`${id} answered nothing`]),
      ...parameters.flatMap(({ name }) => [
        ...(this.#accepted.has(`${id} ${name}`) ? [] : [`${id} ${name} was not accepted`]),
        ...(this.#refused.has(`${id} ${name}`) ? [] : [`${id} ${name} was not refused`]),
      ]),
    ]);
  }

  report(): string {
    return [...this.#statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${count} × ${status}`)
      .join(', ');
  }
}
