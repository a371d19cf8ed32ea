import type { Connection, Graph, GraphNode } from './types.ts';

export interface Place {
  x: number;
  y: number;
}
/** Room of a body and what is around it, in the graph's own units. */
const COLUMN = 288;
const ROW = 120;

/** Column of each node: as far right as its longest way from a beginning; ways back are passed over. */
function columnsOf(nodes: readonly GraphNode[], connections: readonly Connection[]): Map<string, number> {
  const next = Map.groupBy(connections, ({ source }) => source);
  const column = new Map(nodes.map(({ id }) => [id, 0]));
  const onWay = new Set<string>();
  const seen = new Set<string>();
  const order: string[] = [];
  const back = new Set<Connection>();
  const walk = (id: string): void => {
    seen.add(id);
    onWay.add(id);
    for (const connection of next.get(id) ?? []) {
      if (onWay.has(connection.target)) back.add(connection);
      else if (!seen.has(connection.target)) walk(connection.target);
    }
    onWay.delete(id);
    order.unshift(id);
  };
  const reached = new Set(connections.map(({ target }) => target));
  for (const { id } of [...nodes.filter((node) => !reached.has(node.id)), ...nodes]) if (!seen.has(id)) walk(id);
  for (const id of order)
    for (const connection of next.get(id) ?? [])
      if (!back.has(connection)) column.set(connection.target, Math.max(column.get(connection.target) ?? 0, (column.get(id) ?? 0) + 1));
  return column;
}

/** Where each node is drawn: where it was put, or in columns by order for those that nobody has put anywhere. */
export function placesOf({ nodes, connections }: Graph): Map<string, Place> {
  const places = new Map(nodes.flatMap(({ id, layout }) => (layout ? [[id, { x: layout.x, y: layout.y }] as const] : [])));
  const loose = nodes.filter(({ id }) => !places.has(id));
  if (loose.length === 0) return places;
  const below = places.size === 0 ? 0 : Math.max(...[...places.values()].map(({ y }) => y)) + ROW;
  const columns = columnsOf(nodes, connections);
  const filled = new Map<number, number>();
  for (const { id } of loose) {
    const column = columns.get(id) ?? 0;
    const row = filled.get(column) ?? 0;
    filled.set(column, row + 1);
    places.set(id, { x: column * COLUMN, y: below + row * ROW });
  }
  return places;
}
