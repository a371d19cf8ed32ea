import { describe, expect, test } from 'vitest';
import { nodeOf } from '../testing.ts';
import { operationsIn } from '../model/uses.ts';
import { drawn, factsWith, settingsWith } from '../validation/drawing.ts';
import { validateGraph } from '../validation/index.ts';
import type { Json } from '../graph.ts';

type Config = Record<string, Json>;
const called = (type: string, config: Config = {}): string[] => operationsIn({ nodes: [nodeOf('a', type, config)], connections: [] });

/** Every way of a node type to act as the principal; what is missing here nobody has to hold who publishes it. */
const CASES: readonly [type: string, config: Config, operations: readonly string[]][] = [
  ['operation', { operation: 'servers.reboot' }, ['servers.reboot']],
  ['operation', { operation: 'servers.reboot', targets: { operation: 'servers.list' } }, ['servers.list', 'servers.reboot']],
  ['operation', { targets: { items: 'input' } }, []],
  ['maintenance', { operation: 'servers.resize', targets: { operation: 'servers.list' } }, ['changes.rollback', 'servers.list', 'servers.resize']],
  ['maintenance', { action: 'reboot.rolling', operation: 'ignored.one', rollback: 'none' }, ['servers.reboot']],
  ['maintenance', { operation: 'clouds.check', rollback: 'none', healthCheck: {} }, ['clouds.check', 'servers.get']],
  ['maintenance', { operation: 'clouds.check', rollback: 'none', healthCheck: { probe: 'http' } }, ['clouds.check']],
  ['maintenance', { operation: 'clouds.check', rollback: 'none', healthCheck: { resource: 'cloud' } }, ['clouds.check', 'clouds.get']],
  ['monitoring', {}, []],
  ['monitoring', { action: 'query' }, ['servers.get']],
  ['monitoring', { action: 'wait_until', probe: 'resource', resource: 'secret' }, ['secrets.get']],
  ['monitoring', { action: 'alert.raise', probe: 'resource' }, []],
  ['monitoring', { action: 'check', probe: '{{ input.probe }}' }, ['exchange.lookingglass.protocols', 'servers.get', 'workflowMetrics.figures']],
  ['monitoring', { action: '{{ input.action }}' }, ['servers.get', 'workflowMetrics.record']],
  ['monitoring', { action: 'threshold', probe: 'metric', metric: 'x' }, ['workflowMetrics.figures']],
  ['monitoring', { action: 'query', probe: 'metric', metric: 'x' }, ['workflowMetrics.figures']],
  ['monitoring', { action: 'emit_metric', probe: 'resource' }, ['workflowMetrics.record']],
  ['monitoring', { probe: 'bgp', routeServer: 'rs1' }, ['exchange.lookingglass.protocols']],
  ['monitoring', { action: 'query', probe: 'bgp', id: 'x', routeServer: 'rs1' }, ['exchange.ports.sessions']],
  ['monitoring', { action: 'wait_until', probe: 'bgp', id: '{{ input.port }}' }, ['exchange.lookingglass.protocols', 'exchange.ports.sessions']],
  ['entity_query', {}, ['servers.list']],
  ['entity_query', { entity: 'secret', action: 'get' }, ['secrets.get']],
  ['entity_query', { entity: 'record' }, ['dns.listRecords', 'dns.listZones']],
  ['entity_query', { entity: 'constructor' }, []],
  ['knowledge_graph', { type: 'server', pattern: [{ relation: 'runs_in' }] }, ['clouds.get', 'servers.get', 'servers.list']],
  ['knowledge_graph', { type: 'server', pattern: [{ relation: 'requested_by' }] }, ['servers.get']],
  ['knowledge_graph', { type: 'server', pattern: [{ relation: 'touched', types: ['change'] }, { relation: 'requested_by' }] }, ['changes.get', 'changes.list', 'members.get', 'servers.get']],
  ['data', {}, ['dataTables.get']],
  ['data', { action: 'upsert' }, ['dataTables.rows.write']],
  ['data', { action: '{{ input.action }}' }, ['dataTables.get', 'dataTables.rows.write']],
  ['data', { source: 'postgres', action: 'query' }, []],
  ['data', { source: 'variable', action: 'get' }, ['envVars.list']],
  ['data', { source: 'resource', action: 'list', resource: 'members' }, ['members.list']],
]; // prettier-ignore

describe('what a node may call is told by its configuration', () => {
  test.each(CASES)('%s %j', (type, config, operations) => expect(called(type, config)).toEqual(operations));

  test('a kind that an expression tells may be any', () => {
    for (const [type, field] of [['entity_query', 'entity'], ['knowledge_graph', 'type'], ['data', 'resource']] as const) // prettier-ignore
      expect(called(type, { source: 'resource', action: 'list', [field]: '{{ input.kind }}' }), type).toEqual(expect.arrayContaining(['servers.list', 'secrets.list', 'members.list'])); // prettier-ignore
  });
});

describe('an Operation is named, since rights and risk of a workflow are judged by its name', () => {
  const open = '{{ input.operation }}';
  const start = { type: 'trigger', config: { mode: 'manual' } };
  const found = (type: string, config: Config) =>
    validateGraph(factsWith(), drawn({ start, a: { type, config } }, ['start > a']), settingsWith()).errors.map(({ rule }) => rule);

  test.each([
    ['operation', { operation: open }],
    ['operation', { operation: 'servers.reboot', targets: { operation: open } }],
    ['maintenance', { operation: open, targets: { items: 'input' } }],
    ['maintenance', { operation: 'servers.reboot', targets: { operation: open } }],
  ])('%s %j is refused', (type, config) => expect(found(type, config)).toContain('V21'));

  test('so is a workflow that is called as a part', () => expect(found('sub_workflow', { workflow: open })).toContain('V28'));

  test('one that is named is not', () => expect(found('operation', { operation: 'servers.reboot', input: { id: '{{ input.id }}' } })).not.toContain('V21'));
}); // prettier-ignore
