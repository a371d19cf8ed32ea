import type { Json } from '../graph.ts';
import type { NodeFault } from '../nodes/declare.ts';
import type { Spot, Walk } from './walk.ts';

type EndStatus = 'completed' | 'partial_success' | 'failed' | 'timed_out' | 'cancelled';

/** Completed nodes from which nothing goes on: where the values that left lead nowhere. */
const endsOf = (walk: Walk): Spot[] =>
  [...walk.root.spots.values()]
    .filter(({ status, node, ports }) => status === 'completed' && !node.outgoing.some(({ sourcePort }) => ports.has(sourcePort)))
    .sort((a, b) => a.order - b.order);

/** What a sensitive node made is shown to nobody, and an end is shown. Of a veiled execution none is: whoever began it has it. */
const valueOf = ({ program: { veiled } }: Walk, { node, ports }: Spot): Json =>
  (veiled ? veiled.has(node.id) : node.node.settings?.sensitive === true)
    ? null
    : ports.size === 1
      ? ports.values().next().value!
      : Object.fromEntries(ports);

/** Active time or age are over. */
export const TIMED_OUT: NodeFault = {
  type: 'execution-timeout',
  class: 'timeout',
  message: 'The execution took longer than it may.',
  retryable: false,
};

/** How it ended, by its failure mode (workflows.md 9.4). */
export function endingOf(walk: Walk): { status: EndStatus; fault: NodeFault | undefined; errors: readonly NodeFault[] } {
  const { stopping, failures, program } = walk;
  if (stopping) return { status: stopping.status, fault: stopping.fault, errors: stopping.status === 'failed' ? failures : [] };
  const [fault] = failures;
  if (!fault) return { status: 'completed', fault: undefined, errors: [] };
  const isPartial = program.settings.failureMode === 'continue_on_error' && endsOf(walk).length > 0;
  return { status: isPartial ? 'partial_success' : 'failed', fault, errors: failures };
}

/** What a Respond node said; else the output of the end, or of each end by its key when there are several (workflows.md 5.1). */
export function outputsOf(walk: Walk): Json {
  const responded = [...walk.root.spots.values()].findLast(({ node, status }) => node.node.type === 'respond' && status === 'completed');
  if (responded) return valueOf(walk, responded);
  const ends = endsOf(walk);
  if (ends.length > 1) return Object.fromEntries(ends.map((end) => [end.node.key, valueOf(walk, end)]));
  return ends[0] ? valueOf(walk, ends[0]) : null;
}
