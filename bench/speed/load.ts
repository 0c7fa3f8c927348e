/** Load from wrk: prepared requests over kept connections, and what became of them. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('load.lua', import.meta.url));

/** A request as it is sent. */
export interface Asked {
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Answered {
  requests: number;
  seconds: number;
  /** Of answers, with their heads. */
  bytes: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  errors: number;
}

export const get = (path: string, headers: Record<string, string> = {}): Asked => ({ path, headers });
export const post = (path: string, value: object): Asked => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

function bytesOf({ method = 'GET', path, headers = {}, body = '' }: Asked): Buffer {
  const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ host: '127.0.0.1', ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/** Files of requests, removed when the run is over. */
const folder = mkdtempSync(join(tmpdir(), 'govdata-bench-requests-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let written = 0;

/** Writes requests where wrk reads them. */
export function writeRequests(requests: readonly Asked[]): string {
  written += 1;
  const file = join(folder, String(written));
  const parts = requests.map(bytesOf).flatMap((bytes) => [Buffer.from(`${bytes.length}\n`), bytes]);
  writeFileSync(file, Buffer.concat(parts));
  return file;
}

export interface Load {
  address: string;
  /** What `writeRequests` gave. */
  file: string;
  seconds: number;
  connections: number;
}

export async function load({ address, file, seconds, connections }: Load): Promise<Answered> {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '20s', '-s', script, address];
  const { stdout } = await promisify(execFile)('wrk', args, { env: { ...env, REQUESTS: file } }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new Error(
        'The load comes from wrk, which is not here: apt-get install wrk, or brew install wrk.',
      );
    },
  );
  const told = /^JSON (.*)$/m.exec(stdout)?.[1];
  if (told === undefined) throw new Error(`wrk said: ${stdout}`);
  return JSON.parse(told) as Answered;
}
