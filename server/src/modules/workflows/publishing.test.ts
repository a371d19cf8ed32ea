import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, sha256 } from '#kernel/ids.ts';
import type { Person } from '#test/world.ts';
import { workflowsExecute } from './executions/operations/workflows.execute.ts';
import { executionsGet } from './executions/operations/executions.get.ts';
import { workflowsActivate } from './operations/workflows.activate.ts';
import { workflowsCreate } from './operations/workflows.create.ts';
import { workflowsDiff } from './operations/workflows.diff.ts';
import { workflowsGet } from './operations/workflows.get.ts';
import { workflowsPause } from './operations/workflows.pause.ts';
import { workflowsPublish } from './operations/workflows.publish.ts';
import { workflowsTestsCreate } from './operations/workflows.tests.create.ts';
import { workflowsTriggersList } from './operations/workflows.triggers.list.ts';
import { workflowsTriggersRotateToken } from './operations/workflows.triggers.rotateToken.ts';
import { workflowsUpdate } from './operations/workflows.update.ts';
import { workflowsVersionsGet } from './operations/workflows.versions.get.ts';
import { workflowsVersionsPublish } from './operations/workflows.versions.publish.ts';
import { workflowsVersionsRestore } from './operations/workflows.versions.restore.ts';
import type { Graph } from './graph.ts';
import { callingGraph, link, nodeOf, smallGraph, workflowWorld, type WorkflowWorld } from './testing.ts';

let world: WorkflowWorld;
let [ann, ben]: Person[] = [];
beforeAll(async () => {
  world = await workflowWorld();
  ann = world.as({ name: 'ann' });
  ben = world.as({ name: 'ben' });
});
afterAll(() => world.close());

