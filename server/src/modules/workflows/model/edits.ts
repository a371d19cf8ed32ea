import { z } from 'zod';
import { Problem, type FieldError } from '#kernel/problem.ts';
import { Connection, GraphNode, Json, Layout, NodeKey, NodeSettings, type Graph, type WorkflowSettings } from '../graph.ts';
import { bridged } from './bridge.ts';
import { mergedSettings } from './settings.ts';

/** What may be set on a node; null takes away what it may do without. */
export const NodeSet = z.strictObject({
  key: NodeKey.optional(),
  name: GraphNode.shape.name.optional(),
  description: GraphNode.shape.description.unwrap().nullable().optional(),
  config: GraphNode.shape.config.optional(),
  settings: NodeSettings.nullable().optional(),
  notes: GraphNode.shape.notes.unwrap().nullable().optional(),
  // Spelled out: the default of a new node's version must not be set by an edit that leaves it out.
  typeVersion: z.int().min(1).optional(),
  type: GraphNode.shape.type.optional(),
});
type NodeSet = z.output<typeof NodeSet>;

/** One edit of a draft (`ops` of `PATCH /workflows/{id}`). */
export const Edit = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('addNode'), node: GraphNode }),
  z.strictObject({ op: z.literal('updateNode'), id: z.uuid(), set: NodeSet }),
  z.strictObject({ op: z.literal('moveNode'), id: z.uuid(), layout: Layout }),
  z.strictObject({ op: z.literal('removeNode'), id: z.uuid(), bridge: z.boolean().optional() }),
  z.strictObject({ op: z.literal('connect'), connection: Connection }),
  z.strictObject({ op: z.literal('disconnect'), id: z.uuid() }),
  z.strictObject({ op: z.literal('updateSettings'), set: z.record(z.string(), Json) }),
]);
export type Edit = z.output<typeof Edit>;
export const Edits = z.array(Edit).min(1).max(1_000);

export interface Draft {
  graph: Graph;
  settings: WorkflowSettings;
}

interface Open {
  nodes: Map<string, GraphNode>;
  connections: Map<string, Connection>;
  settings: WorkflowSettings;
}

/** Refuses one edit; `pointer` is below it. */
class Unfit extends Error {
  readonly faults: readonly FieldError[];
  constructor(pointer: string, message: string, faults: readonly FieldError[] = [{ pointer, message }]) {
    super(message);
    this.faults = faults;
  }
}

const nodeIn = ({ nodes }: Open, id: string, pointer = '/id'): GraphNode => {
  const found = nodes.get(id);
  if (!found) throw new Unfit(pointer, `There is no node ${id} in the draft`);
  return found;
};

function withSet(node: GraphNode, set: NodeSet): GraphNode {
  const changed = Object.fromEntries(Object.entries({ ...node, ...set }).filter(([, value]) => value !== undefined && value !== null));
  return changed as GraphNode;
}

function settingsWith(settings: WorkflowSettings, set: Record<string, Json>): WorkflowSettings {
  const merged = mergedSettings(settings, set, '/set');
  if (merged.settings) return merged.settings;
  throw new Unfit('/set', merged.faults[0]!.message, merged.faults);
}

function connect(open: Open, connection: Connection): void {
  if (open.connections.has(connection.id)) throw new Unfit('/connection/id', `There is a connection ${connection.id} already`);
  nodeIn(open, connection.source, '/connection/source');
  nodeIn(open, connection.target, '/connection/target');
  open.connections.set(connection.id, connection);
}

function removeNode(open: Open, id: string, bridge: boolean): void {
  nodeIn(open, id);
  const all = [...open.connections.values()];
  const joined = bridge ? bridged(all, id) : [];
  for (const one of all) if (one.source === id || one.target === id) open.connections.delete(one.id);
  for (const one of joined) open.connections.set(one.id, one);
  open.nodes.delete(id);
}

const ACTS: { [O in Edit['op']]: (open: Open, edit: Extract<Edit, { op: O }>) => void } = {
  addNode(open, { node }) {
    if (open.nodes.has(node.id)) throw new Unfit('/node/id', `There is a node ${node.id} already`);
    open.nodes.set(node.id, node);
  },
  updateNode: (open, { id, set }) => void open.nodes.set(id, withSet(nodeIn(open, id), set)),
  moveNode: (open, { id, layout }) => void open.nodes.set(id, { ...nodeIn(open, id), layout }),
  removeNode: (open, { id, bridge = false }) => removeNode(open, id, bridge),
  connect: (open, { connection }) => connect(open, connection),
  disconnect(open, { id }) {
    if (!open.connections.delete(id)) throw new Unfit('/id', `There is no connection ${id} in the draft`);
  },
  updateSettings: (open, { set }) => void (open.settings = settingsWith(open.settings, set)),
};

const refused = (faults: readonly FieldError[]): Problem =>
  new Problem('edit-invalid', `${faults[0]!.pointer}: ${faults[0]!.message}. Nothing was changed.`, { errors: faults });

/** The draft after all edits, in their order. Throws `edit-invalid` for the first that cannot be made; the given draft stays as it is. */
export function applyEdits({ graph, settings }: Draft, edits: readonly Edit[]): Draft {
  const open: Open = {
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    connections: new Map(graph.connections.map((connection) => [connection.id, connection])),
    settings,
  };
  edits.forEach((edit, at) => {
    try {
      ACTS[edit.op](open, edit as never);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      throw refused(error.faults.map((fault) => ({ ...fault, pointer: `/ops/${at}${fault.pointer}` })));
    }
  });
  return { graph: { nodes: [...open.nodes.values()], connections: [...open.connections.values()] }, settings: open.settings };
}

/** Throws `edit-invalid` for a whole graph that names what it does not hold, or holds one id twice. */
export function requireWhole({ nodes, connections }: Graph, at = '/draft'): void {
  const ids = new Set(nodes.map(({ id }) => id));
  const faults: FieldError[] = [];
  if (ids.size < nodes.length) faults.push({ pointer: `${at}/nodes`, message: 'Two nodes have the same id' });
  if (new Set(connections.map(({ id }) => id)).size < connections.length) faults.push({ pointer: `${at}/connections`, message: 'Two connections have the same id' }); // prettier-ignore
  connections.forEach(({ source, target }, index) => {
    for (const [end, id] of Object.entries({ source, target }))
      if (!ids.has(id)) faults.push({ pointer: `${at}/connections/${index}/${end}`, message: `There is no node ${id}` });
  });
  if (faults.length > 0) throw refused(faults.slice(0, 100));
}
