import { t } from '#lib/i18n.ts';
import type { Edit, GraphNode, Layout } from '../types.ts';
import {
  addNode,
  changeAll,
  changeNode,
  clipFrom,
  clipOf,
  clipText,
  connect,
  insertMerge,
  paste,
  toggleDisabled,
  withSettings,
  type Clip,
  type Seed,
} from '../graph/acts.ts';
import { applyEdit, removeNodes, type Doc } from '../graph/doc.ts';
import { align, autoLayout, distribute, frameAround, moveBy, within, type Direction, type Edge } from '../graph/layout.ts';
import { hangs, hungOn, takenPorts } from '../graph/lines.ts';
import type { Wanted } from '../graph/rules.ts';
import { seedOf } from './make-types.ts';
import { revealed } from '../view.ts';
import { edit, openNode, select, type Slot, type State, type Store } from './store.ts';

/** Between two nodes that follow each other. */
const STEP_X = 290;
const STEP_Y = 120;
/** Between a step and what hangs on it. */
const HANG_Y = 60;

/** The end of what is there, for a node that goes nowhere in particular. */
function behindAll({ past: { doc }, types }: State): Layout {
  const nodes = Object.values(doc.nodes).filter(({ type }) => type !== 'note');
  if (nodes.length === 0) return { x: 0, y: 0 };
  const last = nodes.reduce((a, b) => ((b.layout?.x ?? 0) > (a.layout?.x ?? 0) ? b : a));
  return { x: (last.layout?.x ?? 0) + types.size(last).width + STEP_X - 208, y: last.layout?.y ?? 0 };
}

/** Beneath what it hangs on, beside what hangs there already; null for ports of the flow. */
function placeBelow(state: State, source: GraphNode, port: string): Layout | null {
  if (!state.types.ports(source).outputs.some((one) => one.name === port && hangs(one))) return null;
  const { tool, memory } = hungOn(state.past.doc).get(source.id) ?? { tool: 0, memory: 0 };
  return { x: (source.layout?.x ?? 0) + (tool + memory) * STEP_X, y: (source.layout?.y ?? 0) + state.types.size(source).height + HANG_Y };
}

function placeFor(state: State, slot: Slot): Layout {
  const { doc } = state.past;
  if (slot.kind === 'free') return behindAll(state);
  const source = doc.nodes[slot.kind === 'after' ? slot.node : (doc.connections[slot.line]?.source ?? '')];
  if (!source) return behindAll(state);
  const below = slot.kind === 'after' ? placeBelow(state, source, slot.port) : null;
  return below ?? placeBehind(state, source, slot);
}
function placeBehind(state: State, source: GraphNode, slot: Slot): Layout {
  const outputs = state.types.ports(source).outputs;
  const at = slot.kind === 'after' ? Math.max(0, outputs.findIndex(({ name }) => name === slot.port)) : 0; // prettier-ignore
  return { x: (source.layout?.x ?? 0) + STEP_X, y: (source.layout?.y ?? 0) + at * STEP_Y };
}

/** A new node joined to what its slot says; a line is cut in two for it. */
function joined(state: State, doc: Doc, id: string, slot: Slot): Doc {
  const { types } = state;
  const input = types.ports(doc.nodes[id]!).inputs[0]?.name;
  if (input === undefined || slot.kind === 'free') return doc;
  if (slot.kind === 'after') return connect(doc, { source: slot.node, sourcePort: slot.port, target: id, targetPort: input }, types.ports) ?? doc;
  const line = doc.connections[slot.line];
  const output = types.ports(doc.nodes[id]!).outputs[0]?.name;
  if (!line || output === undefined) return doc;
  const cut = applyEdit(doc, { op: 'disconnect', id: line.id });
  const one = connect(cut, { ...line, target: id, targetPort: input }, types.ports);
  return (one && connect(one, { source: id, sourcePort: output, target: line.target, targetPort: line.targetPort }, types.ports)) ?? doc;
}

/** Adds a node where the slot, the place or the choice of the person says, and opens it. */
export function addSeed(store: Store, seed: Seed, place?: Layout): string | null {
  const state = store.get();
  const slot = seed.type === 'note' ? { kind: 'free' as const } : place && state.slot.kind === 'free' ? state.slot : slotNow(state);
  let id: string | null = null;
  edit(store, t('builder.step.add', { name: seed.name }), (doc) => {
    const made = addNode(doc, seed, place ?? placeFor(state, slot));
    ({ id } = made.node);
    return joined(state, made.doc, made.node.id, slot);
  });
  if (id === null) return null;
  store.set({ slot: { kind: 'free' } });
  openNode(store, id);
  revealed.set({ id });
  return id;
}

/** Where the next node goes when nobody said: behind the one that is chosen, at its first free port. */
function slotNow(state: State): Slot {
  const { slot, selection, lines, past, types } = state;
  if (slot.kind !== 'free') return slot;
  const [line] = lines;
  if (line !== undefined && lines.size === 1) return { kind: 'line', line };
  const [only] = selection;
  const node = only === undefined || selection.size > 1 ? undefined : past.doc.nodes[only];
  const outputs = node ? types.ports(node).outputs : [];
  const taken = takenPorts(past.doc);
  const port = outputs.find(({ name, kind = 'flow' }) => kind === 'flow' && name !== 'error' && !taken.has(`${node?.id} ${name}`)) ?? outputs[0];
  return node && port ? { kind: 'after', node: node.id, port: port.name } : slot;
}

