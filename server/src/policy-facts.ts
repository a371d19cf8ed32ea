import type { Database } from '#kernel/database.ts';
import { isUuid } from '#kernel/database.ts';
import { and, count, eq, isNull } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { cloudHealth, cloudRemaining } from '#modules/clouds/policy-facts.ts';
import { zoneHealth } from '#modules/dns/policy-facts.ts';
import type { Surroundings } from '#modules/policies/providers/port.ts';
import { planAndSettings } from '#modules/tenancy/plan-and-settings.ts';
import { limitOf } from '#modules/tenancy/plans.ts';
import { seatsUsed } from '#modules/tenancy/seats.ts';
import { webhooks } from '#modules/webhooks/tables.ts';
import { workflows } from '#modules/workflows/tables.ts';

type Healths = (db: Database, tenantId: string, type: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Kinds of targets whose modules know how they are. */
const HEALTH: Readonly<Record<string, Healths>> = { server: cloudHealth, cloud: cloudHealth, dnsZone: zoneHealth };

/** One look at each kind, however many targets there are. */
export const healthOf: Surroundings['health'] = async (db, tenantId, targets) => {
  const found = new Map<string, string>();
  const key = ({ type, id }: Pick<Target, 'type' | 'id'>): string => `${type} ${id}`;
  for (const type of new Set(targets.map((target) => target.type))) {
    const look = HEALTH[type];
    const ids = targets.filter((target) => target.type === type && isUuid(target.id)).map(({ id }) => id);
    if (look && ids.length > 0) for (const [id, health] of await look(db, tenantId, type, ids)) found.set(key({ type, id }), health);
  }
  return targets.map((target) => found.get(key(target)) ?? null);
};

/** What the plan of the tenant still leaves it. */
async function planRemaining(db: Database, tenantId: string, at: Date): Promise<Record<string, number>> {
  const { plan } = await planAndSettings(db, tenantId);
  if (plan === null) return {};
  const used: Readonly<Record<string, () => Promise<number>>> = {
    seats: () => seatsUsed({ db, tenantId, now: () => at }),
    workflows: async () => (await db.select({ used: count() }).from(workflows).where(and(eq(workflows.tenantId, tenantId), isNull(workflows.deletedAt))))[0]!.used,
    webhookEndpoints: async () => (await db.select({ used: count() }).from(webhooks).where(eq(webhooks.tenantId, tenantId)))[0]!.used,
  }; // prettier-ignore
  const left: Record<string, number> = {};
  for (const [name, taken] of Object.entries(used)) {
    const limit = limitOf(plan, name);
    if (limit !== null) left[name] = Math.max(0, limit - (await taken()));
  }
  return left;
}

export const quotaOf: Surroundings['quota'] = async (db, tenantId, at) => ({
  ...(await planRemaining(db, tenantId, at)),
  ...(await cloudRemaining(db, tenantId)),
});
