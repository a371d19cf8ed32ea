import type { Clock } from '#kernel/clock.ts';
import { and, count, eq, inArray, isNotNull, ne, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import type { PersonFacts, Persons, Site, TenantRecord, Tenants, WantedTenant } from './providers/port.ts';
import { SLUG_KEPT_MS, suggestSlug, TENANT } from './rules.ts';
import { tenantSlugs, tenants } from './tables.ts';
import { createTenant, moveStatus, requireSlug, tenantsOf, type NewTenant, type Provision } from './tenants.ts';

export interface FoundingDeps {
  databases: Databases;
  now: Clock;
  provision: Provision;
  persons: Persons;
  site: Pick<Site, 'plan'>;
  hostsChanged: () => void;
  /** Whoever is remembered as signed in has another tenant now. */
  lookAgain: () => void;
}

/** Whoever founds takes turns with themselves, so that neither the limit nor the one trial is passed by two calls at once. */
const inTurn = (db: Database, personId: string) => db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`tenants:${personId}`}, 0))`);

async function requireRoom(db: Database, ownerId: string): Promise<void> {
  const [owned] = await db
    .select({ count: count() })
    .from(tenants)
    .where(and(eq(tenants.ownerId, ownerId), ne(tenants.status, 'deleted')));
  if (owned!.count >= TENANT.ownedMost)
    throw new Problem('tenant-limit-reached', `You own ${owned!.count} tenants; ${TENANT.ownedMost} is the most. Delete or transfer one first.`);
}

/** Once in a person's life: fourteen days of `business`, then `free`. */
async function planFor(db: Database, ownerId: string, site: Pick<Site, 'plan'>, at: Date): Promise<Pick<NewTenant, 'plan' | 'trialEndsAt'>> {
  if (site.plan !== undefined) return { plan: site.plan };
  const [tried] = await db
    .select({ id: tenants.id })
    .from(tenants)
    .where(and(eq(tenants.createdBy, ownerId), isNotNull(tenants.trialStartedAt)))
    .limit(1);
  return tried ? { plan: 'free' } : { plan: 'business', trialEndsAt: new Date(at.getTime() + TENANT.trialMs) };
}

/** Of these, those that nobody may take: in use, or given up less than 180 days ago. */
async function taken(db: Database, slugs: readonly string[], at: Date): Promise<Set<string>> {
  const rows = await db
    .select({ slug: tenantSlugs.slug, givenUpAt: tenantSlugs.givenUpAt })
    .from(tenantSlugs)
    .where(inArray(tenantSlugs.slug, [...slugs]));
  return new Set(rows.filter(({ givenUpAt }) => !givenUpAt || givenUpAt.getTime() + SLUG_KEPT_MS > at.getTime()).map(({ slug }) => slug));
}

const TRIED = 30;
async function freeSlug(db: Database, name: string, at: Date): Promise<string> {
  const candidates = Array.from({ length: TRIED }, (_none, index) => suggestSlug(name, index + 1));
  const gone = await taken(db, candidates, at);
  return candidates.find((slug) => !gone.has(slug)) ?? suggestSlug(name, at.getTime() % 1_000_000);
}

function requireFounder(person: PersonFacts | undefined): PersonFacts {
  if (!person || person.kind === 'service') throw new Problem('session-required', 'Only a person can found a tenant.');
  if (!person.emailVerified) throw new Problem('email-not-verified', 'Verify your e-mail address first, then create the tenant.');
  return person;
}

/** A tenant for somebody who signed up: with a trial when it is their first. In the caller's platform transaction. */
export async function found(db: Database, deps: Omit<FoundingDeps, 'databases' | 'hostsChanged' | 'lookAgain'>, founder: PersonFacts, wanted: WantedTenant): Promise<TenantRecord> {
  const at = deps.now();
  await inTurn(db, founder.id);
  await requireRoom(db, founder.id);
  const plan = await planFor(db, founder.id, deps.site, at);
  const slug = wanted.slug ?? (await freeSlug(db, wanted.name, at));
  requireSlug(slug);
  const { name, type = 'organization', region = 'default', plan: chosenPlan = null } = wanted;
  const row = await createTenant(db, { slug, name, type, region, chosenPlan, ...plan }, founder, deps.provision, at);
  await appendEvents(db, row.id, [{ type: 'tenant.created', data: { tenantId: row.id, slug, name: row.name, ownerId: founder.id } }], null);
  return row;
} // prettier-ignore

export const createTenants = (deps: FoundingDeps): Tenants => ({
  mine: (userId) =>
    deps.databases.platform('own tenants', (db) => tenantsOf(db, userId, ['active', 'trialing', 'past_due', 'read_only', 'suspended', 'deleting'])),
  async create(ownerId, wanted) {
    const founder = requireFounder(await deps.persons.find(ownerId));
    const row = await deps.databases.platform('found a tenant', (db) => found(db, deps, founder, wanted));
    deps.hostsChanged();
    deps.lookAgain();
    return row;
  },
  isTaken: (slug) => deps.databases.platform('is a slug taken', async (db) => (await taken(db, [slug], deps.now())).has(slug)),
  suggest: (name) => deps.databases.platform('suggest a slug', (db) => freeSlug(db, name, deps.now())),
  async restore(tenantId, userId) {
    const at = deps.now();
    const row = await deps.databases.platform('restore a tenant', async (db) => {
      const [owned] = await db.select().from(tenants).where(eq(tenants.tenantId, tenantId)).for('update');
      if (!owned || owned.ownerId !== userId || owned.status === 'deleted')
        throw new Problem('tenant-not-found', 'There is no such tenant, or you do not own it.');
      if (owned.status !== 'deleting' || !owned.restorableUntil || owned.restorableUntil <= at)
        throw new Problem('invalid-transition', `${owned.name} is ${owned.status}; only a tenant that is being deleted can be restored, and only in time.`);
      const back = { status: owned.previousStatus ?? 'active', previousStatus: null, deletionRequestedAt: null, deletionRequestedBy: null, restorableUntil: null } as const;
      const restored = await moveStatus(db, tenantId, ['deleting'], back, at);
      await appendEvents(db, tenantId, [{ type: 'tenant.restored', data: { tenantId, by: userId } }], null);
      return restored!;
    }); // prettier-ignore
    deps.hostsChanged();
    deps.lookAgain();
    return row;
  },
  hostsChanged: deps.hostsChanged,
});
