import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '#test/world.ts';
import { executionsGet } from '../executions/operations/executions.get.ts';
import { workflowsExecute } from '../executions/operations/workflows.execute.ts';
import { withNewIds } from '../model/copies.ts';
import { workflowsCreate } from '../operations/workflows.create.ts';
import { workflowsExport } from '../operations/workflows.export.ts';
import { workflowsGet } from '../operations/workflows.get.ts';
import { workflowsImport } from '../operations/workflows.import.ts';
import { workflowsPublish } from '../operations/workflows.publish.ts';
import { workflowTemplatesUse } from '../operations/workflowTemplates.use.ts';
import { smallGraph, workflowWorld, type WorkflowWorld } from '../testing.ts';
import { n8nRoot, redRoot, translated } from './expressions.ts';
import { fromNodeRed } from './node-red.ts';

let world: WorkflowWorld;
let [ann, bea]: Person[] = [];
beforeAll(async () => {
  world = await workflowWorld();
  ann = world.as({ name: 'ann' });
  bea = world.as({ name: 'bea', tenant: 'b' });
});
afterAll(() => world.close());

const file = async (id: string, person: Person, format = 'yaml') => (await world.done(workflowsExport, { id, format }, person)).content;

/** Workflow A of the bench as n8n writes it: webhook, if, set, respond. */
const BENCH_A = {
  name: 'Bench A',
  nodes: [
    { id: '1', name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0], parameters: { path: 'bench-a', httpMethod: 'POST', responseMode: 'responseNode' } },
    { id: '2', name: 'If', type: 'n8n-nodes-base.if', typeVersion: 2, position: [220, 0], parameters: { conditions: { options: { caseSensitive: true }, combinator: 'and', conditions: [{ leftValue: '={{ $json.body.n }}', rightValue: 10, operator: { type: 'number', operation: 'gt' } }] } } },
    { id: '3', name: 'Set', type: 'n8n-nodes-base.set', typeVersion: 3.4, position: [440, 0], parameters: { assignments: { assignments: [{ id: 'a', name: 'double', value: '={{ $json.body.n * 2 }}', type: 'number' }, { id: 'b', name: 'text', value: '=n is {{ $json.body.n }}', type: 'string' }] }, options: {} } },
    { id: '4', name: 'Respond to Webhook', type: 'n8n-nodes-base.respondToWebhook', typeVersion: 1.1, position: [660, 0], parameters: { respondWith: 'firstIncomingItem', options: {} } },
    { id: '5', name: 'Small', type: 'n8n-nodes-base.respondToWebhook', typeVersion: 1.1, position: [660, 200], parameters: { respondWith: 'json', responseBody: '{"small":true}', options: { responseCode: 200 } } },
    { id: '6', name: 'Magic', type: 'n8n-nodes-base.airtable', typeVersion: 1, position: [900, 0], parameters: { table: 'x' } },
  ],
  connections: {
    Webhook: { main: [[{ node: 'If', type: 'main', index: 0 }]] },
    If: { main: [[{ node: 'Set', type: 'main', index: 0 }], [{ node: 'Small', type: 'main', index: 0 }]] },
    Set: { main: [[{ node: 'Respond to Webhook', type: 'main', index: 0 }]] },
  },
}; // prettier-ignore

