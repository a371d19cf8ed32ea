import type { CatalogueEntry, Catalogue, EngineFacts, ResourceFacts } from './facts.ts';
import { merge } from './document/convert.ts';
import type { Given, Json } from './types.ts';

/** A Wednesday at noon; a test about time says its own. */
const NOW = '2026-01-07T12:00:00Z';

const isObject = (value: unknown): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

const RISKS: readonly string[] = ['read', 'write', 'high'];

/** `operation: devices.create` stands for an Operation by its name. */
function operationOf(given: Json | undefined, catalogue: Catalogue): Record<string, Json> {
  const named = isObject(given) ? given : { name: typeof given === 'string' ? given : 'tests.run' };
  const known: CatalogueEntry | undefined = catalogue.find(({ name }) => name === named['name']);
  const [resource = 'tests', ...rest] = String(named['name']).split('.');
  return { module: resource, risk: known?.risk ?? 'write', permission: `${resource}:${rest.at(-1) ?? 'run'}`, idempotent: false, ...named };
}

/** Resources as they are given, or as many as `resourcesCount` says, in the environment that is given. */
function resourcesOf({ resources, resourcesCount, environment }: Given): ResourceFacts[] {
  const place = typeof environment === 'string' && environment !== 'mixed' ? { environment } : {};
  if (Array.isArray(resources)) return resources.filter(isObject).map((one, at) => ({ type: 'resource', id: `resource-${at + 1}`, ...place, ...one }));
  const count = typeof resourcesCount === 'number' ? resourcesCount : typeof environment === 'string' ? 1 : 0;
  return Array.from({ length: Math.min(Math.max(Math.trunc(count), 0), 1_000) }, (_, at) => ({ type: 'resource', id: `resource-${at + 1}`, name: `resource-${at + 1}`, ...place }));
} // prettier-ignore

/** Names a test may use for facts that lie deeper. */
const SHORT: Readonly<Record<string, readonly [string, string]>> = {
  risk: ['operation', 'risk'],
  surface: ['actor', 'surface'],
  comment: ['change', 'comment'],
  ticket: ['change', 'ticket'],
  emergency: ['change', 'emergency'],
  dryRun: ['change', 'dryRun'],
};
const OWN: ReadonlySet<string> = new Set(['resourcesCount', 'resource', 'time', ...Object.keys(SHORT)]);

/** `comment: "…"` for `change: { comment: "…" }` and the like; `resource` for the only one, `time` for `now`. */
function spellOut(given: Given): Given {
  let spelt: Given = Object.fromEntries(Object.entries(given).filter(([key]) => !OWN.has(key) || key === 'resourcesCount'));
  for (const [short, [parent, field]] of Object.entries(SHORT)) {
    const value = given[short];
    if (value === undefined) continue;
    if (short === 'risk' && typeof spelt['operation'] === 'string') spelt = { ...spelt, operation: { name: spelt['operation'] } };
    spelt = merge(spelt, { [parent]: { [field]: value } });
  }
  if (given['resource'] !== undefined) spelt['resources'] = [given['resource']];
  if (given['time'] !== undefined) spelt['now'] = given['time'];
  return spelt;
}

const DEFAULTS: Given = {
  user: { id: 'user-1', email: 'user@example.org', name: 'Test', roles: [], teams: [], attributes: {}, isServiceAccount: false },
  actor: { kind: 'user', chain: [], surface: 'rest' },
  tenant: { id: 'tenant-1', slug: 'tenant', plan: 'enterprise', settings: {} },
  plan: { riskScore: 0, findings: [], steps: [], counts: {}, reversible: true, estimatedSeconds: 0, costDelta: 0, conflicts: [] },
  change: { emergency: false },
  now: NOW,
};

/** Facts for a test: what it gives, over a quiet call by an ordinary person. `calendars` are known by name, and empty unless they are given. */
export function testFacts(given: Given, catalogue: Catalogue = [], calendars: readonly string[] = []): EngineFacts {
  const spelt = spellOut(given);
  const operation = operationOf(spelt['operation'], catalogue);
  const facts = merge(DEFAULTS, { ...spelt, operation, input: spelt['input'] ?? {} });
  const risk = operation['risk'];
  if (!RISKS.includes(String(risk))) throw new RangeError(`"${String(risk)}" is not a risk: read, write or high`);
  const known = Object.fromEntries(calendars.map((name) => [name, [] as Json]));
  const { resourcesCount: _, ...rest } = facts;
  return { ...rest, resources: resourcesOf(spelt), calendars: { ...known, ...(isObject(spelt['calendars']) ? spelt['calendars'] : {}) } } as unknown as EngineFacts;
} // prettier-ignore