const create = (name: string, graph: Graph) => world.done(workflowsCreate, { name, graph }, ann!);
const get = (id: string) => world.done(workflowsGet, { id }, ann!);
const publish = (id: string, more: object = {}) => world.done(workflowsPublish, { id, ...more }, ann!);
const save = async (id: string, input: object) => world.done(workflowsUpdate, { id, ...input }, ann!, { ifMatch: `"${(await get(id)).revision}"` });
/** The greeting of the second node is another one. */
const greet = async (id: string, value: string) => {
  const { draft } = await get(id);
  return save(id, {
    ops: [{ op: 'updateNode', id: draft.nodes.at(-1)!.id, set: { config: { mode: 'fields', fields: [{ name: 'greeting', value }] } } }],
  });
};
const ended = async (id: string) => {
  for (let tries = 0; tries < 400; tries += 1) {
    const execution = await world.done(executionsGet, { id, include: ['payloads'] }, ann!);
    if (execution.endedAt !== null) return execution;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${id} does not end`);
};

describe('versions', () => {
  test('workflows 9: Creating a version of an unchanged draft returns the existing number', async () => {
    const { id, draft } = await create('Same', smallGraph());
    expect((await publish(id)).number).toBe(1);
    await save(id, { ops: [{ op: 'moveNode', id: draft.nodes[0]!.id, layout: { x: 9, y: 9 } }] });
    expect(await publish(id)).toMatchObject({ number: 1, active: true });
    expect((await get(id)).changed).toBe(false);
    await greet(id, 'Other');
    expect((await get(id)).changed).toBe(true);
    expect(await publish(id, { publish: false })).toMatchObject({ number: 2, active: false, publishedAt: null });
    await greet(id, 'hello');
    expect((await publish(id)).number).toBe(1);
  });

  test('workflows 10: Publishing makes new triggers use the new version while a running execution ends on the old one', async () => {
    const [start, wait, set] = [nodeOf('start', 'trigger', { mode: 'manual' }), nodeOf('wait', 'delay', { mode: 'for', for: { value: 1, unit: 'seconds' } }), nodeOf('set', 'transform', { mode: 'fields', fields: [{ name: 'greeting', value: 'one' }] })]; // prettier-ignore
    const { id } = await create('Versions', { nodes: [start, wait, set], connections: [link(start, wait), link(wait, set)] });
    await publish(id);
    const old = await world.done(workflowsExecute, { id }, ann!);
    await greet(id, 'two');
    await publish(id);
    const fresh = await world.done(workflowsExecute, { id }, ann!);
    expect(await ended(old.execution.id)).toMatchObject({ version: 1, status: 'completed', outputs: { greeting: 'one' } });
    expect(await ended(fresh.execution.id)).toMatchObject({ version: 2, status: 'completed', outputs: { greeting: 'two' } });
  });

  test('workflows 11: Publishing a version with a validation error answers 422 with the findings, and the active version stays', async () => {
    const { id, draft } = await create('Broken', smallGraph());
    await publish(id);
    await save(id, { ops: [{ op: 'updateNode', id: draft.nodes[1]!.id, set: { config: { mode: 'fields', fields: [{ name: 'x', value: '{{ nodes.nobody.output }}' }] } } }] }); // prettier-ignore
    const refusal = await world.refused(workflowsPublish, { id }, ann!);
    expect([refusal.slug, refusal.kind.status]).toEqual(['workflow-invalid', 422]);
    expect(refusal.extras['findings']).toMatchObject([{ rule: 'V15', severity: 'error', nodeKey: 'set' }]);
    expect(await get(id)).toMatchObject({ activeVersion: 1, status: 'active', validation: { errors: 1 } });
  });

  test('workflows 12: Publishing a workflow with a high-risk Operation under a four-eyes policy answers 202 and takes effect only when another person approves', async () => {
    const { id } = await create('Risky', smallGraph());
    await publish(id);
    const risky = callingGraph({ mode: 'manual' }, [{ operation: 'secrets.delete', input: { id: '{{ trigger.id }}' } }]);
    await save(id, { draft: risky });
    const planned = await world.call(workflowsPublish, { id }, ann!, { dryRun: true });
    expect(planned).toMatchObject({ status: 'planned', risk: 'high', plan: { facts: { highOperations: ['secrets.delete'] } } });
    const change = await world.accepted(workflowsPublish, { id }, ann!);
    expect((await get(id)).activeVersion).toBe(1);
    expect((await world.refused(workflowsPublish, { id }, ann!)).slug).toBe('publish-approval-pending');
    await expect(world.approve(change, ann!)).rejects.toThrow();
    await world.approve(change, ben!);
    const settled = await world.settled(change, ann!);
    expect([settled.state, settled.problem]).toEqual(['succeeded', null]);
    expect(await get(id)).toMatchObject({ activeVersion: 2, changed: false });
  });

  test('what was agreed to is what is published: an edit meanwhile makes the request stale, moving a node does not', async () => {
    const risky = callingGraph({ mode: 'manual' }, [{ operation: 'secrets.delete', input: { id: newId() } }]);
    const { id, draft } = await create('Stale publish', risky);
    const moved = await world.accepted(workflowsPublish, { id }, ann!);
    await save(id, { ops: [{ op: 'moveNode', id: draft.nodes[0]!.id, layout: { x: 1, y: 1 } }] });
    await world.approve(moved, ben!);
    expect((await world.settled(moved, ann!)).state).toBe('succeeded');
    await save(id, { ops: [{ op: 'updateSettings', set: { maxConcurrent: 2 } }] });
    const edited = await world.accepted(workflowsPublish, { id }, ann!);
    await save(id, { ops: [{ op: 'updateSettings', set: { maxConcurrent: 3 } }] });
    await world.approve(edited, ben!);
    expect((await world.settled(edited, ann!)).state).toBe('stale');
    expect((await get(id)).activeVersion).toBe(1);
  });

  test('workflows 13: The diff of two versions lists a changed field with both values and ignores a moved node', async () => {
    const { id, draft } = await create('Compared', smallGraph());
    await publish(id);
    await greet(id, 'changed');
    await save(id, { ops: [{ op: 'moveNode', id: draft.nodes[0]!.id, layout: { x: 7, y: 7 } }] });
    await publish(id);
    const difference = await world.done(workflowsDiff, { id, from: '1', to: '2' }, ann!);
    expect(difference.changed).toEqual([
      { id: draft.nodes[1]!.id, key: 'set', name: 'set', type: 'transform', fields: [{ path: '/config/fields', before: [{ name: 'greeting', value: 'hello' }], after: [{ name: 'greeting', value: 'changed' }] }] },
    ]); // prettier-ignore
    expect(difference.moved.map(({ key }) => key)).toEqual(['start']);
    expect(await world.done(workflowsDiff, { id }, ann!)).toMatchObject({ same: true, changed: [] });
    await save(id, { draft: callingGraph({ mode: 'manual' }, [{ operation: 'secrets.delete', input: { id: newId() } }]) });
    const gained = await world.done(workflowsDiff, { id }, ann!);
    expect([gained.operations.added, gained.permissions.added]).toEqual([[{ name: 'secrets.delete', risk: 'high' }], ['secrets:write']]);
  });

  test('workflows 14: Publishing an old version again rolls back in under one second', async () => {
    const { id } = await create('Rolled back', smallGraph('first'));
    await publish(id);
    await greet(id, 'second');
    await publish(id);
    const from = performance.now();
    expect(await world.done(workflowsVersionsPublish, { id, number: 1 }, ann!)).toMatchObject({ number: 1, active: true });
    expect(performance.now() - from).toBeLessThan(1_000);
    expect((await get(id)).draft.nodes[1]!.config).toMatchObject({ fields: [{ value: 'second' }] });
    const restored = await world.done(workflowsVersionsRestore, { id, number: 1 }, ann!);
    expect([restored.draft.nodes[1]!.config, restored.changed]).toMatchObject([{ fields: [{ value: 'first' }] }, false]);
    expect((await world.done(workflowsVersionsGet, { id, number: 2 }, ann!)).graph.nodes[1]!.config).toMatchObject({ fields: [{ value: 'second' }] });
    expect((await world.refused(workflowsVersionsPublish, { id, number: 9 }, ann!)).slug).toBe('version-not-found');
  });

  test('tests that are attached must have passed on this draft, unless whoever may debug sets them aside', async () => {
    const { id } = await create('Tested', smallGraph());
    await world.done(workflowsTestsCreate, { id, name: 'Greets' }, ann!);
    expect((await world.refused(workflowsPublish, { id }, ann!)).extras['failures']).toMatchObject([
      { test: 'Greets', reason: expect.stringContaining('not run') as string },
    ]);
    const plain = world.as({ permissions: ['workflows:publish', 'workflows:read'] });
    expect((await world.refused(workflowsPublish, { id, skipTests: true }, plain)).slug).toBe('permission-denied');
    expect((await publish(id, { skipTests: true })).number).toBe(1);
  });
});

describe('triggers', () => {
  const hook = () => callingGraph({ mode: 'webhook', path: 'kept', auth: 'none' }, []);

  test('workflows 19: Pausing a workflow refuses its webhook with 409 and lets a manual run through', async () => {
    const graph = hook();
    graph.nodes.push(nodeOf('by_hand', 'trigger', { mode: 'manual' }), nodeOf('join', 'transform', { mode: 'fields', fields: [] }));
    graph.connections.push(link(graph.nodes[1]!, graph.nodes[2]!));
    const { id } = await create('Paused', graph);
    await save(id, { settings: { runAs: 'invoker' } });
    const refusal = await world.call(workflowsPublish, { id }, ann!).catch((error: Error) => error);
    // A webhook that nobody signs runs as nobody: rule V42.
    expect(refusal).toMatchObject({ slug: 'workflow-invalid' });
    const signed = { ...graph.nodes[0]!.config, auth: 'hmac', secret: 'secret://HOOK_KEY' };
    await world.sql(`insert into secrets (tenant_id, id, kind, name, scope, type, description, tags, current_version, rotated_at, created_by, created_by_name) values ($1, gen_random_uuid(), 'secret', 'HOOK_KEY', 'workspace', 'secret', '', '{}', 1, now(), 'x', 'x')`, [world.tenants.a]); // prettier-ignore
    await save(id, { ops: [{ op: 'updateNode', id: graph.nodes[0]!.id, set: { config: signed } }] });
    const plain = world.as({ permissions: ['workflows:publish', 'workflows:read', 'secrets:*'] });
    expect((await world.refused(workflowsPublish, { id }, plain)).message).toContain('workflows:schedule');
    await publish(id);
    await world.done(workflowsPause, { id }, ann!);
    const { items } = await world.done(workflowsTriggersList, { id }, ann!);
    expect(items.map(({ kind, state, path }) => [kind, state, path])).toEqual([['webhook', 'paused', 'kept'], ['manual', 'paused', null]]); // prettier-ignore
    expect((await world.refused(workflowsPause, { id }, ann!)).slug).toBe('workflow-unchanged');
    const run = await world.done(workflowsExecute, { id }, ann!);
    expect((await ended(run.execution.id)).status).toBe('completed');
    expect(await world.done(workflowsActivate, { id }, ann!)).toMatchObject({ status: 'active' });
    expect((await world.done(workflowsTriggersList, { id }, ann!)).items.every(({ state }) => state === 'active')).toBe(true);
  });

  test('an address is shown once, kept as a hash, outlives a publish and a roll back, and the one before it is taken for a while', async () => {
    const [before] = await world.sql<{ workflow_id: string; id: string }>(
      `select workflow_id, id from workflow_triggers where kind = 'webhook' limit 1`,
    );
    const { token, oldTokenUntil } = await world.done(workflowsTriggersRotateToken, { id: before!.id }, ann!);
    expect(oldTokenUntil).toBeNull();
    const next = await world.done(workflowsTriggersRotateToken, { id: before!.id, graceHours: 2 }, ann!);
    const [row] = await world.sql<{ token_hash: string; old_token_hash: string }>(
      'select token_hash, old_token_hash from workflow_triggers where id = $1',
      [before!.id],
    );
    expect(row).toEqual({ token_hash: sha256(next.token), old_token_hash: sha256(token) });
    await save(before!.workflow_id, { ops: [{ op: 'updateSettings', set: { maxConcurrent: 4 } }] });
    await publish(before!.workflow_id);
    expect((await world.sql('select token_hash from workflow_triggers where id = $1', [before!.id]))[0]).toEqual({ token_hash: sha256(next.token) });
    const other = await create('Same path', hook());
    expect((await world.refused(workflowsPublish, { id: other.id }, ann!)).extras['findings']).toMatchObject(expect.arrayContaining([expect.objectContaining({ rule: 'V24' })])); // prettier-ignore
  });
});