describe('files', () => {
  test('workflows 16: Export, import in another tenant, export again: byte-identical files; missing secrets are listed', async () => {
    const { workflow } = await world.done(workflowTemplatesUse, { id: 'alert-intake', tags: ['a', 'b=c'], folder: 'Alerts' }, ann!);
    for (const id of [
      workflow.id,
      (
        await world.done(
          workflowsCreate,
          { name: 'Plain: yes', description: 'One\nTwo', graph: smallGraph('{{ input.x }}'), settings: { maxConcurrent: 3 } },
          ann!,
        )
      ).id,
    ])
      for (const format of ['yaml', 'json']) {
        const first = await file(id, ann!, format);
        const there = await world.done(workflowsImport, { content: first }, bea!);
        expect(await file(there.workflow.id, bea!, format)).toBe(first);
        expect(there.missing.secrets).toEqual(id === workflow.id ? ['ALERT_SIGNING_KEY'] : []);
        expect(first).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
      }
  });

  test('another workflow is named by its slug, and found by it where there is one', async () => {
    const callee = await world.done(workflowsCreate, { name: 'Shared part' }, ann!);
    const graph = smallGraph();
    graph.nodes[1] = { ...graph.nodes[1]!, type: 'sub_workflow', config: { workflow: callee.id } };
    const { id } = await world.done(workflowsCreate, { name: 'Caller', graph }, ann!);
    const content = await file(id, ann!);
    expect(content).toContain('workflow:shared-part');
    const back = await world.done(workflowsImport, { content }, ann!);
    expect(back.workflow.draft.nodes[1]!.config).toEqual({ workflow: callee.id });
  });

  test('into a workflow that there is the draft is replaced, nodes keep their ids by their keys, and a dry run makes nothing', async () => {
    const before = await world.done(workflowsCreate, { name: 'Pushed', graph: smallGraph('one') }, ann!);
    const content = (await file(before.id, ann!)).replace('value: one', 'value: two');
    const planned = await world.call(workflowsImport, { id: before.id, content }, ann!, { dryRun: true });
    expect(planned).toMatchObject({ status: 'planned', plan: { facts: { valid: true } } });
    expect((await world.done(workflowsGet, { id: before.id }, ann!)).revision).toBe(1);
    const { workflow } = await world.done(workflowsImport, { id: before.id, content }, ann!);
    expect(workflow).toMatchObject({ id: before.id, revision: 2 });
    expect(workflow.draft.nodes.map(({ id }) => id)).toEqual(before.draft.nodes.map(({ id }) => id));
    expect(workflow.draft.nodes[1]!.config).toMatchObject({ fields: [{ name: 'greeting', value: 'two' }] });
  });

  test('workflows 17: Importing the n8n form of workflow A of the peer bench yields a valid graph that gives the same answers', async () => {
    const { workflow, report, findings, format } = await world.done(workflowsImport, { content: JSON.stringify(BENCH_A) }, ann!);
    expect(format).toBe('n8n');
    expect(report.map(({ node, outcome }) => [node, outcome])).toEqual([
      ['Webhook', 'converted'], ['If', 'converted'], ['Set', 'converted'], ['Respond to Webhook', 'converted'], ['Small', 'converted'], ['Magic', 'notConverted'],
    ]); // prettier-ignore
    // A webhook that nobody signs does not run as whoever calls: what is left to say is whose rights it has.
    expect(findings.filter(({ severity, rule }) => severity === 'error' && rule !== 'V42')).toEqual([]);
    const graph = withNewIds(workflow.draft);
    // Started by hand with what the webhook would hand on, so that its answers can be seen without an address.
    graph.nodes[0]!.config = { mode: 'manual' };
    const { id } = await world.done(workflowsCreate, { name: 'Bench A by hand', graph }, ann!);
    await world.done(workflowsPublish, { id }, ann!);
    const answer = async (n: number) => {
      const { execution } = await world.done(workflowsExecute, { id, inputs: { body: { n } } }, ann!);
      for (;;) {
        const { endedAt, outputs } = await world.done(executionsGet, { id: execution.id, include: ['payloads'] }, ann!);
        if (endedAt !== null) return JSON.stringify(outputs);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    expect(await answer(21)).toContain('"double":42');
    expect(await answer(21)).toContain('"text":"n is 21"');
    expect(await answer(4)).toContain('"small":true');
  });

  test('flows of Node-RED are read, and what has no counterpart becomes a note that carries it', () => {
    const { nodes, links, report } = fromNodeRed([
      { id: 't', type: 'tab', label: 'Flow' },
      { id: 'a', type: 'http in', name: '', url: '/in', method: 'post', wires: [['b']], x: 100, y: 40 },
      { id: 'b', type: 'switch', name: 'Large?', property: 'payload.n', propertyType: 'msg', rules: [{ t: 'gt', v: '3', vt: 'num' }, { t: 'else' }], wires: [['c'], ['d']] },
      { id: 'c', type: 'change', name: 'Set', rules: [{ t: 'set', p: 'payload.large', to: 'true', tot: 'bool' }], wires: [['e']] },
      { id: 'd', type: 'mqtt out', name: 'Publish', topic: 'x', wires: [] },
      { id: 'e', type: 'http response', name: '', statusCode: '', wires: [] },
    ]); // prettier-ignore
    expect(nodes.map(({ type }) => type)).toEqual(['trigger', 'switch', 'transform', 'note', 'respond']);
    expect(nodes[1]!.config).toMatchObject({ cases: [{ name: 'case1', when: 'input.n > 3' }] });
    expect(links).toEqual(['http_in -> large', 'large:case1 -> set', 'set -> http_response']);
    expect(report.map(({ outcome }) => outcome)).toEqual(['converted', 'converted', 'converted', 'notConverted', 'converted']);
    expect(JSON.stringify(nodes[3]!.config)).toContain('mqtt out');
  });

  test('what is no workflow is refused with the line or the field', async () => {
    const refused = async (content: string) => world.refused(workflowsImport, { content }, ann!);
    expect((await refused('switchyard: workflow/1\nname: [x')).message).toMatch(/line 2/);
    expect((await refused('switchyard: workflow/1\nname: x\nnodes: [{ key: A, type: note, name: A }]')).extras.errors).toMatchObject([
      { pointer: '/nodes/0/key' },
    ]);
    expect((await refused('switchyard: workflow/1\nname: x\nnodes: []\nconnections: ["a -> b"]')).slug).toBe('import-invalid');
    const bomb = `a: &a [x,x]\n${Array.from({ length: 30 }, (_, at) => `${String.fromCharCode(98 + (at % 20))}${at}: &n${at} [*${at === 0 ? 'a' : `n${at - 1}`},*${at === 0 ? 'a' : `n${at - 1}`}]`).join('\n')}`;
    expect((await refused(bomb)).slug).toBe('import-invalid');
    // What other programs write is looked at like everything that is sent.
    const foreign = (position: string) => `nodes: [{ name: a, type: n8n-nodes-base.constructor, position: [${position}] }]\nconnections: {}`;
    expect((await refused(foreign('.nan, 0'))).extras.errors).toMatchObject([{ pointer: '/nodes/0/layout/x' }]);
    const { report } = await world.done(workflowsImport, { content: foreign('1, 2') }, ann!);
    expect(report).toMatchObject([{ kind: 'n8n-nodes-base.constructor', outcome: 'notConverted' }]);
  });
});

test('plain paths and sums of other programs are translated, and nothing else', () => {
  const key = (name: string) => (name === 'My Node' ? 'my_node' : undefined);
  const cases: [string, string | undefined][] = [
    ['$json.body.a + 1', 'input.body.a + 1'],
    ['$json["a b"] === \'x\' && !$json.c', 'input["a b"] == \'x\' && !input.c'],
    ['$node["My Node"].json.x * -2', 'nodes.my_node.output.x * -2'],
    ["$('My Node').item.json.x ? 1 : 0", 'nodes.my_node.output.x ? 1 : 0'],
    ['$json.items.map(i => i.x)', undefined],
    ['$json.name.toUpperCase()', undefined],
    ["$('Nobody').item.json.x", undefined],
    ['process.exit()', undefined],
  ];
  for (const [source, cel] of cases) expect([source, translated(source, n8nRoot(key))]).toEqual([source, cel]);
  expect(translated('msg.payload.n >= 3', redRoot)).toBe('input.n >= 3');
});
