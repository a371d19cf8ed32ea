import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { executionQuery } from '#features/executions/api.ts';
import type { Execution, NodeRecord } from '#features/executions/types.ts';
import { hasEnded, type Live } from '#features/executions/stream/view.ts';
import { useExecutionStream } from '#features/executions/stream/use-execution-stream.ts';
import { useStore, type NodeRunView } from '../state/store.ts';
import { readExecution } from '../api.ts';

/** What counts of a node that ran several times: its last run. */
function nodesOf(records: readonly NodeRecord[]): ReadonlyMap<string, NodeRunView> {
  const runs = Map.groupBy(records, ({ nodeId }) => nodeId);
  return new Map(
    [...runs].map(([id, all]) => {
      const { status, input, output, error, durationMs } = all.at(-1)!;
      return [id, { status, runs: all.length, input, output, error: error as NodeRunView['error'], durationMs }];
    }),
  );
}

function Heard({ execution }: { execution: Execution }) {
  const store = useStore();
  const { live } = useExecutionStream(execution);
  useEffect(() => tell(store, execution.id, live), [store, execution.id, live]);
  const over = hasEnded(live);
  useEffect(() => {
    if (!over) return;
    // Messages carry previews; what was really passed on is read once at the end.
    const abort = new AbortController();
    const show = ({ nodes }: Execution): void => {
      const { run } = store.get();
      if (run?.executionId === execution.id) store.set({ run: { ...run, nodes: nodesOf(nodes.filter(({ nodeId }) => run.shown(nodeId))) } });
    };
    readExecution(execution.id, abort.signal).then(show, () => undefined);
    return () => abort.abort();
  }, [over, store, execution.id]);
  return null;
}

function tell(store: ReturnType<typeof useStore>, executionId: string, live: Live): void {
  const { run } = store.get();
  if (run?.executionId !== executionId) return;
  const nodes = nodesOf(live.records.filter(({ nodeId }) => run.shown(nodeId)));
  // A later preview must not take away what was read in full.
  const merged = new Map([...nodes].map(([id, one]) => [id, { ...one, output: one.output ?? run.nodes.get(id)?.output }]));
  store.set({ run: { ...run, status: live.status, nodes: merged, logs: live.logs } });
}

/** Follows the test run that was begun last, and tells the canvas; shows nothing itself. */
export function FollowRun({ id }: { id: string }) {
  const { data } = useQuery(executionQuery(id));
  return data ? <Heard key={id} execution={data} /> : null;
}
