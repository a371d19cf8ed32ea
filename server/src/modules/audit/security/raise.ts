import type { Database } from '#kernel/database.ts';
import { and, count as counted, eq, gt, lt, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import { asSet, RULES, type Rule } from './rules.ts';
import { ruleSettings, securityEvents, sightings } from './tables.ts';

/** One thing that counts for a rule. */
export interface Sighting {
  /** Of the entry, line or announcement. */
  sourceId: string;
  at: Date;
  actorId: string | null;
  actorName: string | null;
  ip: string | null;
  facts: Record<string, string | number | boolean | null>;
  /** How often it was seen; entries alike are counted in one. */
  times: number;
}

/** What is to be done beside raising the event, once the transaction is over. */
export interface Consequence {
  tenantId: string;
  eventId: string;
  userId: string;
}

/** Rules as a tenant has set them. */
export async function rulesOf(db: Database, tenantId: string): Promise<Rule[]> {
  const set = new Map((await db.select().from(ruleSettings).where(eq(ruleSettings.tenantId, tenantId))).map((row) => [row.rule, row]));
  return RULES.map((rule) => asSet(rule, set.get(rule.key))).filter(({ enabled }) => enabled !== false);
}

const groupOf = ({ group }: Rule, tenantId: string, { actorId, ip }: Sighting): string =>
  (group === 'actor' ? actorId : group === 'ip' ? ip : tenantId) ?? tenantId;

interface Open {
  id: string;
  isNew: boolean;
}

/** The open event of the rule and group takes the sighting in; without one, a new one is made. */
async function put(db: Database, tenantId: string, rule: Rule, groupKey: string, sighting: Sighting, total: number): Promise<Open> {
  const { at, actorId, actorName, ip, facts, times } = sighting;
  const [row] = await db
    .insert(securityEvents)
    .values({
      tenantId, id: newId(), rule: rule.key, severity: rule.severity, state: 'new', groupKey, actorId, actorName, ip, facts, count: total, firstAt: at, lastAt: at,
      action: rule.action,
    })
    .onConflictDoUpdate({
      target: [securityEvents.tenantId, securityEvents.rule, securityEvents.groupKey],
      // In letters, not as parameters: the index is found by its condition.
      targetWhere: sql`state in ('new', 'acknowledged', 'investigating')`,
      set: { count: sql`${securityEvents.count} + ${times}`, lastAt: sql`greatest(${securityEvents.lastAt}, ${at.toISOString()}::timestamptz)`, ip, updatedAt: sql`now()`, version: sql`${securityEvents.version} + 1` },
    })
    .returning({ id: securityEvents.id, version: securityEvents.version });
  return { id: row!.id, isNew: row!.version === 1 };
} // prettier-ignore

/** How often the group was seen within the rule's window, this time included. */
async function seen(db: Database, tenantId: string, rule: Rule, groupKey: string, { at, times }: Sighting): Promise<number> {
  if (rule.count <= 1) return times;
  const since = new Date(at.getTime() - rule.windowSeconds * 1_000);
  const key = `${rule.key} ${groupKey}`.slice(0, 200);
  const mine = and(eq(sightings.tenantId, tenantId), eq(sightings.rule, key), gt(sightings.at, since));
  const [{ n } = { n: 0 }] = await db.select({ n: counted() }).from(sightings).where(mine);
  return n;
}

/**
 * Counts a sighting for one rule, in the caller's platform transaction; the same source is counted once. When there are enough, an event
 * is raised or goes on, and a new one is announced. Answers what is to be done then.
 */
export async function sight(db: Database, tenantId: string, rule: Rule, sighting: Sighting): Promise<Consequence | undefined> {
  const groupKey = groupOf(rule, tenantId, sighting);
  // The group stands in the key, so that counting one group reads its own sightings alone.
  const key = rule.count > 1 ? `${rule.key} ${groupKey}`.slice(0, 200) : rule.key;
  const first = await db.insert(sightings).values({ tenantId, sourceId: sighting.sourceId, rule: key, at: sighting.at }).onConflictDoNothing();
  if (first.rowCount === 0) return undefined;
  const total = Math.max(await seen(db, tenantId, rule, groupKey, sighting), sighting.times);
  if (total < rule.count) return undefined;
  const { id, isNew } = await put(db, tenantId, rule, groupKey, sighting, total);
  if (!isNew) return undefined;
  const { actorId, actorName } = sighting;
  const data = { securityEventId: id, rule: rule.key, severity: rule.severity, actorId, actorName, tell: rule.action !== 'none' };
  await appendEvents(db, tenantId, [{ type: 'security.event', data }], null);
  return rule.action === 'suspend' && actorId !== null ? { tenantId, eventId: id, userId: actorId } : undefined;
}

const DAY = 86_400_000;
/** Sightings that no window reaches any more, and events whose time is over: 400 days, critical ones seven years. */
export async function sweepSecurity(db: Database, at: Date): Promise<void> {
  await db.delete(sightings).where(lt(sightings.at, new Date(at.getTime() - 2 * DAY)));
  const over = (days: number) => lt(securityEvents.lastAt, new Date(at.getTime() - days * DAY));
  await db.delete(securityEvents).where(and(over(400), sql`severity <> 'critical'`));
  await db.delete(securityEvents).where(over(7 * 365));
}
