import type { Connection, Graph, GraphNode } from '../graph.ts';

const COLUMN = 260;
const ROW = 140;

/** How many steps lie before each node at most; the way back of a loop is no step. */
function depths({ nodes, connections }: Graph): Map<string, number> {
  const found = new Map(nodes.map(({ id }) => [id, 0]));
  const forward = connections.filter(({ targetPort }: Connection) => targetPort !== 'next');
  // As many rounds as there are nodes settle every acyclic graph, and end with every other.
  for (let round = 0; round < nodes.length; round += 1) {
    let moved = false;
    for (const { source, target } of forward) {
      const depth = Math.min((found.get(source) ?? 0) + 1, nodes.length);
      if (depth > (found.get(target) ?? 0)) [moved] = [true, found.set(target, depth)];
    }
    if (!moved) break;
  }
  return found;
}

/** The graph with a place for each node: from left to right, one column per step. Nodes that have a place keep it. */
export function arranged(graph: Graph): Graph {
  const depth = depths(graph);
  const used = new Map<number, number>();
  const place = (node: GraphNode): GraphNode => {
    if (node.layout) return node;
    const column = depth.get(node.id) ?? 0;
    const row = used.get(column) ?? 0;
    used.set(column, row + 1);
    return { ...node, layout: { x: column * COLUMN, y: row * ROW } };
  };
  return { ...graph, nodes: graph.nodes.map(place) };
}
