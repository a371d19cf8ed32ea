import { begin } from '../graph/history.ts';
import type { Doc } from '../graph/doc.ts';
import { TYPES } from '../graph/fixtures.ts';
import { createStore, type State, type Store } from './store.ts';

/** A builder without a page: for tests. */
export const storeOf = (doc: Doc, more: Partial<State> = {}): Store =>
  createStore({
    workflowId: 'w',
    readOnly: false,
    types: TYPES,
    past: begin(doc),
    base: doc,
    revision: 1,
    save: 'saved',
    problem: null,
    overlap: null,
    doubt: null,
    selection: new Set(),
    lines: new Set(),
    open: null,
    tab: 'config',
    field: null,
    slot: { kind: 'free' },
    dialog: null,
    findings: [],
    run: null,
    ...more,
  });
