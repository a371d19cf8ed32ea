import { newId } from '#kernel/ids.ts';
import { WorkflowSettings, type Graph } from '../graph.ts';

/** The same graph with ids of its own; keys stay, so expressions do too. */
export function withNewIds({ nodes, connections }: Graph): Graph {
  const ids = new Map(nodes.map(({ id }) => [id, newId()]));
  return {
    nodes: nodes.map((node) => ({ ...node, id: ids.get(node.id)! })),
    connections: connections.map((one) => ({ ...one, id: newId(), source: ids.get(one.source)!, target: ids.get(one.target)! })),
  };
}

/** What a workflow has when nothing is said: it is started by hand and does nothing. */
export const emptyGraph = (): Graph => ({
  nodes: [{ id: newId(), key: 'start', type: 'trigger', typeVersion: 1, name: 'Start', config: { mode: 'manual' }, layout: { x: 0, y: 0 } }],
  connections: [],
});

export const DEFAULT_SETTINGS: WorkflowSettings = WorkflowSettings.parse({});
