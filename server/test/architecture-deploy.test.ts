import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { CLIENT_KEYS, describeSettings } from '#kernel/settings.ts';
import { claimsIn } from './architecture/committed.ts';
import { ROOT } from './architecture/sources.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const known = new Set(describeSettings().map(({ name }) => name));
const PORT = Number(describeSettings().find(({ name }) => name === 'PORT')!.fallback);
const ROLES = ['all', 'serve', 'work'];
const unknownIn = (names: Iterable<string>): string[] => [...names].filter((name) => !known.has(name) && !CLIENT_KEYS.has(name));

interface Container {
  image: string;
  args: string[];
  envFrom: { configMapRef: { name: string } }[];
  env: { name: string; valueFrom: { secretKeyRef: { name: string; key: string } } }[];
  ports?: { name: string; containerPort: number }[];
  volumeMounts: { name: string; mountPath: string }[];
  securityContext: object;
  [probe: `${string}Probe`]: { httpGet: { path: string; port: string } };
}
interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
  data?: Record<string, string>;
  spec?: {
    selector: Record<string, unknown> & { matchLabels?: Record<string, string> };
    ports?: { targetPort: string }[];
    template?: { metadata: { labels: Record<string, string> }; spec: { containers: Container[]; volumes: { name: string }[]; terminationGracePeriodSeconds: number; securityContext: { sysctls?: object[] } } };
  };
} // prettier-ignore

describe('the manifest for Kubernetes', () => {
  const documents = parseAllDocuments(read('deploy/kubernetes.yaml'), { strict: true });
  const all = documents.map((one) => one.toJS() as Manifest);
  const of = (kind: string): Manifest[] => all.filter((one) => one.kind === kind);
  const pods = of('Deployment').map(({ spec }) => spec!.template!);
  const [config] = of('ConfigMap') as [Manifest];

  test('is YAML, and all of it lies in the namespace that it makes', () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    const [space] = of('Namespace') as [Manifest];
    for (const { kind, metadata } of all) if (kind !== 'Namespace') expect([kind, metadata.namespace]).toEqual([kind, space.metadata.name]);
  });

  test('starts roles that there are, with settings that there are and secrets that its first lines make', () => {
    const containers = pods.flatMap(({ spec }) => spec.containers);
    expect(containers.map(({ args }) => args)).toEqual([['serve'], ['work']]);
    expect(unknownIn([...Object.keys(config.data!), ...containers.flatMap(({ env }) => env.map(({ name }) => name))])).toEqual([]);
    const made = [...read('deploy/kubernetes.yaml').matchAll(/create secret generic (\S+)(.*)/g)].flatMap(([, name, rest]) => [...rest!.matchAll(/--from-literal=([^=]+)=/g)].map(([, key]) => `${name} ${key}`)); // prettier-ignore
    const used = containers.flatMap(({ env }) => env.map(({ valueFrom: { secretKeyRef } }) => `${secretKeyRef.name} ${secretKeyRef.key}`));
    expect(new Set(used)).toEqual(new Set(made));
    for (const { envFrom } of containers) expect(envFrom).toEqual([{ configMapRef: { name: config.metadata.name } }]);
  });

  test('asks for health where the product says it, on its port, and what selects finds pods', () => {
    const probes = read('server/src/surfaces/probes.ts');
    const [serve] = pods.flatMap(({ spec }) => spec.containers) as [Container];
    expect(serve.ports).toEqual([{ name: 'http', containerPort: PORT }]);
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
      expect(probes).toContain(`'${serve[probe]!.httpGet.path}'`);
      expect(serve[probe]!.httpGet.port).toBe('http');
    }
    const found = (labels: Record<string, unknown>) => pods.some(({ metadata }) => Object.entries(labels).every(([name, value]) => metadata.labels[name] === value)); // prettier-ignore
    for (const { kind, spec } of all) if (spec?.selector) expect([kind, found(spec.selector.matchLabels ?? spec.selector)]).toEqual([kind, true]);
    expect(of('Service').map(({ spec }) => spec!.ports![0]!.targetPort)).toEqual(['http']);
  });

  test('gives a process the time to end that it is told to take, and no rights', () => {
    const { SWITCHYARD_DRAIN_DELAY_SECONDS: delay, SWITCHYARD_DRAIN_SECONDS: drain } = config.data!;
    for (const { spec } of pods) {
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(Number(delay) + Number(drain));
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true });
      if (spec.containers.some(({ args }) => args.includes('work'))) expect(spec.securityContext.sysctls).toEqual([{ name: 'net.ipv4.ping_group_range', value: '0 2147483647' }]); // prettier-ignore
      const volumes = new Set(spec.volumes.map(({ name }) => name));
      for (const { securityContext, volumeMounts } of spec.containers) {
        expect(securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
        expect(new Set(volumeMounts.map(({ name }) => name))).toEqual(volumes);
        expect(volumeMounts.map(({ mountPath }) => mountPath)).toContain(config.data!['SWITCHYARD_HOME']);
      }
    }
  });
});

