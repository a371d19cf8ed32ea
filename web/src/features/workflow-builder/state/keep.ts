import type { Doc } from '../graph/doc.ts';
import { whose } from '#features/workflows/whose.ts';
import { begin, type Past, type Step } from '../graph/history.ts';
import { merge, type Conflict } from '../graph/merge.ts';
import type { State } from './store.ts';

/** A tab's own: what a reload must not lose. */
interface Kept {
  version: 1;
  revision: number;
  base: Doc;
  doc: Doc;
  done: readonly Step[];
  undone: readonly Step[];
}
const keyOf = (workflowId: string): string => `switchyard.builder.${whose()}.${workflowId}`;

/** Kept until the tab is closed. A browser that has no room for all steps keeps the graph and the last of them. */
export function keep({ workflowId, revision, base, past }: State, storage: Storage = sessionStorage): void {
  for (const steps of [past.done.length, 50, 10, 0]) {
    const kept: Kept = { version: 1, revision, base, doc: past.doc, done: steps === 0 ? [] : past.done.slice(-steps), undone: steps < 50 ? [] : past.undone }; // prettier-ignore
    try {
      storage.setItem(keyOf(workflowId), JSON.stringify(kept));
      return;
    } catch {
      // Over the quota of the browser: try with fewer steps.
    }
  }
}

function read(workflowId: string, storage: Storage): Kept | null {
  try {
    const kept = JSON.parse(storage.getItem(keyOf(workflowId)) ?? 'null') as Kept | null;
    return kept?.version === 1 ? kept : null;
  } catch {
    return null;
  }
}

export interface Resumed {
  past: Past;
  base: Doc;
  revision: number;
  /** Overlaps with what others did while this tab was away. */
  conflicts: Conflict[];
  /** The graph that our edits began with. */
  from: Doc;
}
/** The graph of the server with what this tab had not sent yet on top, and its steps. */
export function resume(workflowId: string, server: { doc: Doc; revision: number }, storage: Storage = sessionStorage): Resumed {
  const kept = read(workflowId, storage);
  if (!kept) return { past: begin(server.doc), base: server.doc, revision: server.revision, conflicts: [], from: server.doc };
  // What was read is older than what this tab has sent since.
  if (kept.revision > server.revision) return { past: kept, base: kept.base, revision: kept.revision, conflicts: [], from: kept.base };
  const { doc, conflicts } = merge(kept.base, kept.doc, server.doc);
  const past = { doc: conflicts.length > 0 ? kept.doc : doc, done: kept.done, undone: kept.undone };
  return { past, revision: server.revision, base: conflicts.length > 0 ? kept.base : server.doc, conflicts, from: kept.base };
}
