/** deploy/kubernetes.yaml: Kubernetes would take it, and what it says of the service is so. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loadConfig, settings } from '../../src/config.ts';
import { programVersion } from '../../src/version.ts';
import { serviceAt, testNow, testService } from '../service.ts';
import { faultsOf, manifestText, the } from './manifest.ts';

/** What there must be, since the manifest is of a kind that Kubernetes takes. */
function given<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw new Error('it is missing');
  return value;
}
const podOf = (kind: 'Deployment' | 'Job') => given(given(the(kind).spec).template.spec);
const containerOf = (kind: 'Deployment' | 'Job') => given(podOf(kind).containers[0]);
const container = containerOf('Deployment');
const kinds = ['Deployment', 'Job'] as const;

t.test('Kubernetes would take it, to the last name', async (t) => {
  t.strictSame(faultsOf(manifestText), []);
  const wrong = (from: string, to: string): string[] => {
    t.ok(manifestText.includes(from), from);
    return faultsOf(manifestText.replace(from, to));
  };
  t.match(wrong('replicas: 2', 'replicas: two'), [/Deployment: data\/spec\/replicas/, /not assignable/]);
  t.match(wrong('readOnlyRootFilesystem', 'readOnlyRootFileSystem'), [
    /readOnlyRootFileSystem.* does not exist/,
  ]);
});

t.test('each variable is a setting of the service, with a value that it takes', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'govdata-secret-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const secret = join(folder, 'database-url');
  writeFileSync(secret, 'postgres://reader:x@database/govdata\n');
  const names = Object.values(settings).flatMap(({ name, ...rest }) =>
    'secret' in rest && rest.secret ? [name, `${name}_FILE`] : [name],
  );
  for (const kind of kinds) {
    const env = given(containerOf(kind).env);
    for (const { name } of env) t.ok(names.includes(name), name);
    const values = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    const mounted = given(given(containerOf(kind).volumeMounts)[0]);
    t.equal(values['DATABASE_URL_FILE'], `${mounted.mountPath}/database-url`);
    t.equal(mounted.name, given(podOf(kind).volumes)[0]?.name);
    const config = loadConfig({ ...values, DATABASE_URL_FILE: secret });
    t.equal(config.databaseUrl, 'postgres://reader:x@database/govdata');
    if (kind === 'Job') continue;
    const ports = Object.fromEntries(given(container.ports).map((port) => [port.name, port.containerPort]));
    t.strictSame({ http: config.port, metrics: config.metricsPort }, ports);
    t.strictSame([config.host, config.metricsHost], ['0.0.0.0', '0.0.0.0']);
    const sleep = Number(given(container.lifecycle?.preStop?.exec?.command)[1]);
    t.ok(given(podOf(kind).terminationGracePeriodSeconds) > sleep + config.closeGraceMs / 1000 + 8);
  }
});

t.test(
  'who serves and who migrates are other roles, of this version, and neither can do more than it must',
  async (t) => {
    const secrets = kinds.map((kind) => given(podOf(kind).volumes)[0]?.secret?.secretName);
    t.strictSame(secrets, ['govdata-reader', 'govdata-owner']);
    t.strictSame(containerOf('Job').command, ['node', 'dist/cli.js', 'migrate']);
    t.equal(container.command, undefined, 'the command of the image serves');
    for (const kind of kinds) {
      t.equal(podOf(kind).containers.length, 1);
      t.match(podOf(kind), {
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      });
      t.match(containerOf(kind), {
        image: `govdata:${programVersion}`,
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        resources: { requests: { cpu: String, memory: String }, limits: { memory: String } },
      });
    }
    const image = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
    t.match(image, /^USER node$/m, 'whose id is 1000 in the images of node');
  },
);

t.test('all point at the pods that serve, by ports that have a name there', async (t) => {
  const { selector, template } = given(the('Deployment').spec);
  const labels = given(template.metadata?.labels);
  t.strictSame(selector.matchLabels, labels);
  t.strictSame(the('Service').spec?.selector, labels);
  t.strictSame(the('PodDisruptionBudget').spec?.selector?.matchLabels, labels);
  t.strictSame(the('NetworkPolicy').spec?.podSelector?.matchLabels, labels);
  t.notSame(the('Job').spec?.template.metadata?.labels, labels);
  t.strictSame(
    the('Service').spec?.ports?.map(({ targetPort }) => targetPort),
    ['http'],
  );
});

t.test('Prometheus alone may read metrics, and everybody may ask the service', async (t) => {
  const { policyTypes, ingress } = given(the('NetworkPolicy').spec);
  t.strictSame(policyTypes, ['Ingress']);
  t.strictSame(ingress, [
    { ports: [{ port: 'http' }] },
    {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
        },
      ],
      ports: [{ port: 'metrics' }],
    },
  ]);
});

const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
const paths = probes.map((probe) => given(container[probe]?.httpGet?.path));

const { app } = await testService(t);
t.test('each probe is answered 200 by a service that can answer', async (t) => {
  for (const probe of probes) t.equal(container[probe]?.httpGet?.port, 'http');
  for (const path of paths) t.equal((await app.inject(path)).statusCode, 200, path);
});

t.test('while the database is away no pod starts to be asked, and none that was is taken away', async (t) => {
  const { app } = await serviceAt(t, 'postgres://nobody@127.0.0.1:1/nothing', testNow);
  const statuses = await Promise.all(paths.map(async (path) => (await app.inject(path)).statusCode));
  t.strictSame(statuses, [503, 200, 200]);
});