test('the compose file is YAML, starts roles that there are, and knows the settings that it gives', () => {
  const file = parse(read('deploy/compose.yaml'), { merge: true, strict: true }) as { services: Record<string, { command?: string; environment: Record<string, string>; build?: { dockerfile: string } }> }; // prettier-ignore
  const ours = Object.values(file.services).filter(({ build }) => build !== undefined);
  expect(ours.map(({ command }) => command)).toEqual(['serve', 'work']);
  for (const { environment, build } of ours) {
    expect(unknownIn(Object.keys(environment))).toEqual([]);
    expect(existsSync(join(ROOT, build!.dockerfile))).toBe(true);
  }
});

test('the unit of systemd starts what is built, in a role, and says nothing that systemd has no word for', () => {
  const lines = read('deploy/systemd/switchyard@.service').split('\n').filter((line) => line !== '' && !line.startsWith('#')); // prettier-ignore
  expect(lines.filter((line) => !/^\[(Unit|Service|Install)\]$|^[A-Z][A-Za-z]+=/.test(line))).toEqual([]);
  const start = lines.find((line) => line.startsWith('ExecStart='))!;
  expect(start).toMatch(/ server\/dist\/main\.mjs %i$/);
  expect(unknownIn(lines.filter((line) => line.startsWith('Environment=')).flatMap((line) => [...line.matchAll(/(\w+)=\//g)].map(([, name]) => name!)))).toEqual([]); // prettier-ignore
});

test('the Dockerfile starts a role, on the port that is the default', () => {
  const text = read('deploy/Dockerfile');
  expect(text).toContain(`EXPOSE ${PORT}\n`);
  expect(ROLES).toContain(/^CMD \["(\w+)"\]$/m.exec(text)?.[1]);
  expect(text).toMatch(/^USER node$/m);
  // What workflows ping with.
  expect(text).toContain('iputils-ping');
  expect(unknownIn([...text.matchAll(/(SWITCHYARD_\w+)=/g)].map(([, name]) => name!))).toEqual([]);
});

test('the image is built of all that the install needs, and of nothing that is this machine’s', () => {
  const [before] = read('deploy/Dockerfile').split(/^RUN npx .* install /m) as [string];
  const copied = [...before.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, names]) => names!.split(' '));
  const { packages, patchedDependencies } = parse(read('pnpm-workspace.yaml')) as { packages: string[]; patchedDependencies: Record<string, string> };
  const needed = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', ...packages.map((name) => `${name}/package.json`), ...Object.values(patchedDependencies)];
  expect(needed.filter((path) => !copied.some((one) => path === one || path.startsWith(one.replace(/\/?$/, '/'))))).toEqual([]);
  const ignored = new Set(read('.dockerignore').split('\n'));
  // Sources are copied whole: keys and data of a demo, settings, and what was installed for another system lie beside them.
  for (const name of ['.git', '**/node_modules', '**/dist', '.switchyard', '**/.env', 'deploy/database-password', 'staging*.yaml']) expect([...ignored]).toContain(name);
}); // prettier-ignore

test('the example of an environment names settings that there are, each once', () => {
  const names = [...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(20);
  expect(unknownIn(names)).toEqual([]);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test('each step of the staging walkthrough that needs no outside account names a journey or test, which is there', () => {
  const [, section = ''] = read('docs/guides/staging.md').split('\n## Gone through ');
  const claims = claimsIn(section);
  expect(claims.length).toBeGreaterThan(10);
  const faults = claims.flatMap(({ line, proofs }) => {
    if (proofs.length === 0) return [`no proof: ${line}`];
    return proofs.flatMap(({ path, title }) => (existsSync(join(ROOT, path)) && read(path).includes(title) ? [] : [`${path} has no "${title}"`]));
  });
  expect(faults).toEqual([]);
});