export const join = (store: Store, wanted: Wanted): boolean =>
  edit(store, t('builder.step.connect'), (doc) => connect(doc, wanted, store.get().types.ports));
export const joinByMerge = (store: Store, wanted: Wanted): boolean =>
  edit(store, t('builder.step.merge'), (doc) => {
    const { types } = store.get();
    const type = types.of('merge');
    return type ? insertMerge(doc, wanted, seedOf(type), types.ports) : null;
  });
export const disconnect = (store: Store, id: string): boolean =>
  edit(store, t('builder.step.disconnect'), (doc) => applyEdit(doc, { op: 'disconnect', id }));

/** What is chosen, lines and nodes; the nodes before and behind are joined. */
export function removeChosen(store: Store): boolean {
  const { selection, lines } = store.get();
  return edit(store, t('builder.step.remove', { count: selection.size + lines.size }), (doc) => {
    const cut = [...lines].reduce((next, id) => applyEdit(next, { op: 'disconnect', id }), doc);
    return removeNodes(cut, [...selection], selection.size === 1);
  });
}

/** The nodes that are chosen, as text to take along; null when there are none. */
export function copied({ past, selection }: State): string | null {
  const clip = clipOf(past.doc, selection);
  return clip.nodes.length === 0 ? null : clipText(clip);
}
function pasteClip(store: Store, clip: Clip, by = { x: 40, y: 40 }): boolean {
  let made: string[] = [];
  const done = edit(store, t('builder.step.paste', { count: clip.nodes.length }), (doc) => {
    const pasted = paste(doc, clip, by);
    made = pasted.ids;
    return pasted.doc;
  });
  if (done) select(store, made);
  return done;
}
/** False when the text is not ours. */
export function pasteText(store: Store, text: string): boolean {
  const clip = clipFrom(text);
  return clip !== null && pasteClip(store, clip);
}
export const duplicate = (store: Store): boolean => {
  const clip = clipOf(store.get().past.doc, store.get().selection);
  return clip.nodes.length > 0 && pasteClip(store, clip);
};

export const switchOff = (store: Store): boolean =>
  edit(store, t('builder.step.disable'), (doc) => (store.get().selection.size > 0 ? toggleDisabled(doc, store.get().selection) : null));
/** The last output as the one of test runs from now on; taken away where there is one. */
export function pin(store: Store, id: string): boolean {
  const { run, past } = store.get();
  const pinned = past.doc.nodes[id]?.settings?.pinnedOutput;
  const output = run?.nodes.get(id)?.output;
  if (pinned === undefined && output === undefined) {
    openNode(store, id, 'output');
    return false;
  }
  return edit(store, t(pinned === undefined ? 'builder.step.pin' : 'builder.step.unpin'), (doc) =>
    changeNode(doc, id, (node) => withSettings(node, { pinnedOutput: pinned === undefined ? output : undefined })),
  );
}

export const arrange = (store: Store, direction: Direction): boolean =>
  edit(store, t('builder.step.layout'), (doc) => autoLayout(doc, store.get().selection, direction, store.get().types.size));
export const alignTo = (store: Store, edge: Edge): boolean =>
  edit(store, t('builder.step.align'), (doc) => align(doc, store.get().selection, edge, store.get().types.size));
export const spread = (store: Store, axis: 'x' | 'y'): boolean =>
  edit(store, t('builder.step.distribute'), (doc) => distribute(doc, store.get().selection, axis, store.get().types.size));
export const nudge = (store: Store, x: number, y: number): boolean =>
  edit(store, t('builder.step.move'), (doc) => (store.get().selection.size > 0 ? moveBy(doc, store.get().selection, { x, y }) : null), 'nudge');

/** A frame around what is chosen: a note that takes along what lies on it. */
export function group(store: Store): boolean {
  const { types, selection, past } = store.get();
  const type = types.of('note');
  const frame = frameAround(past.doc, selection, types.size);
  if (!type || !frame) return false;
  return edit(store, t('builder.step.group'), (doc) => {
    const { x, y, width, height } = frame;
    const made = addNode(
      doc,
      { ...seedOf(type), name: t('builder.group.name'), config: { ...type.defaults, text: t('builder.group.name') } },
      { x, y },
    );
    return changeAll(made.doc, [made.node.id], (node) => ({ ...node, layout: { x, y, width, height } }));
  });
}
/** Frames that are chosen, or that lie around what is chosen, are taken away. */
export const ungroup = (store: Store): boolean =>
  edit(store, t('builder.step.ungroup'), (doc) => {
    const { types, selection } = store.get();
    const notes = Object.values(doc.nodes).filter(({ type }) => type === 'note');
    const gone = notes.filter(
      (note) => selection.has(note.id) || [...selection].some((id) => doc.nodes[id] && within(note, doc.nodes[id], types.size)),
    );
    return gone.length > 0 ? removeNodes(doc, gone.map(({ id }) => id), false) : null; // prettier-ignore
  });

/** What a finding offers to put it right. */
export const mend = (store: Store, title: string, ops: readonly Edit[]): boolean => edit(store, title, (doc) => ops.reduce(applyEdit, doc));
