import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { Person } from '#test/world.ts';
import { link, nodeOf, smallGraph, workflowWorld, callingGraph, type WorkflowWorld } from './testing.ts';
import { workflowBelongings } from './model/belongings.ts';
import { workflowsArchive } from './operations/workflows.archive.ts';
import { workflowsConnectionsAdd } from './operations/workflows.connections.add.ts';
import { workflowsConnectionsDelete } from './operations/workflows.connections.delete.ts';
import { workflowsCreate } from './operations/workflows.create.ts';
import { workflowsDelete } from './operations/workflows.delete.ts';
import { workflowsDuplicate } from './operations/workflows.duplicate.ts';
import { workflowsExport } from './operations/workflows.export.ts';
import { workflowsGet } from './operations/workflows.get.ts';
import { workflowsImport } from './operations/workflows.import.ts';
import { workflowsList } from './operations/workflows.list.ts';
import { workflowsNodesAdd } from './operations/workflows.nodes.add.ts';
import { workflowsNodesDelete } from './operations/workflows.nodes.delete.ts';
import { workflowsNodesUpdate } from './operations/workflows.nodes.update.ts';
import { workflowsPublish } from './operations/workflows.publish.ts';
import { workflowsRestore } from './operations/workflows.restore.ts';
import { workflowsTestsCreate } from './operations/workflows.tests.create.ts';
import { workflowsTestsList } from './operations/workflows.tests.list.ts';
import { workflowsUpdate } from './operations/workflows.update.ts';
import { workflowsVersionsList } from './operations/workflows.versions.list.ts';
import { workflowsVersionsPublish } from './operations/workflows.versions.publish.ts';
import { workflowTemplatesCreate } from './operations/workflowTemplates.create.ts';
import { loadGraph } from './model/load.ts';

let world: WorkflowWorld;
let [ann, ben, dev]: Person[] = [];
beforeAll(async () => {
  world = await workflowWorld();
  ann = world.as({ name: 'ann' });
  ben = world.as({ name: 'ben' });
  dev = world.as({ name: 'dev', scope: { any: [{ labels: { team: 'network' } }] } });
});
afterAll(() => world.close());

const create = (name: string, more: object = {}) => world.done(workflowsCreate, { name, ...more }, ann!);
const get = (id: string) => world.done(workflowsGet, { id }, ann!);
const edit = (id: string, revision: number, ops: unknown[]) => world.done(workflowsUpdate, { id, ops }, ann!, { ifMatch: `"${revision}"` });

