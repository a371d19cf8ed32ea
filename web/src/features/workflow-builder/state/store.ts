import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Problem } from '#lib/problem.ts';
import type { Finding, GraphNode, Json } from '../types.ts';
import type { Doc } from '../graph/doc.ts';
import { record, redo, undo, type Past, type Travelled } from '../graph/history.ts';
import type { Conflict, Settle } from '../graph/merge.ts';
import type { Types } from './types-of.ts';

/** `failed`: the server refused what was sent; the edits stay here until they can be taken. */
export type SaveState = 'saved' | 'dirty' | 'saving' | 'offline' | 'conflict' | 'failed';
/** Others' edits that overlap with ours: wait for a choice. */
interface Overlap {
  conflicts: readonly Conflict[];
  base: Doc;
  theirs: Doc;
  revision: number;
}
/** A step back or forth that would take along what somebody else did since. */
interface Doubt {
  way: 'undo' | 'redo';
  label: string;
  conflicts: readonly Conflict[];
}
/** Where the next node from the palette goes. */
export type Slot = { kind: 'free' } | { kind: 'after'; node: string; port: string } | { kind: 'line'; line: string };
/** What one run did at a node. */
export interface NodeRunView {
  status: string;
  runs: number;
  input?: Json | undefined;
  output?: Json | undefined;
  error?: Json | undefined;
  durationMs?: number | null | undefined;
}
export interface RunView {
  executionId: string | null;
  status: string;
  nodes: ReadonlyMap<string, NodeRunView>;
  logs: readonly { at: string; level: string; nodeId: string | null; message: string }[];
  error: Problem | null;
  /** Nodes within the reach of the run. */
  shown: (id: string) => boolean;
}
type Dialog = 'keys' | 'publish' | 'connect' | 'find' | 'run' | 'type' | null;
export type PanelTab = 'config' | 'input' | 'output' | 'errors' | 'notes' | 'docs';

export interface State {
  workflowId: string;
  readOnly: boolean;
  types: Types;
  past: Past;
  /** The graph as the server has it, as far as we know, and its revision. */
  base: Doc;
  revision: number;
  save: SaveState;
  problem: Problem | null;
  overlap: Overlap | null;
  doubt: Doubt | null;
  selection: ReadonlySet<string>;
  lines: ReadonlySet<string>;
  /** The node whose configuration is open. */
  open: string | null;
  tab: PanelTab;
  /** Field to bring into view, as a pointer below the node. */
  field: string | null;
  slot: Slot;
  dialog: Dialog;
  findings: readonly Finding[];
  run: RunView | null;
}
export interface Store {
  get: () => State;
  set: (change: Partial<State>) => void;
  subscribe: (listener: () => void) => () => void;
}

export function createStore(initial: State): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const Context = createContext<Store | null>(null);
export const StoreProvider = Context.Provider;
export function useStore(): Store {
  const store = useContext(Context);
  if (!store) throw new Error('useStore is used outside the builder');
  return store;
}
/** A part of the state; the selector answers the same object as long as nothing in it changed. */
export function useBuilder<T>(select: (state: State) => T): T {
  const { get, subscribe } = useStore();
  return useSyncExternalStore(subscribe, () => select(get()));
}
export const useDoc = (): Doc => useBuilder(({ past }) => past.doc);
export const useNode = (id: string): GraphNode | undefined => useBuilder(({ past }) => past.doc.nodes[id]);

const alive = (doc: Doc, { selection, lines, open }: State): Pick<State, 'selection' | 'lines' | 'open'> => ({
  selection: [...selection].every((id) => doc.nodes[id]) ? selection : new Set([...selection].filter((id) => doc.nodes[id])),
  lines: [...lines].every((id) => doc.connections[id]) ? lines : new Set([...lines].filter((id) => doc.connections[id])),
  open: open !== null && doc.nodes[open] ? open : null,
});
/** Another past, and nothing chosen that is no more. */
export const travel = (store: Store, past: Past): void => store.set({ past, ...alive(past.doc, store.get()) });

/** One step of a person: recorded, so that it can be taken back. Nothing happens to a graph that may only be read. */
export function edit(store: Store, label: string, change: (doc: Doc) => Doc | null, join: string | null = null): boolean {
  const { past, readOnly } = store.get();
  const doc = readOnly ? null : change(past.doc);
  if (!doc || doc === past.doc) return false;
  travel(store, record(past, doc, { label, join, at: Date.now() }));
  return true;
}

const ways = { undo, redo } as const;
/** A step back or forth; asks first when somebody else has changed the same since. `sure`: they were asked. */
export function go(store: Store, way: 'undo' | 'redo', sure?: Settle): void {
  const { past, readOnly } = store.get();
  if (readOnly) return;
  const travelled: Travelled = ways[way](past, sure);
  if (!travelled.step) return;
  if (travelled.conflicts.length > 0 && !sure) store.set({ doubt: { way, label: travelled.step.label, conflicts: travelled.conflicts } });
  else {
    store.set({ doubt: null });
    travel(store, travelled.past);
  }
}

export const select = (store: Store, ids: Iterable<string>): void => store.set({ selection: new Set(ids), lines: new Set() });
/** Opens the configuration of a node, and chooses it. */
export const openNode = (store: Store, id: string, tab: PanelTab = 'config', field: string | null = null): void =>
  store.set({ open: id, tab, field, selection: new Set([id]), lines: new Set() });
