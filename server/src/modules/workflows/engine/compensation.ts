import type { Graph, GraphNode, Json, WorkflowSettings } from '../graph.ts';
import type { NodeView } from '../expressions/index.ts';
import { asJson } from './faults.ts';
import type { Rec } from './walk.ts';

/** What an execution undoes: one run of a node of another execution, by the node that is attached to it for that (workflows.md 9.9). */
export interface Undoes {
  executionId: string;
  nodeId: string;
  path: string;
  /** Key of the node that undoes. */
  by: string;
}

/** The node that undoes, alone behind the one whose act it undoes: that one acts no more, and hands on what it had answered. */
export function undoingGraph({ nodes }: Graph, { nodeId, by }: Pick<Undoes, 'nodeId' | 'by'>): Graph {
  const undone = nodes.find(({ id }) => id === nodeId);
  const undoing = nodes.find(({ key }) => key === by);
  if (!undone || !undoing) throw new Error('what is to be undone, or what undoes it, is not in the graph');
  const { settings: _, ...rest } = undone;
  const stands: GraphNode = { ...rest, type: 'trigger', typeVersion: 1, config: { mode: 'manual' } };
  return { nodes: [stands, undoing], connections: [{ id: undone.id, kind: 'flow', source: undone.id, sourcePort: 'main', target: undoing.id, targetPort: 'main' }] };
} // prettier-ignore

/** It is not undone itself, starts nothing else, and waits for no turn of its own. */
export function undoingSettings({ concurrencyKey: _key, errorWorkflowId: _error, retry: _retry, ...settings }: WorkflowSettings): WorkflowSettings {
  return { ...settings, failureMode: 'fail_fast', onLimit: 'queue', rollbackOnFailure: 'none', durability: 'full', notify: { onFailure: false, onRecovery: false, onSuccess: false } };
} // prettier-ignore

/** In the same iteration, or around it. */
const isAround = (path: string, place: string): boolean => path === '' || place === path || place.startsWith(`${path}.`);

const viewOf = ({ status, output, error, startedAt, endedAt }: Rec): NodeView => ({
  status,
  ...(output === undefined ? {} : { output }),
  ...(error ? { error: asJson(error) } : {}),
  ...(startedAt ? { startedAt: startedAt.toISOString() } : {}),
  ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
});

/** What had been answered at the place of what is undone, and what expressions see of the nodes around it. */
export function seenBefore(records: Iterable<Rec>, { nodeId, path }: Pick<Undoes, 'nodeId' | 'path'>): { answered: Json; views: Record<string, NodeView> } {
  const around = [...records].filter((rec) => rec.calledBy === undefined && isAround(rec.path, path));
  const views = Object.fromEntries(around.toSorted((a, b) => a.path.length - b.path.length).map((rec) => [rec.key, viewOf(rec)]));
  return { answered: around.find((rec) => rec.nodeId === nodeId && rec.path === path)?.output ?? null, views };
} // prettier-ignore
