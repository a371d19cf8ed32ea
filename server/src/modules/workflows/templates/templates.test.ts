import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reports } from '#modules/reports/index.ts';
import type { Person } from '#test/world.ts';
import { nodeTemplatesCreate } from '../operations/nodeTemplates.create.ts';
import { nodeTemplatesDelete } from '../operations/nodeTemplates.delete.ts';
import { nodeTemplatesList } from '../operations/nodeTemplates.list.ts';
import { workflowsCreate } from '../operations/workflows.create.ts';
import { workflowTemplatesCreate } from '../operations/workflowTemplates.create.ts';
import { workflowTemplatesDelete } from '../operations/workflowTemplates.delete.ts';
import { workflowTemplatesGet } from '../operations/workflowTemplates.get.ts';
import { workflowTemplatesList } from '../operations/workflowTemplates.list.ts';
import { workflowTemplatesUpdate } from '../operations/workflowTemplates.update.ts';
import { workflowTemplatesUse } from '../operations/workflowTemplates.use.ts';
import { createRegistry } from '#kernel/registry.ts';
import { readModules } from '#test/modules.ts';
import { operationFactsOf } from '../model/operation-facts.ts';
import { secretsIn, variablesIn } from '../model/uses.ts';
import { smallGraph, workflowWorld, type WorkflowWorld } from '../testing.ts';
import { validateGraph } from '../validation/index.ts';
import { shippedTemplates } from './shipped/index.ts';

let world: WorkflowWorld;
let [ann, vera]: Person[] = [];
beforeAll(async () => {
  world = await workflowWorld([reports]);
  ann = world.as({ name: 'ann' });
  vera = world.as({ name: 'vera', permissions: ['workflows:create', 'workflowTemplates:read', 'secrets:read'] });
});
afterAll(() => world.close());

describe('templates', () => {
  test('every template of the product is valid where there is what it asks for', async () => {
    const registry = createRegistry(await readModules());
    expect(shippedTemplates().length).toBeGreaterThanOrEqual(12);
    for (const { id, graph, settings } of shippedTemplates()) {
      const facts = {
        workflowId: null,
        operations: operationFactsOf(registry.operations),
        secrets: new Set(secretsIn(graph)),
        variables: new Set(variablesIn(graph)),
        webhookPaths: new Set<string>(),
        workflows: [],
        limits: { graphBytes: 100_000, pinnedBytes: 0, triggers: 10, nodes: 200, connections: 400, scheduleSeconds: 900, webhooks: { used: 0, most: 10 } },
        timezone: 'Europe/Berlin',
        now: new Date(),
      }; // prettier-ignore
      expect([id, validateGraph(facts, graph, settings).errors]).toEqual([id, []]);
    }
  });

  test('using one makes a workflow with ids of its own, lists what is missing, and is counted', async () => {
    const { workflow, missing } = await world.done(workflowTemplatesUse, { id: 'secret-rotation', name: 'Our secrets' }, vera!);
    expect(workflow).toMatchObject({ name: 'Our secrets', status: 'draft', runAs: 'service' });
    expect(missing).toEqual({ secrets: [], variables: ['ON_CALL'], permissions: [], operations: [] });
    const again = await world.done(workflowTemplatesUse, { id: 'secret-rotation' }, vera!);
    const known = new Set(workflow.draft.nodes.map(({ id }) => id));
    expect(again.workflow.draft.nodes.filter(({ id }) => known.has(id))).toEqual([]);
    const { items } = await world.done(workflowTemplatesList, { q: 'expire' }, vera!);
    expect(items).toMatchObject([{ id: 'secret-rotation', shipped: true, useCount: 2, requires: { operations: ['secrets.list'] } }]);
    expect((await world.done(workflowTemplatesGet, { id: 'compliance-report' }, vera!)).missing.permissions).toEqual(['reports:generate']);
    expect((await world.refused(workflowTemplatesUse, { id: 'nothing' }, vera!)).slug).toBe('workflow-template-not-found');
  });

  test('a tenant keeps templates of its own, which another does not see, and changes none of the product', async () => {
    const { id: workflowId } = await world.done(workflowsCreate, { name: 'Ours', graph: smallGraph() }, ann!);
    const wish = { workflowId, name: 'House style', description: 'As we do it', category: 'network', tags: ['ours'] };
    const mine = await world.done(workflowTemplatesCreate, wish, ann!);
    expect((await world.refused(workflowTemplatesCreate, wish, ann!)).slug).toBe('template-name-taken');
    expect(await world.done(workflowTemplatesUpdate, { id: mine.id, tags: ['house'] }, ann!)).toMatchObject({ tags: ['house'], shipped: false });
    expect((await world.refused(workflowTemplatesGet, { id: mine.id }, world.as({ tenant: 'b' }))).slug).toBe('workflow-template-not-found');
    expect((await world.refused(workflowTemplatesDelete, { id: 'onboarding' }, ann!)).slug).toBe('template-protected');
    const first = await world.done(workflowTemplatesList, { limit: 17 }, ann!);
    const second = await world.done(workflowTemplatesList, { limit: 17, cursor: first.nextCursor! }, ann!);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([...shippedTemplates().map(({ id }) => id), mine.id]);
    await world.done(workflowTemplatesDelete, { id: mine.id }, ann!);
    expect((await world.refused(workflowTemplatesGet, { id: mine.id }, ann!)).slug).toBe('workflow-template-not-found');
  });

  test('a node is kept as a preset for others', async () => {
    const preset = await world.done(
      nodeTemplatesCreate,
      { name: 'Ask NetBox', type: 'http_api', config: { url: 'https://netbox.example.net' } },
      ann!,
    );
    expect((await world.refused(nodeTemplatesCreate, { name: 'X', type: 'teleport' }, ann!)).slug).toBe('node-type-unknown');
    expect((await world.done(nodeTemplatesList, {}, vera!)).items).toEqual([preset]);
    await world.done(nodeTemplatesDelete, { id: preset.id }, ann!);
    expect((await world.refused(nodeTemplatesDelete, { id: preset.id }, ann!)).slug).toBe('workflow-template-not-found');
  });
});
