import { appendEvents, type Emitted } from '#kernel/events.ts';
import type { JobRun } from '#kernel/jobs.ts';
import { providerOf } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { isTerminal, type ChangeState } from './rules.ts';
import { auditEnd } from './runner/audit.ts';
import type { RunnerDeps } from './runner/lease.ts';
import { findChange, transition } from './store.ts';

/** The queue has given a Change's job up: the Change ends as failed, and says so. */
export async function endAbandoned({ databases, adapters, live, now }: RunnerDeps, job: JobRun): Promise<void> {
  const { tenantId, changeId } = job.data as { tenantId: string; changeId: string };
  const emitted: Emitted[] = [];
  await databases.tenant({ tenantId }, async (db) => {
    const row = await findChange(db, tenantId, changeId, true);
    if (isTerminal(row.state)) return;
    const problem = new Problem('job-abandoned', `Its job failed ${row.attempt} times and was given up.`);
    const to: ChangeState = row.state === 'rolling_back' ? 'rollback_failed' : 'failed';
    const place = { db, tenantId, now, emit: (type: string, data: Record<string, unknown>) => void emitted.push({ type, data }) };
    await transition(place, row, to, { problem: problem.toJSON(row.requestId), epoch: row.epoch + 1 });
    await auditEnd({ db, now, provider: providerOf(adapters) }, row, problem);
    await appendEvents(db, tenantId, emitted, changeId);
  });
  if (emitted.length > 0) for (const topic of [`tenant:${tenantId}`, 'outbox']) live.publish(topic);
}
