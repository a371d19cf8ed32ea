import { NO_TENANT, type Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import type { Module, TenantJob } from '#kernel/module.ts';
import { providerOf, type Adapters } from '#kernel/port.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Parts, People } from './core.ts';

type SystemContext = (db: Database, tenantId: string, part: string, emitted: Emitted[]) => WorkContext;

/** What work by the clock and on events has in hand. */
export const systemContexts =
  ({ now }: Parts, adapters: Adapters): SystemContext =>
  (db, tenantId, part, emitted) => ({
    actor: systemActor(tenantId, part),
    tenantId,
    db,
    now,
    provider: providerOf(adapters),
    once: (_key, load) => load(),
    changeId: null,
    emit: (type, data) => void emitted.push({ type, data }),
  });

const systemActor = (tenantId: string, part: string): Actor => ({
  kind: 'system', id: `system:${part}`, name: `system:${part}`, email: null, tenantId, tenantSlug: '', credentialId: null, permissionCap: null, ip: null,
}); // prettier-ignore

/** A module's work by the clock, tenant by tenant; one tenant's fault does not keep the others from theirs. */
export async function keepClock(
  module: Module,
  { databases, jobs, live, log, now }: Parts,
  people: People,
  contextFor: SystemContext,
): Promise<void> {
  const { provider } = contextFor(undefined as never, NO_TENANT, module.name, []);
  for (const { name, cron, perTenant, outside, platform, once } of module.schedules ?? []) {
    if (once) {
      await jobs.schedule(name, cron, async () => void (await once({ now, provider })));
      continue;
    }
    if (platform) {
      await jobs.schedule(name, cron, () => databases.platform(name, (db) => platform(db, now())));
      continue;
    }
    const inTenant = async <T>(tenantId: string, work: (ctx: WorkContext) => Promise<T>): Promise<T> => {
      const emitted: Emitted[] = [];
      const result = await databases.tenant({ tenantId }, async (db) => {
        const done = await work(contextFor(db, tenantId, module.name, emitted));
        await appendEvents(db, tenantId, emitted, null);
        return done;
      });
      if (emitted.length > 0) for (const topic of [`tenant:${tenantId}`, 'outbox']) live.publish(topic);
      return result;
    };
    await jobs.schedule(name, cron, async () => {
      for (const tenantId of await people.tenantIds()) {
        const job: TenantJob = { tenantId, now, provider, tx: (work) => inTenant(tenantId, work) };
        const work = outside ? outside(job) : inTenant(tenantId, perTenant!);
        await work.catch((error: unknown) => log.error({ err: error, job: name, tenantId }, 'scheduled work failed'));
      }
    });
  }
}
