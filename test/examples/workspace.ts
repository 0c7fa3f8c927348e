/**
 * A folder of examples as a client team has it: on its own, with the committed contract and the packages, in which its
 * tools generate, the compiler checks and Node runs it against a service that listens.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Test } from 'tap';
import type { TestService } from '../service.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Without what tap adds to processes of ours. */
const { NODE_OPTIONS, ...env } = process.env;

export interface Workspace {
  folder: string;
  /** Runs a tool that is installed, by the path of its script in node_modules. */
  tool: (script: string, ...args: string[]) => Promise<string>;
  codegen: () => Promise<string>;
  /** What the compiler has against a program and all that it imports, a line each. */
  faultsOf: (program: string) => Promise<string[]>;
  /** What a program prints about the service, and to standard error. */
  run: (program: string, address: string) => Promise<{ answer: Answer; complaints: string }>;
}

export interface Answer {
  total: number;
  tasks: ShownTask[];
  node: ShownTask;
  mistake: Record<string, unknown>;
  [more: string]: unknown;
}

export function workspace(t: Test, name: 'graphql' | 'rest' = 'graphql'): Workspace {
  const home = mkdtempSync(join(tmpdir(), 'govdata-example-'));
  t.teardown(() => rmSync(home, { recursive: true }));
  const folder = join(home, 'examples', name);
  // Not what somebody has generated in place.
  const filter = (path: string) => !path.endsWith('generated') && !path.endsWith('__generated__');
  cpSync(join(root, 'examples', name), folder, { recursive: true, filter });
  for (const contract of ['docs/schema.graphql', 'docs/openapi.json']) {
    cpSync(join(root, contract), join(home, contract));
  }
  for (const name of ['node_modules', 'package.json']) symlinkSync(join(root, name), join(home, name));

  const node = async (...args: string[]) =>
    promisify(execFile)(process.execPath, args, { cwd: folder, env: { ...env, NO_COLOR: '1' } });
  const tool: Workspace['tool'] = async (script, ...args) =>
    (await node(join(home, 'node_modules', script), ...args)).stdout;
  return {
    folder,
    tool,
    codegen: () => tool('@graphql-codegen/cli/cjs/bin.js', '--config', 'codegen.ts'),
    async faultsOf(program) {
      writeFileSync(
        join(folder, 'tsconfig.one.json'),
        JSON.stringify({ extends: './tsconfig.json', files: [program] }),
      );
      const failed = (error: { stdout: string }) => error.stdout;
      const printed = await tool('typescript/bin/tsc', '-p', 'tsconfig.one.json').catch(failed);
      return printed.split('\n').filter((line) => line !== '');
    },
    async run(program, address) {
      const { stdout, stderr } = await node('--import', 'tsx', program, address);
      return { answer: JSON.parse(stdout), complaints: stderr };
    },
  };
}

interface ShownTask {
  id: string;
  name: { label: { text: string; language: string } };
  deadline: { date: string } | null;
  responsible: { nodes: { id: string; name: { en: string | null } }[] };
  citations: { nodes: { id: string; paragraph: number; document: { fileName: string } }[] };
}

/** What the examples ask for, as REST has it. */
export async function tasksByRest({ get }: TestService): Promise<{ total: number; tasks: ShownTask[] }> {
  const { body } = await get('/v1/tasks?place=district:087&parent=none&lang=vi&limit=500');
  const { items, total } = body as { items: RestTask[]; total: number };
  const tasks = items.map(({ id, name: { label }, deadline, responsible, citations }) => ({
    id,
    name: { label },
    deadline: deadline && { date: deadline.date },
    responsible: { nodes: responsible.slice(0, 5).map(({ id, name: { en } }) => ({ id, name: { en } })) },
    citations: {
      nodes: citations
        .slice(0, 3)
        .map(({ id, paragraph, document: { fileName } }) => ({ id, paragraph, document: { fileName } })),
    },
  }));
  return { total, tasks };
}

type RestTask = Omit<ShownTask, 'responsible' | 'citations'> & {
  responsible: ShownTask['responsible']['nodes'];
  citations: ShownTask['citations']['nodes'];
};

/** A task without what only one of the clients adds or asks for: type names, and ids of documents. */
export function plain(shown: ShownTask): ShownTask {
  return JSON.parse(
    JSON.stringify(shown, (key, value) =>
      key === '__typename' || (key === 'id' && `${value}`.startsWith('document:')) ? undefined : value,
    ),
  );
}
