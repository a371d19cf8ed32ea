import type { NodeOverlay, Overlay } from '#features/workflow-graph/flow.ts';
import type { Graph, NodeState } from '#features/workflow-graph/types.ts';
import type { NodeRecord } from './types.ts';

/** Of several runs of one node the state that matters most now. */
const WEIGHT: readonly NodeState[] = [
  'in_doubt',
  'paused',
  'running',
  'retrying',
  'waiting',
  'failed',
  'cancelled',
  'completed',
  'skipped',
  'pending',
];

/** The last try of each turn: earlier ones have been replaced by it. */
export function lastTries(records: readonly NodeRecord[]): NodeRecord[] {
  const last = new Map<string, NodeRecord>();
  for (const record of records) {
    const turn = `${record.nodeId} ${record.path}`;
    if ((last.get(turn)?.attempt ?? 0) <= record.attempt) last.set(turn, record);
  }
  return [...last.values()];
}

/** Whether a value left by this port. Several at once are told by commas; what is not told may be any. */
const leftBy = ({ status, port }: NodeRecord, wanted: string): boolean =>
  port === null ? status === 'completed' : port.split(',').includes(wanted) && (status === 'completed' || status === 'failed');

/** States of nodes, and how many values went over each connection. */
export function overlayOf(graph: Graph, records: readonly NodeRecord[]): Overlay {
  const tries = lastTries(records);
  const byNode = Map.groupBy(tries, ({ nodeId }) => nodeId);
  const nodes = new Map(
    [...byNode].map(([id, runs]): [string, NodeOverlay] => [
      id,
      { state: WEIGHT.find((state) => runs.some(({ status }) => status === state)) ?? 'pending', runs: runs.filter(({ status }) => status !== 'skipped').length },
    ]),
  ); // prettier-ignore
  const counts = new Map(
    graph.connections.map(({ id, source, sourcePort = 'main', target }) => {
      const sent = (byNode.get(source) ?? []).filter((record) => leftBy(record, sourcePort)).length;
      // A node that never ran got nothing, whatever port its neighbour is said to have taken.
      const taken = (byNode.get(target) ?? []).some(({ status }) => status !== 'skipped' && status !== 'pending');
      return [id, taken ? sent : 0];
    }),
  );
  return { nodes, counts };
}

/** Where the eye should be: the node that needs somebody, else the one that began last and still runs. */
export function current(records: readonly NodeRecord[]): string | undefined {
  const at = (state: NodeState): NodeRecord | undefined => records.findLast(({ status }) => status === state);
  return (at('in_doubt') ?? at('paused') ?? at('running') ?? at('retrying') ?? at('waiting'))?.nodeId;
}
