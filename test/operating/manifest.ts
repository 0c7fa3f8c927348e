/** deploy/kubernetes.yaml as tests see it, and what the types and rules of Kubernetes say of such a text. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import type { Job } from 'kubernetes-models/batch/v1/Job';
import type { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { Service } from 'kubernetes-models/v1/Service';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const manifestText = readFileSync(join(root, 'deploy/kubernetes.yaml'), 'utf8');

interface Kinds {
  Deployment: Deployment;
  Job: Job;
  NetworkPolicy: NetworkPolicy;
  PodDisruptionBudget: PodDisruptionBudget;
  Service: Service;
}
interface Typed {
  apiVersion: string;
  kind: string;
}

/** Every document of the text; throws for what is no YAML, or has a key twice. */
export function documentsOf(text: string): Typed[] {
  return [...parseAllDocuments(text)].map((document) => {
    for (const error of document.errors) throw error;
    return document.toJS();
  });
}

/** The one document of that kind. */
export function the<K extends keyof Kinds>(kind: K): Kinds[K] {
  const [found, ...others] = documentsOf(manifestText).filter((document) => document.kind === kind);
  if (found === undefined || others.length > 0) throw new Error(`there is not one ${kind}`);
  return found as Typed as Kinds[K];
}

const require = createRequire(import.meta.url);

/** What the rules of Kubernetes have against a text: formats by the models themselves, names and types by the compiler. */
export function faultsOf(text: string): string[] {
  const documents = documentsOf(text);
  const faults = documents.flatMap(({ apiVersion, kind, ...rest }) => {
    const models: Record<string, new (data: object) => { validate(): void }> = require(
      `kubernetes-models/${apiVersion}/${kind}`,
    );
    const Model = models[kind];
    if (Model === undefined) return [`${kind} is not known`];
    try {
      new Model(rest).validate();
      return [];
    } catch (error) {
      return [`${kind}: ${(error as Error).message}`];
    }
  });
  return [...faults, ...compiled(documents)];
}

/** A model overlooks a name that it does not know, and so would a cluster; the compiler does not. */
function compiled(documents: readonly Typed[]): string[] {
  const lines = documents.map(({ apiVersion, kind, ...rest }) => {
    const type = `import('kubernetes-models/${apiVersion}/${kind}').${kind}`;
    return `new (null! as typeof ${type})(${JSON.stringify(rest)});`;
  });
  const name = join(root, 'manifest-of-kubernetes.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ['lib.es2023.d.ts'],
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === name || fileExists(file);
  host.getSourceFile = (file, target) =>
    file === name ? ts.createSourceFile(file, lines.join('\n'), target) : getSourceFile(file, target);
  const program = ts.createProgram([name], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
