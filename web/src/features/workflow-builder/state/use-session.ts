import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Workflow } from '#features/workflows/types.ts';
import { remoteOf, validate } from '../api.ts';
import { docOf, graphOf } from '../graph/doc.ts';
import type { Graph } from '../types.ts';
import { keep, resume } from './keep.ts';
import { createSaver, isDirty, type Saver } from './save.ts';
import { revealed } from '../view.ts';
import { createStore, type State, type Store } from './store.ts';
import type { Types } from './types-of.ts';

/** Milliseconds after an edit until it is kept, and until it is checked. */
const KEEP_MS = 300;
const CHECK_MS = 150;

function begin(workflow: Workflow, types: Types): Store {
  const server = { doc: docOf(workflow.draft as unknown as Graph), revision: workflow.revision };
  const { past, base, revision, conflicts, from } = resume(workflow.id, server);
  const state: State = {
    workflowId: workflow.id,
    readOnly: !workflow.may.update || workflow.status === 'archived',
    types,
    past,
    base,
    revision,
    save: conflicts.length > 0 ? 'conflict' : 'saved',
    problem: null,
    overlap: conflicts.length > 0 ? { conflicts, base: from, theirs: server.doc, revision: server.revision } : null,
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
  };
  return createStore({ ...state, save: state.overlap === null && isDirty(state) ? 'dirty' : state.save });
}

/** Keeps every step for a reload, a little after it was made and when the page is left. */
function keepSteps(store: Store): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [kept, base] = [store.get().past, store.get().base];
  const now = () => {
    clearTimeout(timer);
    [kept, base] = [store.get().past, store.get().base];
    keep(store.get());
  };
  const stop = store.subscribe(() => {
    if (store.get().past === kept && store.get().base === base) return;
    clearTimeout(timer);
    timer = setTimeout(now, KEEP_MS);
  });
  globalThis.addEventListener('pagehide', now);
  return () => {
    stop();
    now();
    globalThis.removeEventListener('pagehide', now);
  };
}

/** Asks the server what is wrong with the graph as it stands, shortly after each edit. */
function check(store: Store): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort = new AbortController();
  let seen: unknown = null;
  const ask = () => {
    abort.abort();
    abort = new AbortController();
    validate(store.get().workflowId, graphOf(store.get().past.doc), abort.signal).then(
      (findings) => store.set({ findings }),
      // Without an answer the last one stands; whether the server is away is said elsewhere.
      () => undefined,
    );
  };
  const later = () => {
    if (store.get().past.doc === seen) return;
    seen = store.get().past.doc;
    clearTimeout(timer);
    timer = setTimeout(ask, CHECK_MS);
  };
  later();
  const stop = store.subscribe(later);
  return () => {
    stop();
    clearTimeout(timer);
    abort.abort();
  };
}

export interface Session {
  store: Store;
  saver: Saver;
}
/** One workflow under work: its graph, its steps, and what keeps both safe. */
export function useSession(workflow: Workflow, types: Types): Session | null {
  const [session, setSession] = useState<Session | null>(null);
  const client = useQueryClient();
  useEffect(() => {
    const store = begin(workflow, types);
    revealed.set(null);
    const saver = createSaver(store, remoteOf(workflow.id));
    const stops = [keepSteps(store), check(store)];
    const onLeave = (event: BeforeUnloadEvent) => {
      if (['offline', 'failed', 'conflict'].includes(store.get().save)) event.preventDefault();
    };
    globalThis.addEventListener('beforeunload', onLeave);
    setSession({ store, saver });
    return () => {
      globalThis.removeEventListener('beforeunload', onLeave);
      for (const stop of stops) stop();
      void saver.flush().finally(() => {
        saver.stop();
        void client.invalidateQueries({ queryKey: ['/workflows'] });
      });
    };
    // The workflow and the types of the first moment; what comes later is taken over below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a session lives as long as its page
  }, [workflow.id]);
  useEffect(() => session?.store.set({ types }), [session, types]);
  const { revision, draft } = workflow;
  useEffect(() => session?.saver.receive({ draft: draft as unknown as Graph, revision }), [session, revision, draft]);
  return session;
}
