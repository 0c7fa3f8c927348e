/**
 * A folder of examples as a client team has it: on its own, with the committed contract and the packages, in which its
 * tools generate, the compiler checks and Node runs it against a service that listens.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import type { TestService } from '../service.ts';
import { refused } from './refused.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Without what tap adds to processes of ours. */
const { NODE_OPTIONS, ...env } = process.env;

export interface Workspace {
  folder: string;
  /** What the tools said as they generated. */
  said: string;
  /** What the compiler has against a program, and against what the tools have generated. */
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

/** The tools of a folder, by the path of their script in node_modules. */
const toolsOf = {
  graphql: [
    ['@graphql-codegen/cli/cjs/bin.js', '--config', 'codegen.ts'],
    ['relay-compiler/cli.js', 'relay.config.json'],
  ],
  rest: [['openapi-typescript/bin/cli.js', '../../docs/openapi.json', '--output', 'generated/openapi.ts']],
};
type Kind = keyof typeof toolsOf;

const made = new Map<Kind, Promise<Workspace>>();

/** One for all tests of a process, since its tools take long. */
export function workspace(kind: Kind): Promise<Workspace> {
  const workspace = made.get(kind) ?? newWorkspace(kind);
  made.set(kind, workspace);
  return workspace;
}

async function newWorkspace(kind: Kind): Promise<Workspace> {
  const home = mkdtempSync(join(tmpdir(), 'govdata-example-'));
  t.teardown(() => rmSync(home, { recursive: true }));
  const folder = join(home, 'examples', kind);
  // Not what somebody has generated in place.
  const filter = (path: string) => !path.endsWith('generated') && !path.endsWith('__generated__');
  cpSync(join(root, 'examples', kind), folder, { recursive: true, filter });
  writeFileSync(join(folder, 'refused.ts'), refused[kind]);
  for (const contract of ['docs/schema.graphql', 'docs/openapi.json']) {
    cpSync(join(root, contract), join(home, contract));
  }
  for (const name of ['node_modules', 'package.json']) symlinkSync(join(root, name), join(home, name));

  const node = async (...args: string[]) =>
    promisify(execFile)(process.execPath, args, { cwd: folder, env: { ...env, NO_COLOR: '1' } });
  const tool = async (script = '', ...args: string[]) =>
    (await node(join(home, 'node_modules', script), ...args)).stdout;
  const programs = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'codegen.ts');
  let said = '';
  for (const command of toolsOf[kind]) said += await tool(...command);

  let compiled: Promise<string[]> | undefined;
  /** Each fault with the lines that explain it. All programs at once: most of the time goes into what they import. */
  async function compile(): Promise<string[]> {
    const config = { extends: './tsconfig.json', files: programs };
    writeFileSync(join(folder, 'tsconfig.all.json'), JSON.stringify(config));
    const failed = (error: { stdout: string }) => error.stdout;
    const printed = await tool('typescript/bin/tsc', '-p', 'tsconfig.all.json').catch(failed);
    return printed.split(/\n(?=\S)/).filter((fault) => fault !== '');
  }
  return {
    folder,
    said,
    async faultsOf(program) {
      compiled ??= compile();
      const others = programs.filter((other) => other !== program);
      return (await compiled).filter((fault) => !others.some((other) => fault.startsWith(`${other}(`)));
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
