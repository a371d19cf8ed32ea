import { compileConfig } from '../../expressions/index.ts';
import type { Graph, GraphNode, NodeSettings } from '../../graph.ts';
import type { Edit } from '../../model/edits.ts';
import { byConfig } from '../../nodes/declare.ts';
import { NODE_TYPES } from '../../nodes/index.ts';
import type { Measured, Past } from '../measuring.ts';
import { effectIn } from '../saying.ts';
import type { Optimised } from '../schemas.ts';

/** What rules on a graph and what was measured of it have in common. */

export type Finding = Optimised['findings'][number];
export type Rule = (graph: Graph, past: Past) => Finding[];
type Basis = Finding['basis'];

/** From here on something is worth the trouble. */
export const [OFTEN, SLOW_MS] = [5, 200];

export const onIn = ({ nodes }: Graph): GraphNode[] => nodes.filter(({ settings, type }) => !settings?.disabled && type !== 'note');
export const ran = (label: string, value: number, unit: Basis[number]['unit']): Basis[number] => ({ label, value, unit });
export const basisOf = ({ runs, medianMs, failed }: Measured): Basis => [
  ran('runs', runs, 'runs'),
  ran('median', medianMs, 'ms'),
  ...(failed > 0 ? [ran('failed', failed, 'runs')] : []),
];
export const update = (id: string, set: Extract<Edit, { op: 'updateNode' }>['set'], reason: string) => ({
  edit: { op: 'updateNode' as const, id, set },
  reason,
  needs: [],
});
export const withSettings = ({ settings }: GraphNode, more: NodeSettings): NodeSettings => ({ ...settings, ...more });

/** What a node's expressions read; everything where they cannot be read. */
export function readsOf(node: GraphNode): { input: boolean; nodes: ReadonlySet<string> } {
  const type = NODE_TYPES.get(node.type);
  if (!type) return { input: true, nodes: new Set() };
  const written = JSON.stringify(node.config);
  try {
    // By its name: an expression may hand the whole of what came in on.
    return {
      input: /\binput\b/.test(written.replaceAll('"input":', '')) || takesInput(node),
      nodes: new Set(compileConfig(type, node.config).references.nodes),
    };
  } catch {
    return { input: true, nodes: new Set() };
  }
}

/** Types that work on what came in without naming it. */
const PASSING: ReadonlySet<string> = new Set([
  'transform',
  'filter',
  'merge',
  'loop',
  'delay',
  'conditional',
  'switch',
  'approval',
  'code',
  'respond',
  'sub_workflow',
  'security',
  'llm',
  'ai_agent',
  'planner',
  'wait_event',
]);
const takesInput = ({ type }: GraphNode): boolean => PASSING.has(type);

export const isRead = (node: GraphNode): boolean => effectIn(node) === 'read';
export const idempotent = (node: GraphNode): boolean => {
  const type = NODE_TYPES.get(node.type);
  return effectIn(node) !== 'effect' || (type?.idempotent !== undefined && byConfig(type.idempotent, node.config));
};
