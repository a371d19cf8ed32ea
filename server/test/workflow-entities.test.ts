import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { cloudsCreate, serversCreate, serversGet, serversReboot } from '#modules/clouds/index.ts';
import type { Server } from '#modules/clouds/schemas.ts';
import { dnsCreateRecord } from '#modules/dns/index.ts';
import { dnsWorld } from '#modules/dns/testing.ts';
import { classOf } from '#modules/workflows/nodes/operation/outcome.ts';
import { isReadByName } from '#modules/workflows/nodes/operation/reads.ts';
import type { CallOutcome } from '#modules/workflows/nodes/declare.ts';
import type { Json } from '#modules/workflows/graph.ts';
import { entityQuery } from '#modules/workflows/nodes/entity_query/index.ts';
import { KIND_NAMES, kindOf } from '#modules/workflows/nodes/entity_query/kinds.ts';
import { knowledgeGraph } from '#modules/workflows/nodes/knowledge_graph/index.ts';
import { readModules } from './modules.ts';
import { createNodeRun, faultOf, outputOf } from './lone-node.ts';
import type { Person } from './world.ts';

type World = Awaited<ReturnType<typeof dnsWorld>>;
let world: World;
let ana: Person;
let cloud: { id: string };
let server: Server;
let zone: { id: string; name: string };

/** A node's calls, through the real Gate. */
const asking =
  (person: Person) =>
  async (name: string, input: Record<string, unknown>): Promise<CallOutcome> => {
    const operation = world.registry.operations.get(name) as AnyOperation;
    try {
      const passed = await world.call(operation, input, person, {}, 'workflow');
      return passed.status === 'done'
        ? { status: 'done', output: passed.output as Json, changeId: null }
        : await Promise.reject(new Error(passed.status));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { status: 'refused', problem: { slug: error.slug, status: error.kind.status, detail: error.message } };
    }
  };
const graph = async (config: Record<string, Json>, input: Json, person: Person = ana) =>
  outputOf(await createNodeRun({ input, call: asking(person) }).start(knowledgeGraph, config));
const query = async (config: Record<string, Json>, person: Person = ana, input: Json = null) =>
  outputOf(await createNodeRun({ input, call: asking(person) }).start(entityQuery, config));

beforeAll(async () => {
  world = await dnsWorld();
  ana = world.as({ name: 'ana' });
  cloud = await world.done(cloudsCreate, { name: 'sim', kind: 'simulated', environment: 'dev', config: { speed: 2_000, latencyMs: 0 } }, ana);
  const made = async (name: string) => {
    const wish = { connectionId: cloud.id, name, region: 'sim-eu-1', size: 'std-1', image: 'debian-13' };
    const change = await world.settled(await world.accepted(serversCreate, wish, ana), ana, { timeoutMs: 40_000 });
    return (change.outcome as { servers: Server[] }).servers[0]!;
  };
  server = await made('edge-1');
  await made('edge-2');
  await world.settled(await world.accepted(serversReboot, { id: server.id }, ana), ana);
  server = await world.done(serversGet, { id: server.id }, ana);
  zone = await world.zone(ana, await world.embedded(ana, 'dev'));
  for (const [name, value] of [
    ['www', server.publicIpv4],
    ['other', '192.0.2.77'],
  ] as const)
    await world.settled(await world.accepted(dnsCreateRecord, { id: zone.id, name, type: 'A', value }, ana), ana);
});
afterAll(() => world.close());

const found = (output: Record<string, Json>) => (output['nodes'] as { type: string; name: string }[]).map(({ type, name }) => `${type} ${name}`);

describe('workflows 47: Knowledge Graph from a server finds its DNS record and last Changes; resources out of scope are counted, not shown', () => {
  test('one hop finds what runs it, what points at it and what changed it', async () => {
    const output = await graph({ start: 'input.id' }, { id: server.id });
    expect(found(output)).toEqual(expect.arrayContaining(['server edge-1', 'cloud sim', `record www.${zone.name}`]));
    expect(found(output).filter((one) => one.startsWith('change'))).toHaveLength(1);
    expect(found(output)).not.toContain(`record other.${zone.name}`);
    expect(output).toMatchObject({ hidden: 0, truncated: false });
    const edges = output['edges'] as { relation: string; to: string }[];
    expect(edges).toEqual(expect.arrayContaining([expect.objectContaining({ relation: 'points_to', to: `server:${server.id}` }), expect.objectContaining({ relation: 'touched', to: `server:${server.id}` })]));
  }); // prettier-ignore

  test('hops follow their pattern, and paths and trees say how each was come by', async () => {
    const pattern = [
      { relation: 'points_to', direction: 'in' },
      { relation: 'holds', direction: 'in' },
    ];
    const paths = await graph({ start: 'input', pattern, shape: 'paths' }, server.id);
    expect(found(paths)).toEqual(['server edge-1', `record www.${zone.name}`, `zone ${zone.name}`]);
    expect(paths['paths']).toContainEqual([`server:${server.id}`, expect.stringMatching(/^record:/), `zone:${zone.id}`]);
    const tree = await graph({ start: 'input', pattern, shape: 'tree' }, server.id);
    expect(tree['tree']).toMatchObject([{ name: 'edge-1', children: [{ type: 'record', children: [{ type: 'zone', children: [] }] }] }]);
    const filtered = await graph({ start: 'input', type: 'cloud', pattern: [{ relation: 'runs_in', filter: 'item.name == "edge-2"' }] }, cloud.id);
    expect(found(filtered)).toEqual(['cloud sim', 'server edge-2']);
  });

  test('what is out of scope is counted and not shown; what may not be read at all is an error', async () => {
    const narrow = world.as({ name: 'narrow', scope: { any: [{ type: 'server' }, { type: 'dnsZone' }] } });
    const output = await graph({ start: 'input', pattern: [{ relation: 'runs_in' }, { relation: 'points_to' }] }, server.id, narrow);
    expect(found(output)).toEqual(['server edge-1']);
    expect(output).toMatchObject({ hidden: 1, to: 'empty' });
    expect(JSON.stringify(output)).not.toContain('"sim"');
    const blind = world.as({ permissions: ['servers:read'] });
    expect(await faultOf(graph({ start: 'input', pattern: [{ relation: 'points_to' }] }, server.id, blind))).toMatchObject({
      type: 'permission-denied',
      class: 'permission',
    });
    const stranger = world.as({ tenant: 'b' });
    expect(await graph({ start: 'input' }, server.id, stranger)).toMatchObject({ nodes: [], hidden: 0, to: 'empty' });
  });

  test('workflows 32: knowledge_graph: what it is not given is an error, and its limit is said', async () => {
    expect(await faultOf(graph({ start: 'input' }, 5))).toMatchObject({ type: 'type-error' });
    expect(await graph({ start: 'input', type: 'cloud', limit: 2 }, cloud.id)).toMatchObject({ truncated: true });
    expect(knowledgeGraph.config.safeParse({ start: 'input', pattern: [] }).success).toBe(false);
    expect(knowledgeGraph.config.safeParse(knowledgeGraph.example).success).toBe(true);
  });
});

