import { MarkerType, Position, type Edge, type Node } from '@xyflow/react';
import type { Connection, GraphNode, Port } from '../types.ts';
import type { Doc } from '../graph/doc.ts';
import type { Direction } from '../graph/layout.ts';
import { hangs } from '../graph/lines.ts';
import type { Types } from '../state/types-of.ts';

interface NodeData {
  node: GraphNode;
  direction: Direction;
  [more: string]: unknown;
}
export type FlowNode = Node<NodeData, 'step' | 'note'>;
export type Places = ReadonlyMap<string, { x: number; y: number }>;

const HANDLE = 10;
const sides = {
  right: { target: Position.Left, source: Position.Right, hung: Position.Bottom },
  down: { target: Position.Top, source: Position.Bottom, hung: Position.Right },
} as const;
export const sideOf = (direction: Direction, type: 'source' | 'target', port: Port): Position => sides[direction][hangs(port) ? 'hung' : type];
/** Ports that share an edge: those of the flow, and those from which tools and memories hang. */
export const edgesOf = (ports: readonly Port[]): (readonly Port[])[] => [ports.filter((port) => !hangs(port)), ports.filter(hangs)];
/** Share of the edge at which a port sits. */
export const shareOf = (at: number, count: number): number => (at + 1) / (count + 1);

/** Where ports are, told beforehand: nodes that are not on screen are not measured, and lines lead to them all the same. */
function handlesOf(ports: readonly Port[], type: 'source' | 'target', direction: Direction, { width, height }: { width: number; height: number }) {
  return edgesOf(ports).flatMap((edge) =>
    edge.map((port, i) => {
      const position = sideOf(direction, type, port);
      const upright = position === Position.Left || position === Position.Right;
      const along = (upright ? height : width) * shareOf(i, edge.length) - HANDLE / 2;
      const off = (position === Position.Right ? width : position === Position.Bottom ? height : 0) - HANDLE / 2;
      return { id: port.name, type, position, width: HANDLE, height: HANDLE, ...(upright ? { x: off, y: along } : { x: along, y: off }) };
    }),
  );
}

/** Where it stands, as an offset: a transform of its own for each of hundreds of nodes would cost most of each frame. */
const at = ({ x, y }: { x: number; y: number }) => ({ position: { x, y }, style: { left: x, top: y, transform: 'none' } });

const made = (node: GraphNode, types: Types, direction: Direction, place: { x: number; y: number }, selected: boolean): FlowNode => {
  const size = types.size(node);
  const { inputs, outputs } = types.ports(node);
  const note = node.type === 'note';
  return {
    id: node.id,
    type: note ? 'note' : 'step',
    ...at(place),
    data: { node, direction },
    ...size,
    measured: size,
    handles: note ? [] : [...handlesOf(inputs, 'target', direction, size), ...handlesOf(outputs, 'source', direction, size)],
    selected,
    zIndex: note ? -1 : 0,
    ariaLabel: node.name || node.key,
    domAttributes: { 'aria-roledescription': types.of(node.type)?.label ?? node.type },
  };
};

export const placeOf = ({ layout }: GraphNode) => ({ x: layout?.x ?? 0, y: layout?.y ?? 0 });
const isAt = (flow: FlowNode, { x, y }: { x: number; y: number }, selected: boolean): boolean =>
  flow.selected === selected && flow.position.x === x && flow.position.y === y;

/** Draws a graph node by node, and draws again only what changed: five hundred of them are dragged and zoomed. */
export function createNodeDrawer(types: Types) {
  const drawn = new Map<string, { node: GraphNode; direction: Direction; flow: FlowNode }>();
  return (doc: Doc, direction: Direction, selection: ReadonlySet<string>, dragged: Places | null): FlowNode[] => {
    for (const id of drawn.keys()) if (!doc.nodes[id]) drawn.delete(id);
    return Object.values(doc.nodes).map((node) => {
      const there = drawn.get(node.id);
      const selected = selection.has(node.id);
      const place = dragged?.get(node.id) ?? placeOf(node);
      const same = there?.node === node && there.direction === direction;
      if (same && isAt(there.flow, place, selected)) return there.flow;
      const flow = same ? { ...there.flow, selected, ...at(place) } : made(node, types, direction, place, selected);
      drawn.set(node.id, { node, direction, flow });
      return flow;
    });
  };
}

const edgeOf = (line: Connection, selected: boolean): Edge => ({
  id: line.id,
  source: line.source,
  sourceHandle: line.sourcePort,
  target: line.target,
  targetHandle: line.targetPort,
  selected,
  type: 'line',
  zIndex: selected ? 1 : 0,
  markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, color: selected ? 'var(--accent)' : 'var(--line-control)' },
  ...(line.kind === 'flow' ? {} : { style: { strokeDasharray: '5 4' } }),
});

export function createLineDrawer() {
  const drawn = new Map<Connection, Edge>();
  return (doc: Doc, chosen: ReadonlySet<string>): Edge[] => {
    const lines = Object.values(doc.connections);
    const there = new Set(lines);
    for (const line of drawn.keys()) if (!there.has(line)) drawn.delete(line);
    return lines
      .filter(({ source, target }) => doc.nodes[source] && doc.nodes[target])
      .map((line) => {
        const found = drawn.get(line);
        if (found && found.selected === chosen.has(line.id)) return found;
        const edge = edgeOf(line, chosen.has(line.id));
        drawn.set(line, edge);
        return edge;
      });
  };
}
