import type { Edge } from '@xyflow/react';
import { words } from '#lib/formats.ts';
import type { FlowNode } from './flow-node.tsx';
import { placesOf } from './layout.ts';
import { fixedPorts, usedPorts } from './ports.ts';
import type { Effect, Graph, GraphNode, Mark, NodeState, NodeTypeInfo, Port } from './types.ts';

/** What is known of one node's runs. */
export interface NodeOverlay {
  state: NodeState;
  runs: number;
}
export interface Overlay {
  /** By node id. */
  nodes?: ReadonlyMap<string, NodeOverlay>;
  /** How many values went over a connection, by its id. */
  counts?: ReadonlyMap<string, number>;
  marks?: ReadonlyMap<string, Mark>;
  /** Marks of connections, by id. */
  joins?: ReadonlyMap<string, Mark>;
}

const EFFECTS = new Set(['pure', 'read', 'effect', 'wait', 'none']);
const effectOf = (value: unknown): Effect | undefined => (typeof value === 'string' && EFFECTS.has(value) ? (value as Effect) : undefined);

/** Ports that are declared, and those in use that are not. */
function portsOf(declared: unknown, used: readonly string[]): Port[] {
  const fixed = fixedPorts(declared);
  const known = new Set(fixed.map(({ name }) => name));
  const rest = used.filter((name) => !known.has(name));
  return rest.length > 0 || fixed.length === 0 ? [...fixed, ...usedPorts(rest)] : fixed;
}

/** One line of what it is set to do: the first short text of its configuration. */
export function summaryOf({ type, config }: GraphNode): string | undefined {
  for (const name of [
    'operation',
    'url',
    'expression',
    'condition',
    'expr',
    'workflow',
    'cron',
    'subject',
    'message',
    'over',
    'event',
    'kind',
    'mode',
  ]) {
    const value = config[name];
    if (typeof value === 'string' && value !== '') return value.slice(0, 80);
  }
  return type === 'trigger' ? undefined : words(type);
}

const MARK_COLOURS: Readonly<Record<Mark, string>> = { added: 'var(--good)', removed: 'var(--bad)', changed: 'var(--warn)' };

const nodeOf = (node: GraphNode, graph: Graph, type: NodeTypeInfo | undefined, position: { x: number; y: number }, overlay: Overlay): FlowNode => {
  const into = graph.connections.filter(({ target }) => target === node.id).map(({ targetPort }) => targetPort ?? 'main');
  const out = graph.connections.filter(({ source }) => source === node.id).map(({ sourcePort }) => sourcePort ?? 'main');
  const seen = overlay.nodes?.get(node.id);
  return {
    id: node.id,
    type: 'step',
    position,
    ariaLabel: node.name || node.key,
    data: {
      name: node.name,
      nodeKey: node.key,
      icon: type?.icon,
      label: type?.label ?? words(node.type),
      summary: summaryOf(node),
      effect: effectOf(type?.effect),
      disabled: node.settings?.disabled,
      state: seen?.state,
      runs: seen?.runs,
      mark: overlay.marks?.get(node.id),
      inputs: node.type === 'trigger' || node.type === 'note' ? [] : portsOf(type?.inputs, into),
      outputs: node.type === 'note' ? [] : portsOf(type?.outputs, out).filter(({ name }) => name !== 'error' || out.includes('error')),
      note: node.type === 'note' ? String(node.config['text'] ?? node.notes ?? node.name) : undefined,
      width: node.layout?.width,
      height: node.layout?.height,
    },
  };
};

/** A graph as React Flow draws it, with what is known of its runs or of its differences. */
export function flowOf(graph: Graph, types: ReadonlyMap<string, NodeTypeInfo>, overlay: Overlay = {}): { nodes: FlowNode[]; edges: Edge[] } {
  const places = placesOf(graph);
  const edges = graph.connections.map(({ id, source, sourcePort, target, targetPort, kind }): Edge => {
    const count = overlay.counts?.get(id) ?? 0;
    const mark = overlay.joins?.get(id);
    const live = overlay.nodes?.get(target)?.state === 'running';
    return {
      id,
      source,
      sourceHandle: sourcePort ?? 'main',
      target,
      targetHandle: targetPort ?? 'main',
      focusable: false,
      animated: live,
      ...(count > 0 ? { label: String(count), className: 'is-taken' } : {}),
      style: {
        ...(mark ? { stroke: MARK_COLOURS[mark] } : count > 0 ? { stroke: 'var(--accent)' } : {}),
        ...(mark === 'removed' || (kind && kind !== 'flow') ? { strokeDasharray: '5 4' } : {}),
      },
    };
  });
  return { nodes: graph.nodes.map((node) => nodeOf(node, graph, types.get(node.type), places.get(node.id)!, overlay)), edges };
}
