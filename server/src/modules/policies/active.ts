import { createCache } from '#kernel/cache.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { and, asc, eq, gt, inArray, isNull, or } from '#kernel/drizzle.ts';
import type { Live } from '#kernel/live.ts';
import { BASELINE, BASELINE_NAME } from './built-in.ts';
import { createBundle, type ActiveSet, type Bundle, type Trial } from './bundle.ts';
import type { Documents } from './documents.ts';
import type { Exemption } from './engine/index.ts';
import { calendarEntries, calendars, policyExemptions, policySets, policyVersions, type SetRow } from './tables.ts';

/** Heard when what is in force has changed anywhere. */
const POLICIES_TOPIC = 'policies';
const REMEMBERED_MS = 30_000;
/** Spans of all calendars that are kept at hand; a tenant that plans more than that sees the nearest. */
const MAX_SPANS = 2_000;

export interface ActiveDeps {
  documents: Documents;
  /** Sets of the installation, the built-in one among them. */
  platform: readonly ActiveSet[];
  live: Live;
  now: Clock;
  onError: (error: Error) => void;
}

const layerOf = ({ team }: Pick<SetRow, 'team'>) => (team === null ? { layer: 'tenant' as const } : { layer: 'team' as const, team });

const setsOf = (db: Database, tenantId: string) =>
  db
    .select({ row: policySets, number: policyVersions.number, document: policyVersions.document })
    .from(policySets)
    .innerJoin(
      policyVersions,
      and(
        eq(policyVersions.tenantId, policySets.tenantId),
        eq(policyVersions.setId, policySets.id),
        or(eq(policyVersions.number, policySets.active), eq(policyVersions.number, policySets.candidate)),
      ),
    )
    .where(and(eq(policySets.tenantId, tenantId), isNull(policySets.retiredAt)))
    .orderBy(asc(policySets.name));

async function exemptionsOf(db: Database, tenantId: string, at: Date): Promise<Exemption[]> {
  const open = and(eq(policyExemptions.tenantId, tenantId), isNull(policyExemptions.revokedAt), gt(policyExemptions.validUntil, at));
  const rows = await db.select().from(policyExemptions).where(open).orderBy(asc(policyExemptions.id));
  return rows.map(({ id, policies, users, resources, reason, validUntil }) => ({
    id,
    policies,
    until: validUntil.toISOString(),
    reason,
    ...(users ? { users } : {}),
    ...(resources ? { resources } : {}),
  }));
}

async function calendarsOf(db: Database, tenantId: string, at: Date): Promise<Record<string, { from: string; until: string }[]>> {
  const all = await db.select({ id: calendars.id, name: calendars.name }).from(calendars).where(eq(calendars.tenantId, tenantId));
  const found = Object.fromEntries(all.map(({ name }) => [name, [] as { from: string; until: string }[]]));
  if (all.length === 0) return found;
  const spans = await db
    .select()
    .from(calendarEntries)
    .where(and(eq(calendarEntries.tenantId, tenantId), inArray(calendarEntries.calendarId, all.map(({ id }) => id)), gt(calendarEntries.endsAt, at)))
    .orderBy(asc(calendarEntries.startsAt))
    .limit(MAX_SPANS); // prettier-ignore
  const nameOf = new Map(all.map(({ id, name }) => [id, name]));
  for (const { calendarId, startsAt, endsAt } of spans)
    found[nameOf.get(calendarId)!]!.push({ from: startsAt.toISOString(), until: endsAt.toISOString() });
  return found;
}

/** What is in force, by tenant: read once, remembered, and read again when it changes anywhere. */
export function createActive({ documents, platform, live, now, onError }: ActiveDeps) {
  const remembered = createCache<Bundle>({ ttlMs: REMEMBERED_MS, max: 5_000, now });
  const unsettled = new Map<string, number>();
  live.subscribe(POLICIES_TOPIC, () => remembered.clear());

  const isUnsettled = (tenantId: string): boolean => {
    const until = unsettled.get(tenantId);
    if (until === undefined) return false;
    if (until > now().getTime()) return true;
    unsettled.delete(tenantId);
    return false;
  };

  const setOf = (row: Pick<SetRow, 'id' | 'name' | 'team'>, number: number, document: string): ActiveSet => ({
    id: row.id,
    name: row.name,
    version: String(number),
    ...documents.read(document, { version: String(number), ...layerOf(row) }),
  });
  /** The set every tenant has, also one whose row is still to be written. */
  const baseline = (): ActiveSet => ({
    id: null,
    name: BASELINE_NAME,
    version: '1',
    ...documents.read(BASELINE, { version: '1', layer: 'tenant' }),
  });

  async function load(db: Database, tenantId: string): Promise<Bundle> {
    const at = now();
    const [rows, exemptions, spans] = await Promise.all([setsOf(db, tenantId), exemptionsOf(db, tenantId, at), calendarsOf(db, tenantId, at)]);
    const sets: ActiveSet[] = [];
    const trials: Trial[] = [];
    const broken: string[] = [];
    for (const { row, number, document } of rows) {
      const isTrial = number === row.candidate;
      try {
        const set = setOf(row, number, document);
        if (number === row.active) sets.push(set);
        if (isTrial) trials.push({ set, number, kind: row.trial!, percent: row.percent ?? 0, until: row.trialUntil });
      } catch (error) {
        // Saved under an engine that understood it: what it forbade must not become allowed.
        onError(new Error(`policy set "${row.name}" version ${number} of tenant ${tenantId} cannot be read`, { cause: error }));
        if (number === row.active) broken.push(row.name);
      }
    }
    if (!sets.some(({ name }) => name === BASELINE_NAME) && !broken.includes(BASELINE_NAME)) sets.unshift(baseline());
    return createBundle({ platform, sets, trials, broken, exemptions, calendars: spans });
  }

  return {
    of: (db: Database, tenantId: string): Promise<Bundle> =>
      isUnsettled(tenantId) ? load(db, tenantId) : remembered.read(tenantId, () => load(db, tenantId)),
    changing(tenantId: string): void {
      remembered.clear();
      unsettled.set(tenantId, now().getTime() + REMEMBERED_MS);
    },
    changed: (): void => live.publish(POLICIES_TOPIC),
  };
}
