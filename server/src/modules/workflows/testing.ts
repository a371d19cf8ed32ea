import { policies } from '#modules/policies/index.ts';
import type { Module } from '#kernel/module.ts';
import { newId } from '#kernel/ids.ts';
import { createSafe } from '#test/safe.ts';
import type { Connection, GraphNode, Json } from './graph.ts';
import { workflows } from './index.ts';

/** A world with workflows, secrets and rules. */
export const workflowWorld = (modules: readonly Module[] = []) => createSafe({ modules: [policies, workflows, ...modules] });
export type WorkflowWorld = Awaited<ReturnType<typeof workflowWorld>>;

export const nodeOf = (key: string, type: string, config: Record<string, Json> = {}): GraphNode => ({
  id: newId(),
  key,
  type,
  typeVersion: 1,
  name: key,
  config,
});
export const link = (source: GraphNode, target: GraphNode, sourcePort = 'main', targetPort = 'main'): Connection => ({
  id: newId(), kind: 'flow', source: source.id, sourcePort, target: target.id, targetPort,
}); // prettier-ignore

/** Started by hand, and one field set. */
export function smallGraph(value: Json = 'hello') {
  const start = nodeOf('start', 'trigger', { mode: 'manual' });
  const set = nodeOf('set', 'transform', { mode: 'fields', fields: [{ name: 'greeting', value }] });
  return { nodes: [start, set], connections: [link(start, set)] };
}

/** A trigger of the mode, and the Operations called one after the other. */
export function callingGraph(trigger: Record<string, Json>, operations: readonly { operation: string; input?: Record<string, Json> }[]) {
  const nodes = [nodeOf('start', 'trigger', trigger), ...operations.map((config, at) => nodeOf(`call_${at + 1}`, 'operation', { ...config }))];
  return { nodes, connections: nodes.slice(1).map((node, at) => link(nodes[at]!, node)) };
}