describe('a workflow', () => {
  test('workflows 1: Creating a workflow with only a name gives 201, status draft, revision 1, a manual trigger and a slug; a second one of the same name gets slug `-2`', async () => {
    const first = await create('Order servers (EU)');
    expect(first).toMatchObject({ status: 'draft', revision: 1, slug: 'order-servers-eu', activeVersion: null, validation: { errors: 0 } });
    expect(first.draft.nodes.map(({ type, config }) => [type, config])).toEqual([['trigger', { mode: 'manual' }]]);
    const together = await Promise.all([create('Order servers (EU)'), create('Order servers (EU)')]);
    expect(together.map(({ slug }) => slug).sort()).toEqual(['order-servers-eu-2', 'order-servers-eu-3']);
    const taken = await world.refused(workflowsCreate, { name: 'Another', slug: 'order-servers-eu' }, ann!);
    expect([taken.slug, taken.kind.status]).toEqual(['workflow-name-taken', 409]);
  });

  test('workflows 2: Listing with status, tag, text and "uses operation" filters returns exactly the matching workflows, page by page with a cursor, stable under inserts', async () => {
    const graph = callingGraph({ mode: 'manual' }, [{ operation: 'secrets.list' }]);
    for (const name of ['List b', 'List a', 'List c'])
      await create(name, { tags: ['listed', 'team=network'], ...(name === 'List a' ? { graph } : {}) });
    await create('Unlisted', { folder: 'Elsewhere' });
    const names = async (input: object, who = ann!) => (await world.done(workflowsList, input, who)).items.map(({ name }) => name);
    expect(await names({ tag: 'listed' })).toEqual(['List a', 'List b', 'List c']);
    expect(await names({ tag: 'listed', operation: 'secrets.list' })).toEqual(['List a']);
    expect(await names({ q: 'call_1' })).toEqual(['List a']);
    expect(await names({ folder: 'Elsewhere' })).toEqual(['Unlisted']);
    expect(await names({ status: 'active', tag: 'listed' })).toEqual([]);
    expect(await names({}, dev)).toEqual(['List a', 'List b', 'List c']);
    const first = await world.done(workflowsList, { tag: 'listed', limit: 2, sort: 'name' }, ann!);
    await create('List ab', { tags: ['listed'] });
    const second = await world.done(workflowsList, { tag: 'listed', limit: 2, sort: 'name', cursor: first.nextCursor! }, ann!);
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['List a', 'List b', 'List c']);
    for (const sort of ['-name', 'updatedAt', '-updatedAt', 'lastRun', '-lastRun']) expect((await names({ tag: 'listed', sort })).length).toBe(4);
  });

  test('workflows 4: `PATCH` with a stale `If-Match` answers 412 with the current revision and the missed edits; nothing is written', async () => {
    const { id } = await create('Stale', { graph: smallGraph() });
    const missed = { op: 'addNode', node: nodeOf('other', 'note', { text: 'Mind this' }) };
    await edit(id, 1, [missed]);
    const before = await get(id);
    const refusal = await world.refused(workflowsUpdate, { id, ops: [{ op: 'updateSettings', set: { maxConcurrent: 3 } }] }, ben!, {
      ifMatch: '"1"',
    });
    expect([refusal.slug, refusal.kind.status, refusal.extras['revision']]).toEqual(['revision-conflict', 412, 2]);
    expect(refusal.extras['missed']).toEqual([missed]);
    expect(await get(id)).toEqual(before);
    expect((await world.refused(workflowsUpdate, { id, ops: [missed] }, ben!)).kind.status).toBe(428);
  });

  test('workflows 5: A list of ten graph edits whose seventh is invalid changes nothing', async () => {
    const { id, draft } = await create('Ten', { graph: smallGraph() });
    const good = Array.from({ length: 9 }, (_, at) => ({ op: 'addNode', node: nodeOf(`n${at}`, 'note') }));
    const ops = [...good.slice(0, 6), { op: 'removeNode', id: newId() }, ...good.slice(6)];
    const refusal = await world.refused(workflowsUpdate, { id, ops }, ann!, { ifMatch: '"1"' });
    expect([refusal.slug, refusal.extras.errors]).toEqual([
      'edit-invalid',
      [{ pointer: '/ops/6/id', message: expect.stringContaining('There is no node') as string }],
    ]);
    expect(await get(id)).toMatchObject({ revision: 1, draft });
  });

  test('workflows 6: Adding, updating and deleting a node by the seed’s node endpoints gives the same draft as the whole-graph update', async () => {
    const { id, draft } = await create('By nodes');
    const start = draft.nodes[0]!;
    const added = await world.done(workflowsNodesAdd, { id, type: 'transform', config: { mode: 'fields', fields: [] } }, ann!);
    const gone = await world.done(workflowsNodesAdd, { id, type: 'note', config: { text: 'x' } }, ann!);
    const { connection } = await world.done(workflowsConnectionsAdd, { id, source: start.id, target: added.node.id }, ann!);
    const updated = await world.done(workflowsNodesUpdate, { id: added.node.id, name: 'Set it', layout: { x: 5, y: 6 } }, ann!);
    await world.done(workflowsNodesDelete, { id: gone.node.id }, ann!);
    const { revision, draft: byNodes } = await get(id);
    expect(revision).toBe(6);
    const whole = await create('As a whole');
    const copy = { nodes: [start, updated.node].map((node) => ({ ...node, id: newId() })), connections: [] as object[] };
    copy.connections = [{ ...connection, id: newId(), source: copy.nodes[0]!.id, target: copy.nodes[1]!.id }];
    const saved = await world.done(workflowsUpdate, { id: whole.id, draft: copy }, ann!, { ifMatch: '"1"' });
    const plain = (nodes: typeof byNodes.nodes) => nodes.map(({ id: _id, ...node }) => node);
    expect(plain(saved.draft.nodes)).toEqual(plain(byNodes.nodes));
    expect(updated.node).toMatchObject({ key: 'transform', name: 'Set it', layout: { x: 5, y: 6 } });
    await world.done(workflowsConnectionsDelete, { id: connection.id }, ann!);
    expect((await get(id)).draft.connections).toEqual([]);
    expect((await world.refused(workflowsNodesUpdate, { id: gone.node.id, name: 'x' }, ann!)).slug).toBe('node-not-found');
    expect((await world.refused(workflowsNodesUpdate, { id: added.node.id, name: 'x' }, dev!)).slug).toBe('scope-denied');
    const taken = await world.refused(workflowsCreate, { name: 'Taken', graph: { nodes: [start], connections: [] } }, ann!);
    expect(taken.slug).toBe('edit-invalid');
  });

  test('workflows 7: Deleting a node removes its connections; with `bridge` its neighbours are joined', async () => {
    const [start, middle, end] = [nodeOf('start', 'trigger', { mode: 'manual' }), nodeOf('middle', 'transform'), nodeOf('end', 'transform')];
    const graph = { nodes: [start, middle, end], connections: [link(start, middle), link(middle, end), link(middle, end, 'error')] };
    const { id } = await create('Bridge', { graph });
    await world.done(workflowsNodesDelete, { id: middle.id, bridge: true }, ann!);
    expect((await get(id)).draft.connections).toEqual([{ ...link(start, end), id: expect.any(String) as string }]);
    await world.done(workflowsNodesDelete, { id: end.id }, ann!);
    expect((await get(id)).draft).toEqual({ nodes: [start], connections: [] });
  });

  test('workflows 8: Duplicate copies nodes, settings and tests, gives new node ids, and no webhook token or execution', async () => {
    const graph = callingGraph({ mode: 'webhook', path: 'copied', auth: 'none' }, []);
    const { id, draft } = await create('Original', { graph, settings: { maxConcurrent: 3, runAs: 'invoker' }, tags: ['copied'] });
    await world.done(workflowsTestsCreate, { id, name: 'Small', inputs: { a: 1 }, assertions: [{ expression: 'status == "completed"' }] }, ann!);
    const copy = await world.done(workflowsDuplicate, { id }, ann!);
    expect(copy).toMatchObject({
      name: 'Copy of Original',
      status: 'draft',
      revision: 1,
      tags: ['copied'],
      triggers: [],
      lastExecution: null,
      settings: { maxConcurrent: 3 },
    });
    expect(copy.draft.nodes.map(({ key, config }) => [key, config])).toEqual(draft.nodes.map(({ key, config }) => [key, config]));
    expect(copy.draft.nodes.filter((node) => draft.nodes.some((other) => other.id === node.id))).toEqual([]);
    expect((await world.done(workflowsTestsList, { id: copy.id }, ann!)).items).toMatchObject([
      { name: 'Small', inputs: { a: 1 }, lastResult: null },
    ]);
  });

  test('workflows 15: Deleting a workflow stops its schedule at once; it can be restored for 30 days with its versions', async () => {
    const { id } = await create('Deleted', { graph: smallGraph() });
    await world.done(workflowsPublish, { id, note: 'First' }, ann!);
    const change = await world.carriedOut(workflowsDelete, { id }, ann!, ben!);
    expect(change.state).toBe('succeeded');
    expect((await world.refused(workflowsGet, { id }, ann!)).slug).toBe('workflow-not-found');
    expect(await world.sql('select state, next_run_at from workflow_triggers where workflow_id = $1', [id])).toEqual([
      { state: 'paused', next_run_at: null },
    ]);
    expect((await world.done(workflowsList, { deleted: true }, ann!)).items.map(({ name }) => name)).toEqual(['Deleted']);
    const back = await world.done(workflowsRestore, { id }, ann!);
    expect(back).toMatchObject({ status: 'paused', activeVersion: 1, deletedAt: null });
    expect((await world.done(workflowsVersionsList, { id }, ann!)).items).toMatchObject([{ number: 1, note: 'First', active: true }]);
  });

  test('one that is archived can be read and nothing else, and what lies outside one’s reach is not moved into it', async () => {
    const { id, revision } = await create('Archived', { graph: smallGraph() });
    await world.done(workflowsArchive, { id }, ann!);
    expect((await world.refused(workflowsUpdate, { id, ops: [{ op: 'updateSettings', set: {} }] }, ann!, { ifMatch: `"${revision}"` })).slug).toBe(
      'workflow-archived',
    );
    expect((await world.refused(workflowsUpdate, { id, tags: ['team=network'] }, dev!)).slug).toBe('scope-denied');
    const mine = await world.done(workflowsCreate, { name: 'Mine', tags: ['team=network'] }, dev!);
    expect((await world.refused(workflowsUpdate, { id: mine.id, tags: [] }, dev!)).slug).toBe('scope-denied');
    expect((await world.refused(workflowsCreate, { name: 'Not mine' }, dev!)).slug).toBe('scope-denied');
  });

  test('a permission held elsewhere opens nothing here: environments of templates and versions, drafts, triggers and tests that are set aside', async () => {
    const staging = { any: [{ environments: ['staging'] }] };
    const own = world.as({ name: 'own', scope: staging });
    const source = await create('In production', { graph: smallGraph(), settings: { environment: 'production' } });
    const template = await world.done(
      workflowTemplatesCreate,
      { workflowId: source.id, name: 'Of production', description: 'For a test', category: 'provisioning' },
      ann!,
    );
    const wish = { name: 'By template', templateId: template.id };
    expect((await world.refused(workflowsCreate, wish, own)).slug).toBe('scope-denied');
    expect(await world.done(workflowsCreate, { ...wish, settings: { environment: 'staging' } }, own)).toMatchObject({ environment: 'staging' });

    // The draft goes to staging, and what was published stays in production.
    await world.done(workflowsPublish, { id: source.id }, ann!);
    const draft = await edit(source.id, 1, [{ op: 'updateSettings', set: { environment: 'staging' } }]);
    expect((await world.refused(workflowsVersionsPublish, { id: source.id, number: 1 }, own)).slug).toBe('scope-denied');
    await world.databases.tenant({ tenantId: world.tenants.a }, async (db) => {
      expect((await loadGraph(db, world.tenants.a, source.id, 1)).workflow.environment).toBe('production');
      expect((await loadGraph(db, world.tenants.a, source.id, 'draft')).workflow.environment).toBe('staging');
    });

    // Who may make workflows need not be let at the drafts of others.
    const maker = world.as({ name: 'maker', permissions: ['workflows:create', 'workflows:read'] });
    const { content } = await world.done(workflowsExport, { id: source.id }, ann!);
    expect((await world.refused(workflowsImport, { content, id: source.id }, maker)).slug).toBe('permission-denied');
    expect(await world.done(workflowsImport, { content, name: 'A new one' }, maker)).toMatchObject({ workflow: { name: 'A new one' } });

    // Publishes everywhere; says what starts a workflow, and sets tests aside, in staging alone.
    const all = { all: true } as const;
    const publisher = world.as({
      name: 'publisher',
      grants: [
        { permissions: ['workflows:read', 'workflows:publish'], scope: all, maxRisk: 'high' },
        { permissions: ['workflows:schedule', 'workflows:debug'], scope: staging, maxRisk: 'high' },
      ],
    });
    const graph = smallGraph();
    graph.nodes[0]!.config = { mode: 'webhook', path: 'elsewhere', auth: 'hmac', secret: 'secret://HOOK_KEY' };
    await world.sql(`insert into secrets (tenant_id, id, kind, name, scope, type, description, tags, current_version, rotated_at, created_by, created_by_name) values ($1, gen_random_uuid(), 'secret', 'HOOK_KEY', 'workspace', 'secret', '', '{}', 1, now(), 'x', 'x')`, [world.tenants.a]); // prettier-ignore
    const here = await create('Called', { graph });
    expect(await world.refused(workflowsPublish, { id: here.id }, publisher)).toMatchObject({ slug: 'scope-denied' });
    const plain = await create('By hand', { graph: smallGraph() });
    expect((await world.refused(workflowsPublish, { id: plain.id, skipTests: true }, publisher)).slug).toBe('scope-denied');
    expect(await world.done(workflowsPublish, { id: plain.id }, publisher)).toMatchObject({ number: 1, active: true });
    expect(draft.environment).toBe('staging');
  });

  test('whoever leaves hands their workflows over', async () => {
    const eva = world.as({ name: 'eva' });
    const { id } = await world.done(workflowsCreate, { name: 'Handed over' }, eva);
    const { of, hand } = workflowBelongings(async () => new Map([[ben!.actor.id, { name: 'ben' }]]));
    await world.databases.tenant({ tenantId: world.tenants.a }, async (db) => {
      expect(await of(db, world.tenants.a, eva.actor.id)).toEqual(['1 workflow']);
      await hand(db, world.tenants.a, eva.actor.id, ben!.actor.id);
      expect(await of(db, world.tenants.a, eva.actor.id)).toEqual([]);
    });
    expect((await get(id)).owner).toEqual({ id: ben!.actor.id, name: 'ben' });
  });
});
