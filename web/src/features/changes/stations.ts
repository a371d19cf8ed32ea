import type { Change, ChangeState } from '#lib/types.ts';

/** `done` and `todo` lie behind and ahead; `now` moves, `wait` waits for someone; `bad` failed and `off` ended here without harm. */
export type Mark = 'done' | 'now' | 'wait' | 'bad' | 'off' | 'todo';
export interface Station {
  key: 'requested' | 'planned' | 'agreed' | 'carriedOut' | 'finished';
  mark: Mark;
  at: string | null;
}
type Progress = Pick<Change, 'state' | 'approval' | 'createdAt' | 'submittedAt' | 'approvedAt' | 'startedAt' | 'endedAt'>;

/** Where each state stands: the station it is at and how that station looks. Stations before are done, after are to come. */
const places: Record<ChangeState, [at: Station['key'], mark: Mark]> = {
  planning: ['planned', 'now'],
  plan_failed: ['planned', 'bad'],
  planned: ['carriedOut', 'wait'],
  awaiting_approval: ['agreed', 'wait'],
  rejected: ['agreed', 'bad'],
  approved: ['carriedOut', 'wait'],
  scheduled: ['carriedOut', 'wait'],
  running: ['carriedOut', 'now'],
  paused: ['carriedOut', 'wait'],
  verifying: ['finished', 'now'],
  succeeded: ['finished', 'done'],
  partially_succeeded: ['finished', 'bad'],
  failed: ['carriedOut', 'bad'],
  rolling_back: ['finished', 'now'],
  rolled_back: ['finished', 'off'],
  rollback_failed: ['finished', 'bad'],
  expired: ['agreed', 'off'],
  cancelled: ['agreed', 'off'],
  stale: ['carriedOut', 'off'],
};
const ORDER: readonly Station['key'][] = ['requested', 'planned', 'agreed', 'carriedOut', 'finished'];

/** The way of a Change as stations; the one for approval is left out when none is needed. */
export function stationsOf(change: Progress): Station[] {
  let [at, mark] = places[change.state];
  // Ended by a person or a clock: it stopped at the farthest station it had reached.
  if (
    at === 'agreed' &&
    change.state !== 'awaiting_approval' &&
    change.state !== 'rejected' &&
    (change.startedAt || change.approvedAt || !change.approval)
  )
    at = 'carriedOut';
  if (change.state === 'planned' && change.approval) [at, mark] = ['agreed', 'wait'];
  const times = {
    requested: change.createdAt,
    planned: change.submittedAt,
    agreed: change.approvedAt,
    carriedOut: change.startedAt,
    finished: change.endedAt,
  };
  const here = ORDER.indexOf(at);
  return ORDER.filter((key) => key !== 'agreed' || change.approval !== null).map((key) => {
    const place = ORDER.indexOf(key);
    const own: Mark = place < here ? 'done' : place > here ? 'todo' : mark;
    return {
      key,
      mark: own,
      at:
        own === 'todo'
          ? null
          : own === 'done'
            ? times[key]
            : (times[key] ?? (key === at && mark !== 'now' && mark !== 'wait' ? change.endedAt : null)),
    };
  });
}
