import type { Overlay } from '#features/workflow-graph/flow.ts';
import type { Connection, Graph, GraphNode, Mark } from '#features/workflow-graph/types.ts';
import type { Json, PlanChange, PlanField } from '#lib/types.ts';

const text = (value: unknown): string => JSON.stringify(value ?? null);
/** Where a node stands is no difference. */
const PLAIN = ['key', 'name', 'type', 'typeVersion', 'description', 'notes'] as const;

/** Differences of two objects, field by field. */
function fieldsOf(base: string, before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): PlanField[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => text(before[name]) !== text(after[name]))
    .map((name) => ({
      path: base ? `${base}.${name}` : name,
      ...(name in before ? { before: before[name] as Json } : {}),
      ...(name in after ? { after: after[name] as Json } : {}),
    }));
}

const plain = (node: GraphNode): Record<string, unknown> =>
  Object.fromEntries(PLAIN.filter((name) => node[name] !== undefined).map((name) => [name, node[name]]));

function nodeFields(before: GraphNode | undefined, after: GraphNode | undefined): PlanField[] {
  return [
    ...fieldsOf('', before ? plain(before) : {}, after ? plain(after) : {}),
    ...fieldsOf('config', before?.config ?? {}, after?.config ?? {}),
    ...fieldsOf('settings', before?.settings ?? {}, after?.settings ?? {}),
  ];
}

const wayOf = ({ source, sourcePort, target, targetPort }: Connection): string =>
  `${source} ${sourcePort ?? 'main'} ${target} ${targetPort ?? 'main'}`;

export interface GraphDiff {
  /** Both graphs in one: what is gone is still there, and marked. */
  graph: Graph;
  overlay: Overlay;
  changes: PlanChange[];
  /** How many connections came or went. */
  joins: { added: number; removed: number };
}

/** What two graphs differ in, as a picture and as fields. Nodes are the same by id, connections by where they lead. */
export function diffOf(before: Graph, after: Graph): GraphDiff {
  const [old, now] = [new Map(before.nodes.map((node) => [node.id, node])), new Map(after.nodes.map((node) => [node.id, node]))];
  const nodes = [...after.nodes, ...before.nodes.filter(({ id }) => !now.has(id))];
  const marks = new Map<string, Mark>();
  const changes: PlanChange[] = [];
  for (const node of nodes) {
    const fields = nodeFields(old.get(node.id), now.get(node.id));
    if (fields.length === 0) continue;
    const mark: Mark = !old.has(node.id) ? 'added' : !now.has(node.id) ? 'removed' : 'changed';
    marks.set(node.id, mark);
    const action = ({ added: 'create', removed: 'delete', changed: 'update' } as const)[mark];
    changes.push({ action, type: node.type, id: node.id, name: node.name || node.key, fields });
  }
  const [oldWays, newWays] = [new Set(before.connections.map(wayOf)), new Set(after.connections.map(wayOf))];
  const gone = before.connections.filter((one) => !newWays.has(wayOf(one)));
  const joins = new Map<string, Mark>([
    ...after.connections.filter((one) => !oldWays.has(wayOf(one))).map(({ id }): [string, Mark] => [id, 'added']),
    ...gone.map(({ id }): [string, Mark] => [`gone ${id}`, 'removed']),
  ]);
  const connections = [...after.connections, ...gone.map((one) => ({ ...one, id: `gone ${one.id}` }))];
  return {
    graph: { nodes, connections },
    overlay: { marks, joins },
    changes,
    joins: { added: joins.size - gone.length, removed: gone.length },
  };
}
