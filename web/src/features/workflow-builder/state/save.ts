import { toProblem, type Problem } from '#lib/problem.ts';
import type { Edit, Graph } from '../types.ts';
import { applyEdit, docOf, editsOf, isNothing, patchOf, type Doc } from '../graph/doc.ts';
import { taken } from '../graph/history.ts';
import { merge, type Settle } from '../graph/merge.ts';
import { travel, type Store } from './store.ts';

export interface Draft {
  draft: Graph;
  revision: number;
}
export interface Remote {
  /** All of them or none; refused with 412 when the revision is not the newest. */
  send: (edits: readonly Edit[], revision: number) => Promise<{ revision: number }>;
  load: () => Promise<Draft>;
}
export interface Saver {
  /** Now, instead of a second after the last edit. */
  flush: () => Promise<void>;
  /** What somebody else did, with what we have not sent yet on top of it. */
  receive: (draft: Draft) => void;
  /** How the overlaps that were asked about are settled. */
  settle: (choice: Settle) => void;
  stop: () => void;
}

/** Milliseconds of quiet before edits are sent. */
const QUIET_MS = 1_000;
/** In one call. */
const MOST_EDITS = 1_000;
const AGAIN_MS = [1_000, 2_000, 5_000, 10_000];

const isAway = ({ status }: Problem): boolean => status === 0 || status === 502 || status === 503 || status === 504;
export const isDirty = ({ base, past }: { base: Doc; past: { doc: Doc } }): boolean => base !== past.doc && !isNothing(patchOf(base, past.doc));

/** Ours on top of theirs; asks when both changed one field, unless it is said how to settle that. */
function rebase(store: Store, theirs: Doc, revision: number, settle?: Settle): void {
  const { base, past } = store.get();
  const { doc, conflicts } = merge(base, past.doc, theirs, settle);
  if (conflicts.length > 0 && !settle) {
    store.set({ save: 'conflict', overlap: { conflicts, base, theirs, revision } });
    return;
  }
  store.set({ base: theirs, revision, overlap: null });
  travel(store, taken(store.get().past, doc));
  store.set({ save: isDirty(store.get()) ? 'dirty' : 'saved' });
}

/** Sends what is not sent yet, as far as it fits into one call; whether there is more. */
async function sendNext(store: Store, remote: Remote): Promise<boolean> {
  const { base, past, revision } = store.get();
  const all = editsOf(patchOf(base, past.doc));
  const edits = all.slice(0, MOST_EDITS);
  if (edits.length === 0) {
    store.set({ save: 'saved', problem: null });
    return false;
  }
  store.set({ save: 'saving' });
  const answer = await remote.send(edits, revision);
  const sent = edits.length === all.length ? past.doc : edits.reduce(applyEdit, base);
  store.set({ base: sent, revision: answer.revision, problem: null });
  const more = isDirty(store.get());
  store.set({ save: more ? 'dirty' : 'saved' });
  return more;
}

/** Tells of each edit that is to be sent; while the server is away the next try comes by itself. */
function onEdit(store: Store, tell: () => void): () => void {
  let seen = store.get().past.doc;
  return store.subscribe(() => {
    const { past, readOnly, overlap, save } = store.get();
    if (past.doc === seen) return;
    seen = past.doc;
    if (readOnly || overlap || !isDirty(store.get())) return;
    if (save !== 'offline' && save !== 'saving') store.set({ save: 'dirty' });
    if (save !== 'offline') tell();
  });
}

/** Sends the edits of a draft by themselves, keeps them while the server is away, and puts others' edits beneath them. */
export function createSaver(store: Store, remote: Remote): Saver {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy: Promise<void> | null = null;
  let failures = 0;

  const later = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  };

  async function refused(problem: Problem): Promise<void> {
    if (problem.status === 412) {
      const { draft, revision } = await remote.load();
      rebase(store, docOf(draft), revision);
      if (store.get().save === 'dirty') later(0);
      return;
    }
    if (isAway(problem)) {
      store.set({ save: 'offline', problem: null });
      later(AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)]!);
      failures += 1;
    } else store.set({ save: 'failed', problem });
  }

  async function send(): Promise<void> {
    try {
      const more = await sendNext(store, remote);
      failures = 0;
      if (more) later(QUIET_MS);
    } catch (error) {
      // A second failure, of the reading that a 412 asks for, is judged like the first.
      await refused(toProblem(error)).catch((again: unknown) => refused(toProblem(again)));
    }
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (store.get().overlap || store.get().readOnly) return;
    busy ??= send().finally(() => (busy = null));
    await busy;
  }

  const unsubscribe = onEdit(store, () => later(QUIET_MS));
  const back = (): void => void (store.get().save === 'offline' && flush());
  globalThis.addEventListener?.('online', back);
  if (isDirty(store.get())) later(QUIET_MS);

  return {
    flush,
    receive({ draft, revision }) {
      // While we send, the answer tells whether somebody was faster.
      if (busy || revision <= store.get().revision) return;
      rebase(store, docOf(draft), revision);
      if (store.get().save === 'dirty') later(QUIET_MS);
    },
    settle(choice) {
      const { overlap } = store.get();
      if (!overlap) return;
      rebase(store, overlap.theirs, overlap.revision, choice);
      later(0);
    },
    stop() {
      clearTimeout(timer);
      unsubscribe();
      globalThis.removeEventListener?.('online', back);
    },
  };
}
