import { useCallback } from 'react';
import { toProblem } from '#lib/problem.ts';
import { inputSchemaOf, lastInput } from '#features/workflows/inputs.ts';
import { testRun } from '../api.ts';
import { graphOf } from '../graph/doc.ts';
import type { Saver } from '../state/save.ts';
import type { RunView, Store } from '../state/store.ts';
import type { Json } from '../types.ts';
import { changeView } from '../view.ts';
import { outputOf } from '../panel/scope.ts';
import { mocksFor, shownIn, type Reach } from './reach.ts';

const ALL: Reach = { kind: 'all' };
const NO_NODES: RunView['nodes'] = new Map();

export interface Running {
  /** Asks first for what the trigger wants. */
  run: (reach?: Reach) => void;
  runWith: (inputs: Json, reach: Reach) => Promise<void>;
}

/** Runs the draft as it is, once it is saved. */
export function useRun(store: Store, saver: Saver, onAsk: (reach: Reach) => void): Running {
  const runWith = useCallback(
    async (inputs: Json, reach: Reach) => {
      changeView({ bottom: 'run' });
      const { past, run: last } = store.get();
      const mocks = mocksFor(past.doc, reach, (id) => outputOf({ past, run: last }, id).output);
      const fresh = { nodes: reach.kind === 'only' && last ? last.nodes : NO_NODES, logs: [], shown: shownIn(past.doc, reach) };
      store.set({ run: { ...fresh, executionId: null, status: 'queued', error: null } });
      try {
        await saver.flush();
        const { execution } = await testRun(store.get().workflowId, { inputs, mocks });
        store.set({ run: { ...fresh, executionId: execution.id, status: execution.status, error: null } });
      } catch (error) {
        store.set({ run: { ...fresh, executionId: null, status: 'failed', error: toProblem(error) } });
      }
    },
    [store, saver],
  );
  const run = useCallback(
    (reach: Reach = ALL) => {
      const { past, workflowId } = store.get();
      if (inputSchemaOf(graphOf(past.doc) as Parameters<typeof inputSchemaOf>[0])) onAsk(reach);
      else void runWith(lastInput(workflowId) ?? {}, reach);
    },
    [store, runWith, onAsk],
  );
  return { run, runWith };
}