describe('workflows 32: entity_query', () => {
  test('lists, counts, groups and shows one, as the principal sees it', async () => {
    const listed = await query({ filter: 'item.name.startsWith("edge")', sort: '-name', fields: ['name', 'labels.none'], limit: 1 });
    expect(listed).toMatchObject({ rows: [{ name: 'edge-2', 'labels.none': null }], count: 2, more: true });
    expect(await query({ action: 'count', input: { q: 'edge-1' } })).toMatchObject({ rows: [], count: 1 });
    const figures = await query({ action: 'aggregate', groupBy: ['region'], measures: [{ name: 'n', of: 'count' }, { name: 'memory', of: 'sum', field: 'memoryMb' }, { name: 'most', of: 'max', field: 'memoryMb' }] });
    expect(figures).toMatchObject({ rows: [{ region: 'sim-eu-1', n: 2, memory: 2 * server.memoryMb, most: server.memoryMb }] });
    expect(await query({ action: 'get', id: server.id, fields: ['name'] })).toMatchObject({ rows: [{ name: 'edge-1' }], count: 1 });
    expect(await query({ entity: 'record', filter: 'item.value == "192.0.2.77"' })).toMatchObject({ count: 1 });
    expect(await query({ filter: 'false' })).toMatchObject({ to: 'empty', count: 0 });
    expect(await query({ action: 'get', id: '0197a1b2-0000-7000-8000-00000000aaaa' })).toMatchObject({ to: 'empty' });
    expect(await query({}, world.as({ scope: { any: [{ ids: [server.id] }] } }))).toMatchObject({ count: 1 });
  }); // prettier-ignore
  test('what may not be read, and what is no answer, are errors', async () => {
    expect(await faultOf(query({}, world.as({ permissions: ['dns:read'] })))).toMatchObject({ type: 'permission-denied' });
    expect(await faultOf(query({ filter: 'item.name' }))).toMatchObject({ type: 'type-error' });
    expect(await faultOf(query({ action: 'get' }))).toMatchObject({ class: 'config' });
    expect(entityQuery.check!({ action: 'get', entity: 'record' })).toHaveLength(2);
    expect(entityQuery.config.safeParse(entityQuery.example).success).toBe(true);
  });
});

test('every Operation that kinds are read by is there, only looks, and is offered to workflows', async () => {
  const operations = new Map<string, AnyOperation>(
    (await readModules()).flatMap((module) => module.operations.map((operation) => [operation.name, operation] as const)),
  );
  for (const name of KIND_NAMES)
    for (const used of [kindOf(name).list, kindOf(name).get])
      expect([used, operations.get(used)?.risk, operations.get(used)?.hiddenFrom?.includes('workflow') ?? false]).toEqual([used, 'read', false]);
  // A node that is taken for a read is run again after a crash.
  const wrong = [...operations.values()].filter(({ name, risk }) => isReadByName(name) && risk !== 'read').map(({ name }) => name);
  expect(wrong).toEqual([]);
  expect([...operations.keys()].filter(isReadByName).length).toBeGreaterThan(80);
});

test('classes of refusals', () => {
  const of = (slug: string, status: number) => classOf({ slug, status });
  expect([of('permission-denied', 403), of('policy-denied', 403), of('plan-limit', 403), of('server-not-found', 404), of('invalid-state', 409), of('validation-failed', 422), of('rate-limited', 429), of('provider-down', 502), of('internal', 500)]).toEqual([
    'permission', 'policy', 'limit', 'not_found', 'conflict', 'validation', 'transient', 'transient', 'system',
  ]);
}); // prettier-ignore
