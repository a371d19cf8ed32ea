import { useCallback } from 'react';
import { toProblem } from '#lib/problem.ts';
import { inputSchemaOf, lastInput } from '#features/workflows/inputs.ts';
import { testRun } from '../api.ts';
import { graphOf } from '../graph/doc.ts';
import type { Saver } from '../state/save.ts';
import type { Store } from '../state/store.ts';
import type { Json } from '../types.ts';
import { changeView } from '../view.ts';

export interface Running {
  /** All of it, or to one node and no further; asks first for what the trigger wants. */
  run: (until?: string) => void;
  runWith: (inputs: Json, until?: string) => Promise<void>;
}

/** Runs the draft as it is, once it is saved. */
export function useRun(store: Store, saver: Saver, onAsk: (until: string | undefined) => void): Running {
  const runWith = useCallback(
    async (inputs: Json, until?: string) => {
      changeView({ bottom: 'run' });
      store.set({ run: { executionId: null, status: 'queued', nodes: new Map(), logs: [], error: null } });
      try {
        await saver.flush();
        const { execution } = await testRun(store.get().workflowId, { inputs, ...(until ? { until } : {}) });
        store.set({ run: { executionId: execution.id, status: execution.status, nodes: new Map(), logs: [], error: null } });
      } catch (error) {
        store.set({ run: { executionId: null, status: 'failed', nodes: new Map(), logs: [], error: toProblem(error) } });
      }
    },
    [store, saver],
  );
  const run = useCallback(
    (until?: string) => {
      const { past, workflowId } = store.get();
      if (inputSchemaOf(graphOf(past.doc) as Parameters<typeof inputSchemaOf>[0])) onAsk(until);
      else void runWith(lastInput(workflowId) ?? {}, until);
    },
    [store, runWith, onAsk],
  );
  return { run, runWith };
}
