/** An answer that is kept: its bytes as they are, and packed as soon as somebody wants them packed. */
import { type Encoding, encodingsOf } from './negotiation.ts';
import { pack, packedFrom } from './packing.ts';

/** JSON comes to a fifth of its bytes at most, by both packers together. */
const withPacked = 1.2;

export class KeptAnswer {
  readonly #body: Buffer;
  readonly #packed = new Map<Encoding, Buffer>();
  readonly #packing = new Map<Encoding, Promise<Buffer>>();
  /** Of a page of a list, the cursor that the next one starts after. */
  readonly next: string | null;
  /** Of a document, which operation it asks for. */
  readonly operation: string | undefined;

  constructor(text: string, { next = null, operation }: { next?: string | null; operation?: string } = {}) {
    this.#body = Buffer.from(text);
    this.next = next;
    this.operation = operation;
  }

  /** What it takes in memory once it is packed. */
  get bytes(): number {
    return Math.ceil(this.#body.length * withPacked);
  }

  /** The best encoding that the client can read; what is small is sent as it is to whoever reads that. */
  encodingFor(acceptEncoding: string | undefined): Encoding {
    const readable = encodingsOf(acceptEncoding);
    const isSmall = this.#body.length < packedFrom && readable.includes('identity');
    // Who can read nothing was refused before.
    return isSmall ? 'identity' : (readable[0] as Encoding);
  }

  /** The bytes in an encoding, where they are there. */
  bytesIn(encoding: Encoding): Buffer | undefined {
    return encoding === 'identity' ? this.#body : this.#packed.get(encoding);
  }

  /** The bytes in an encoding, which are made once for all who want them. */
  async in(encoding: Encoding): Promise<Buffer> {
    if (encoding === 'identity') return this.#body;
    const packing = this.#packing.get(encoding) ?? pack(this.#body, encoding);
    this.#packing.set(encoding, packing);
    const packed = await packing;
    this.#packed.set(encoding, packed);
    return packed;
  }
}
