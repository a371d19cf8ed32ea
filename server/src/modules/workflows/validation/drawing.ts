import type { z } from 'zod';
import { sha256 } from '#kernel/ids.ts';
import { Graph, WorkflowSettings, type GraphNode, type Json } from '../graph.ts';
import type { Facts, OperationFact } from './facts.ts';

/** Graphs in a few words, for tests. */

/** Ids hang on keys, so that findings can be told by them. */
export const idOf = (key: string): string => {
  const hex = sha256(key);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

type Part = { type: string; config?: Record<string, Json> } & Partial<Omit<GraphNode, 'type' | 'config' | 'key'>>;

/** Nodes by key, and lines such as `start > check`, `check.true > tell` or `check > join.in2`. */
export function drawn(parts: Readonly<Record<string, Part>>, lines: readonly string[]): Graph {
  const nodes = Object.entries(parts).map(([key, part]) => ({ id: idOf(key), key, name: key, config: {}, ...part }));
  const connections = lines.map((line) => {
    const [from, to] = line.split(' > ') as [string, string];
    const [source, sourcePort = 'main'] = from.split('.') as [string, string?];
    const [target, targetPort = 'main'] = to.split('.') as [string, string?];
    const kind = sourcePort === 'tools' ? 'tool' : sourcePort === 'memory' ? 'memory' : 'flow';
    return { id: idOf(line), kind, source: idOf(source), sourcePort, target: idOf(target), targetPort };
  });
  return Graph.parse({ nodes, connections });
}

const operation = (name: string, more: Partial<OperationFact> = {}): [string, OperationFact] => [
  name,
  {
    name,
    risk: 'write',
    permission: `${name.split('.')[0]}:update`,
    input: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    output: {},
    rollback: false,
    deprecated: false,
    ...more,
  },
];

export const factsWith = (more: Partial<Facts> = {}): Facts => ({
  workflowId: null,
  operations: new Map([
    operation('servers.get', { risk: 'read', permission: 'servers:read' }),
    operation('servers.reboot'),
    operation('servers.resize', { rollback: true }),
    operation('servers.freeze', { deprecated: true }),
    operation('servers.delete', { risk: 'high' }),
  ]),
  secrets: new Set(['API_KEY']),
  variables: new Set(['REGION']),
  webhookPaths: new Set(['orders']),
  workflows: [],
  limits: { nodes: 500, connections: 1_000, graphBytes: 1_048_576, triggers: 10, scheduleSeconds: 60, pinnedBytes: 5_242_880, webhooks: { used: 0, most: 200 } }, // prettier-ignore
  timezone: 'UTC',
  now: new Date('2026-01-02T03:04:05Z'),
  ...more,
});

export const settingsWith = (more: z.input<typeof WorkflowSettings> = {}): WorkflowSettings => WorkflowSettings.parse(more);
