import type { Clock } from '#kernel/clock.ts';
import { NO_TENANT, type Actor } from '#kernel/context.ts';
import type { Counters, Standing } from '#kernel/counters.ts';
import type { Databases } from '#kernel/database.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Live } from '#kernel/live.ts';

interface TellingDeps {
  counters: Counters;
  databases: Databases;
  live: Live;
  now: Clock;
}

/** Announces that somebody has used a quota up: once in its window, however often and at whatever process they go on trying. */
export function createTelling({ counters, databases, live, now }: TellingDeps): (actor: Actor, standing: Standing) => Promise<void> {
  return async (actor, { quota, waitMs }) => {
    const { id: actorId, name, kind, tenantId } = actor;
    if (kind === 'anonymous' || tenantId === NO_TENANT) return;
    const once = { key: `told:${quota.key}`, name: quota.name, limit: 1, seconds: quota.seconds };
    if (!(await counters.take(tenantId, [once])).allowed) return;
    const resetAt = new Date(now().getTime() + waitMs).toISOString();
    const data = { actorId, actorName: name, actorKind: kind, quota: quota.name, limit: quota.limit, windowSeconds: quota.seconds, resetAt };
    await databases.tenant({ tenantId }, (db) => appendEvents(db, tenantId, [{ type: 'limit.exceeded', data }], null));
    for (const topic of [`tenant:${tenantId}`, 'outbox']) live.publish(topic);
  };
}
