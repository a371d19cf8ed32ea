import type { Edge } from '@xyflow/react';
import { words } from '#lib/formats.ts';
import type { FlowNode } from './flow-node.tsx';
import { placesOf, type Place } from './layout.ts';
import { fixedPorts, usedPorts } from './ports.ts';
import type { Connection, Effect, Graph, GraphNode, Mark, NodeState, NodeTypeInfo, Port } from './types.ts';

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
function summaryOf({ config }: GraphNode): string | undefined {
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
    'goal',
    'prompt',
    'mode',
  ]) {
    const value = config[name];
    if (typeof value === 'string' && value !== '') return value.slice(0, 80);
  }
  return undefined;
}

const MARK_COLOURS: Readonly<Record<Mark, string>> = { added: 'var(--good)', removed: 'var(--bad)', changed: 'var(--warn)' };

/** Ports of one node: those of its type, and those that connections use. What goes wrong leaves by a port that is shown only where it leads somewhere. */
function portsAt({ id, type }: GraphNode, { connections }: Graph, info: NodeTypeInfo | undefined): { inputs: Port[]; outputs: Port[] } {
  if (type === 'note') return { inputs: [], outputs: [] };
  const into = connections.filter(({ target }) => target === id).map(({ targetPort = 'main' }) => targetPort);
  const out = connections.filter(({ source }) => source === id).map(({ sourcePort = 'main' }) => sourcePort);
  return {
    inputs: type === 'trigger' ? [] : portsOf(info?.inputs, into),
    outputs: portsOf(info?.outputs, out).filter(({ name }) => name !== 'error' || out.includes('error')),
  };
}

/** Its marks of Markdown are no words. */
const noteOf = ({ config, notes, name }: GraphNode): string =>
  ([config['text'], config['markdown'], notes, name].find((text) => typeof text === 'string' && text !== '') as string).replaceAll(/\*\*|^#+ /gm, '');

const sizeOf = (layout: GraphNode['layout']) => ({ width: layout?.width, height: layout?.height });

function nodeOf(node: GraphNode, graph: Graph, type: NodeTypeInfo | undefined, position: Place, overlay: Overlay): FlowNode {
  const { id, key, name, layout, settings } = node;
  return {
    id,
    type: 'step',
    position,
    ariaLabel: name || key,
    // Also where nodes cannot be chosen, and React Flow would leave them without: a name needs a role.
    ariaRole: 'group',
    data: {
      name,
      nodeKey: key,
      icon: type?.icon,
      label: type?.label ?? words(node.type),
      summary: summaryOf(node),
      effect: effectOf(type?.effect),
      disabled: settings?.disabled,
      ...overlay.nodes?.get(id),
      mark: overlay.marks?.get(id),
      ...portsAt(node, graph, type),
      note: node.type === 'note' ? noteOf(node) : undefined,
      ...sizeOf(layout),
    },
  };
}

const DASHED = { strokeDasharray: '5 4' };
const strokeOf = (mark: Mark | undefined, count: number): { stroke?: string } =>
  mark ? { stroke: MARK_COLOURS[mark] } : count > 0 ? { stroke: 'var(--accent)' } : {};

function edgeOf({ id, source, sourcePort = 'main', target, targetPort = 'main', kind = 'flow' }: Connection, overlay: Overlay): Edge {
  const count = overlay.counts?.get(id) ?? 0;
  const mark = overlay.joins?.get(id);
  return {
    id,
    source,
    sourceHandle: sourcePort,
    target,
    targetHandle: targetPort,
    focusable: false,
    animated: overlay.nodes?.get(target)?.state === 'running',
    ...(count > 0 ? { label: String(count) } : {}),
    style: { ...strokeOf(mark, count), ...(mark === 'removed' || kind !== 'flow' ? DASHED : {}) },
  };
}

/** A graph as React Flow draws it, with what is known of its runs or of its differences. */
export function flowOf(graph: Graph, types: ReadonlyMap<string, NodeTypeInfo>, overlay: Overlay = {}): { nodes: FlowNode[]; edges: Edge[] } {
  const places = placesOf(graph);
  return {
    nodes: graph.nodes.map((node) => nodeOf(node, graph, types.get(node.type), places.get(node.id)!, overlay)),
    edges: graph.connections.map((connection) => edgeOf(connection, overlay)),
  };
}
