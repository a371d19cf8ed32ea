import type { Databases } from '#kernel/database.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import type { JobRun } from '#kernel/jobs.ts';
import { Problem } from '#kernel/problem.ts';
import { isTerminal, type ChangeState } from './rules.ts';
import { findChange, transition } from './store.ts';

/** The queue has given a Change's job up: the Change ends as failed, and says so. */
export async function endAbandoned(databases: Databases, now: () => Date, { data }: JobRun): Promise<void> {
  const { tenantId, changeId } = data as { tenantId: string; changeId: string };
  await databases.tenant({ tenantId }, async (db) => {
    const row = await findChange(db, tenantId, changeId, true);
    if (isTerminal(row.state)) return;
    const emitted: Emitted[] = [];
    const problem = new Problem('job-abandoned', `Its job failed ${row.attempt} times and was given up.`).toJSON(row.requestId);
    const to: ChangeState = row.state === 'rolling_back' ? 'rollback_failed' : 'failed';
    await transition({ db, tenantId, now, emit: (type, data) => void emitted.push({ type, data }) }, row, to, { problem, epoch: row.epoch + 1 });
    await appendEvents(db, tenantId, emitted, changeId);
  });
}
