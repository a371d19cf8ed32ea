import type { Graph, GraphNode, Layout } from '../graph.ts';
import { arranged } from '../model/arranging.ts';

const [COLUMN, ROW, WIDTH, HEIGHT] = [260, 140, 200, 100];

const overlap = (a: Layout, b: Layout): boolean => Math.abs(a.x - b.x) < WIDTH && Math.abs(a.y - b.y) < HEIGHT;

/** The graph with a place for each node: a whole new one from left to right; what is added to one stands behind where it is led to from. */
export function placed(graph: Graph): Graph {
  if (graph.nodes.every(({ layout }) => layout === undefined)) return arranged(graph);
  const places = new Map(graph.nodes.flatMap(({ id, layout }) => (layout ? [[id, layout] as const] : [])));
  const free = (wanted: Layout): Layout => {
    let place = wanted;
    while ([...places.values()].some((other) => overlap(place, other))) place = { ...place, y: place.y + ROW };
    return place;
  };
  const next = ({ id }: GraphNode): Layout => {
    const before = graph.connections.flatMap(({ source, target }) => (target === id ? (places.get(source) ?? []) : []));
    const [first] = before;
    return first ? { x: Math.max(...before.map(({ x }) => x)) + COLUMN, y: first.y } : { x: 0, y: Math.max(...[...places.values()].map(({ y }) => y)) + ROW };
  };
  // Those that come first are placed first: as many rounds as there are nodes settle every order.
  let open = graph.nodes.filter(({ id }) => !places.has(id));
  while (open.length > 0) {
    const ready = open.filter(({ id }) => graph.connections.every(({ source, target }) => target !== id || !open.some((one) => one.id === source)));
    for (const node of ready.length > 0 ? ready : open.slice(0, 1)) places.set(node.id, free(next(node)));
    open = open.filter(({ id }) => !places.has(id));
  }
  return { ...graph, nodes: graph.nodes.map((node) => (node.layout ? node : { ...node, layout: places.get(node.id)! })) };
} // prettier-ignore
