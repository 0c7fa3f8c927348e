/** What both mouths keep answers with: computed once for many, and sent again before there is any routing. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Answers } from './answers.ts';
import { Front, type FrontOptions, type Offer } from './front.ts';
import type { KeptAnswer } from './kept-answer.ts';
import { fresh, staleSince, type Validity } from './validity.ts';

interface Reply {
  header(name: string, value: string): this;
  send(body: Buffer): this;
}

/** Of all that is kept, what requests and heads of answers may take. */
const shareOfFront = 1 / 4;

export class Cache {
  readonly answers: Answers;
  readonly front: Front;

  /** `bytes`: what is kept at most; 0: nothing, and each request is answered anew. */
  constructor({ bytes, ...options }: Omit<FrontOptions, 'answers'>) {
    const ofFront = Math.floor(bytes * shareOfFront);
    this.answers = new Answers(bytes - ofFront);
    this.front = new Front({ ...options, answers: this.answers, bytes: ofFront });
  }

  /** What an answer says of how long it holds, once its release is known. */
  get validity(): Validity {
    const { staleMs } = this.front;
    return staleMs === undefined ? fresh : staleSince(staleMs);
  }

  /** Has the answer to a request sent again to whoever sends the same, unless it is stale already. */
  offer(request: IncomingMessage, offer: Offer, validity: Validity): void {
    if (validity === fresh) this.front.offer(request, offer);
  }

  /** Forgets all: another release is the current one. */
  clear(): void {
    this.answers.clear();
    this.front.clear();
  }

  /** Sends an answer in the encoding that the client likes best. */
  async send<R extends Reply>(headers: IncomingHttpHeaders, reply: R, kept: KeptAnswer): Promise<R> {
    const encoding = kept.encodingFor(headers['accept-encoding']);
    const body = await kept.in(encoding);
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    return reply.send(body);
  }
}
