import type { Outcome } from '#lib/api.ts';

/** How one target of a bulk action fares. */
export type BulkState =
  | { status: 'waiting' }
  | { status: 'running' }
  | { status: 'done'; number: string | null }
  | { status: 'accepted'; number: string; approval: boolean }
  | { status: 'failed'; error: unknown }
  | { status: 'skipped'; reason: string };

/** The server limits calls per person, and each is a decision of its own: three at once are quick enough. */
const AT_ONCE = 3;

const stateOf = (outcome: Outcome<unknown>): BulkState =>
  outcome.status === 'done'
    ? { status: 'done', number: outcome.changeNumber }
    : { status: 'accepted', number: outcome.change.number, approval: outcome.change.state === 'awaiting_approval' };

/** One call for each id, a few at once. One that fails does not hold up the others; after `stop` no new one begins. */
export async function runEach(
  ids: readonly string[],
  act: (id: string) => Promise<Outcome<unknown>>,
  tell: (id: string, state: BulkState) => void,
  stop: AbortSignal,
): Promise<void> {
  const queue = [...ids];
  const worker = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined && !stop.aborted; id = queue.shift()) {
      const target = id;
      tell(target, { status: 'running' });
      await act(target).then(
        (outcome) => tell(target, stateOf(outcome)),
        (error: unknown) => tell(target, { status: 'failed', error }),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** How many are in each state. */
export function bulkCounts(states: Iterable<BulkState>): Record<BulkState['status'], number> {
  const counts = { waiting: 0, running: 0, done: 0, accepted: 0, failed: 0, skipped: 0 };
  for (const { status } of states) counts[status] += 1;
  return counts;
}
