import type { Connection, Graph, GraphNode } from '../graph.ts';
import { editsBetween } from '../model/difference.ts';
import type { Draft, Edit } from '../model/edits.ts';
import { referencesOf } from '../model/uses.ts';
import type { Proposal } from './schemas.ts';

/** Edits in an order in which any of them can be left out together with what needs it: what is there first, what joins it last. */
const ORDER: Readonly<Record<Edit['op'], number>> = {
  addNode: 0,
  updateNode: 1,
  moveNode: 2,
  removeNode: 3,
  disconnect: 4,
  connect: 5,
  updateSettings: 6,
};

interface Around {
  before: Graph;
  after: Graph;
  edits: readonly Edit[];
}

const nameIn = ({ before, after }: Around, id: string): string => [...after.nodes, ...before.nodes].find((node) => node.id === id)?.name ?? 'a node';

function placesOf({ edits }: Around, wanted: (edit: Edit) => boolean): number[] {
  return edits.flatMap((edit, at) => (wanted(edit) ? [at] : []));
}
const adds = (around: Around, ...ids: string[]): number[] => placesOf(around, (edit) => edit.op === 'addNode' && ids.includes(edit.node.id));

/** Nodes that a configuration reads have to be there. */
function reads(around: Around, node: Pick<GraphNode, 'type' | 'config'>): number[] {
  const keys = new Set(referencesOf(node).nodes);
  return adds(around, ...around.after.nodes.filter(({ key }) => keys.has(key)).map(({ id }) => id));
}

/** An input that was taken has to be free again. */
function freed(around: Around, { target, targetPort }: Connection): number[] {
  const old = around.before.connections.filter((one) => one.target === target && one.targetPort === targetPort);
  const ids = new Set(old.map(({ id }) => id));
  const sources = new Set(old.map(({ source }) => source));
  return placesOf(around, (edit) => (edit.op === 'disconnect' && ids.has(edit.id)) || (edit.op === 'removeNode' && sources.has(edit.id)));
}

/** A way is not cut without that which comes in its place. */
function replaced(around: Around, id: string): number[] {
  const cut = around.before.connections.find((one) => one.id === id);
  const instead = around.edits.flatMap((edit) => (edit.op === 'connect' ? [edit.connection] : []));
  const near = instead.filter((one) => (one.source === cut?.source && one.sourcePort === cut.sourcePort) || (one.target === cut?.target && one.targetPort === cut.targetPort));
  return adds(around, ...near.flatMap(({ source, target }) => [source, target]));
} // prettier-ignore

function needsOf(around: Around, edit: Edit): number[] {
  if (edit.op === 'addNode') return reads(around, edit.node);
  if (edit.op === 'updateNode')
    return reads(
      around,
      around.after.nodes.find(({ id }) => id === edit.id)!,
    );
  if (edit.op === 'disconnect') return replaced(around, edit.id);
  if (edit.op === 'connect') return [...adds(around, edit.connection.source, edit.connection.target), ...freed(around, edit.connection)];
  return [];
}

function reasonOf(around: Around, edit: Edit, why: ReadonlyMap<string, string | undefined>): string {
  const name = (id: string): string => `“${nameIn(around, id)}”`;
  const given = edit.op === 'addNode' ? why.get(edit.node.id) : 'id' in edit ? why.get(edit.id) : undefined;
  if (given !== undefined) return given;
  if (edit.op === 'connect') return `${name(edit.connection.target)} comes behind ${name(edit.connection.source)}`;
  if (edit.op === 'disconnect') {
    const cut = around.before.connections.find(({ id }) => id === edit.id);
    return cut ? `${name(cut.target)} no longer comes straight behind ${name(cut.source)}` : 'The way is no longer taken';
  }
  if (edit.op === 'addNode') return `${name(edit.node.id)} is added`;
  if (edit.op === 'removeNode') return `${name(edit.id)} is not needed any more`;
  return edit.op === 'updateSettings' ? `Settings change: ${Object.keys(edit.set).join(', ')}` : `${name(edit.id)} is changed`;
}

/** What makes one draft of the other, edit by edit, with a reason each and what it cannot do without. */
export function proposalsFor(before: Draft, after: Draft, why: ReadonlyMap<string, string | undefined>): Proposal[] {
  const all = editsBetween(before, after);
  const gone = new Set(all.flatMap((edit) => (edit.op === 'removeNode' ? [edit.id] : [])));
  const goesAlong = new Set(before.graph.connections.filter(({ source, target }) => gone.has(source) || gone.has(target)).map(({ id }) => id));
  // A node takes its connections with it; where nodes stand is nobody's business but the person's.
  const edits = all
    .filter((edit) => edit.op !== 'moveNode' && (edit.op !== 'disconnect' || !goesAlong.has(edit.id)))
    .toSorted((a, b) => ORDER[a.op] - ORDER[b.op]);
  const around: Around = { before: before.graph, after: after.graph, edits };
  return edits.map((edit, at) => ({
    edit,
    reason: reasonOf(around, edit, why),
    needs: [...new Set(needsOf(around, edit))].filter((one) => one !== at).sort((a, b) => a - b),
  }));
}
