import { Position, type Edge } from '@xyflow/react';
import type { FlowNode } from '../canvas/flow.ts';
import type { Ends } from '../canvas/path.ts';

export interface Point {
  x: number;
  y: number;
}
export interface Box extends Point {
  width: number;
  height: number;
}

/** What a node takes of the graph. */
export const boxOf = ({ position: { x, y }, width = 0, height = 0 }: FlowNode): Box => ({ x, y, width, height });
export const meets = (a: Box, b: Box): boolean => a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

/** The nodes that an area touches. */
export const within = (nodes: readonly FlowNode[], area: Box): string[] => nodes.filter((node) => meets(boxOf(node), area)).map(({ id }) => id);

/** The node at a point of the graph: steps lie on notes, and later ones on earlier ones. */
export function nodeAt(nodes: readonly FlowNode[], { x, y }: Point): string | null {
  const there = nodes.filter((node) => meets(boxOf(node), { x, y, width: 0, height: 0 }));
  return (there.findLast(({ type }) => type !== 'note') ?? there.at(-1))?.id ?? null;
}

const OUTWARD: Readonly<Record<Position, Point>> = {
  [Position.Left]: { x: 0, y: 0.5 },
  [Position.Right]: { x: 1, y: 0.5 },
  [Position.Top]: { x: 0.5, y: 0 },
  [Position.Bottom]: { x: 0.5, y: 1 },
};
/** Where lines meet a port: in the middle of its outward side. */
function portAt(node: FlowNode, type: 'source' | 'target', name: string | null | undefined) {
  const port = node.handles?.find((handle) => handle.type === type && handle.id === name);
  if (!port) return null;
  const share = OUTWARD[port.position];
  return {
    x: node.position.x + port.x + share.x * (port.width ?? 0),
    y: node.position.y + port.y + share.y * (port.height ?? 0),
    side: port.position,
  };
}

/** Where a line runs; none where one of its ports is no more. */
export function endsOf({ sourceHandle, targetHandle }: Edge, source: FlowNode | undefined, target: FlowNode | undefined): Ends | null {
  const from = source && portAt(source, 'source', sourceHandle);
  const to = target && portAt(target, 'target', targetHandle);
  if (!from || !to) return null;
  return {
    sourceX: from.x,
    sourceY: from.y,
    sourcePosition: from.side,
    targetX: to.x,
    targetY: to.y,
    targetPosition: to.side,
    targetHandleId: targetHandle,
  };
}
