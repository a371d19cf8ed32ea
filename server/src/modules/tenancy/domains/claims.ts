import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, inArray, lte, ne, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Live } from '#kernel/live.ts';
import type { Mail } from '#kernel/mail.ts';
import type { DomainClaims, DomainLookups, MemberRights, Site } from '../providers/port.ts';
import { isOpen, members, tenantDomains, tenants, type DomainRow } from '../tables.ts';
import { hostOf } from './rows.ts';
import { afterLook, KEPT_MS, nextCheck, proves, type Looked } from './rules.ts';

export interface ClaimsDeps {
  databases: Databases;
  now: Clock;
  live: Live;
  mail: Mail;
  site: Pick<Site, 'publicUrl' | 'baseDomain'>;
  rights: Pick<MemberRights, 'holding'>;
  hostsChanged: () => void;
  /** Told of each look, for metrics. */
  checked?: ((outcome: 'found' | 'missing') => void) | undefined;
}

const HELD = ['verified', 'live'] as const;
const isHeld = (state: DomainRow['state']): boolean => state === 'verified' || state === 'live';

const announce = (db: Database, row: DomainRow, type: 'domain.verified' | 'domain.stale' | 'domain.removed', reason: string) =>
  appendEvents(db, row.tenantId, [{ type, data: { domainId: row.id, domain: row.domain, reason } }], null);

/** The owners of the tenant hear by mail; who else is concerned is told to nobody. */
async function mailOwners(db: Database, { mail, site, rights }: ClaimsDeps, row: DomainRow, template: 'domain-stale' | 'domain-lost' | 'domain-won'): Promise<void> {
  const owners = await rights.holding(db, row.tenantId, 'owner');
  const found = await db
    .select({ tenant: tenants.name, name: members.name, email: members.email })
    .from(tenants)
    .innerJoin(members, eq(members.tenantId, tenants.tenantId))
    .where(and(eq(tenants.tenantId, row.tenantId), inArray(members.id, owners), eq(members.status, 'active'), eq(members.kind, 'person')))
    .orderBy(members.email);
  const link = `${site.publicUrl}/settings/organization/domain`;
  for (const { tenant, name, email } of found) await mail.send(db, { to: email, template, data: { name, tenant, domain: row.domain, link } });
} // prettier-ignore

const mine = ({ tenantId, id }: Pick<DomainRow, 'tenantId' | 'id'>) => and(eq(tenantDomains.tenantId, tenantId), eq(tenantDomains.id, id));

const store = async (db: Database, row: DomainRow, patch: Partial<DomainRow>, at: Date): Promise<DomainRow> => {
  const [stored] = await db
    .update(tenantDomains)
    .set({ ...patch, updatedAt: at })
    .where(mine(row))
    .returning();
  return stored!;
};

async function becomeStale(db: Database, deps: ClaimsDeps, row: DomainRow, why: 'missing' | 'proven elsewhere', at: Date): Promise<DomainRow> {
  const patch = {
    state: 'stale' as const,
    checks: 1,
    endsAt: new Date(at.getTime() + KEPT_MS),
    nextCheckAt: nextCheck({ state: 'stale', checks: 1 }, at),
  };
  const stale = await store(db, row, patch, at);
  const missing = why === 'missing';
  await announce(db, stale, 'domain.stale', missing ? 'the proof was missing three times' : 'another tenant has proven the domain');
  await mailOwners(db, deps, stale, missing ? 'domain-stale' : 'domain-lost');
  return stale;
}

/** Everybody who works on claims of one name takes turns, so that two tenants cannot both win it. */
const inTurn = (db: Database, domain: string) => db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`domain:${domain}`}, 0))`);

/** The claim under lock, and those of other tenants that hold the same name. */
async function inHand(db: Database, claim: Pick<DomainRow, 'tenantId' | 'id'>): Promise<{ row: DomainRow; others: DomainRow[] } | undefined> {
  const [known] = await db.select({ domain: tenantDomains.domain }).from(tenantDomains).where(mine(claim));
  if (!known) return undefined;
  await inTurn(db, known.domain);
  const [row] = await db.select().from(tenantDomains).where(mine(claim)).for('update');
  if (!row) return undefined;
  const held = and(eq(tenantDomains.domain, row.domain), ne(tenantDomains.tenantId, row.tenantId), inArray(tenantDomains.state, [...HELD]));
  return { row, others: await db.select().from(tenantDomains).where(held).for('update') };
}

/** A name is won, perhaps from others: they go stale first, since one tenant at most holds it. */
async function take(db: Database, deps: ClaimsDeps, row: DomainRow, patch: Partial<DomainRow>, others: readonly DomainRow[]): Promise<DomainRow> {
  const at = deps.now();
  for (const other of others) await becomeStale(db, deps, other, 'proven elsewhere', at);
  const held = await store(db, row, patch, at);
  await announce(db, held, 'domain.verified', others.length > 0 ? 'it was another tenant’s before' : 'the proof was seen');
  if (others.length > 0) await mailOwners(db, deps, held, 'domain-won');
  return held;
}

async function settle(db: Database, deps: ClaimsDeps, claim: Pick<DomainRow, 'tenantId' | 'id'>, looked: Looked, asked: boolean) {
  const hand = await inHand(db, claim);
  if (!hand) return undefined;
  const { row, others } = hand;
  const at = deps.now();
  const next = afterLook(row, looked, at);
  const seen = { lastCheckedAt: at, lastResult: [...looked.proof, ...looked.traffic] };
  const wins = isHeld(next.state) && !isHeld(row.state);
  // Both may show a proof: the clock must not hand the name to and fro, so a stale one comes back only when somebody asks for it.
  if (wins && others.length > 0 && row.state === 'stale' && !asked) {
    const checks = row.checks + 1;
    return store(db, row, { ...seen, checks, nextCheckAt: nextCheck({ state: 'stale', checks }, at) }, at);
  }
  if (next.state === 'stale' && row.state !== 'stale')
    return becomeStale(db, deps, await store(db, row, { ...seen, misses: next.misses }, at), 'missing', at);
  if (!wins) return store(db, row, { ...next, ...seen }, at);
  return take(db, deps, row, { ...next, ...seen }, others);
}

export const createDomainClaims = (deps: ClaimsDeps): DomainClaims => ({
  async settle(tenantId, id, looked, asked) {
    const row = await deps.databases.platform('settle a domain claim', (db) => settle(db, deps, { tenantId, id }, looked, asked));
    deps.checked?.(proves(looked) ? 'found' : 'missing');
    deps.hostsChanged();
    deps.live.publish('outbox');
    return row;
  },
});

/** In one minute, and beside one another: a look takes five seconds at most, so that a run is over before the next. */
const AT_ONCE = 50;
const ABREAST = 10;

/** Domains whose turn it is, and the end of those whose time is over. Answers how many were looked at. */
export async function checkDomains(deps: ClaimsDeps, claims: DomainClaims, lookups: DomainLookups): Promise<number> {
  const due = await deps.databases.platform('domains to look at', async (db) => {
    const over = await db.delete(tenantDomains).where(lte(tenantDomains.endsAt, deps.now())).returning();
    for (const row of over) await announce(db, row, 'domain.removed', row.state === 'stale' ? 'the proof did not come back' : 'the proof never came');
    return db
      .select({ row: tenantDomains, slug: tenants.slug })
      .from(tenantDomains)
      .innerJoin(tenants, eq(tenants.tenantId, tenantDomains.tenantId))
      .where(and(lte(tenantDomains.nextCheckAt, deps.now()), isOpen))
      .limit(AT_ONCE);
  });
  for (let from = 0; from < due.length; from += ABREAST) {
    await Promise.all(
      due.slice(from, from + ABREAST).map(async ({ row, slug }) => {
        const looked = await lookups.look({ domain: row.domain, token: row.token, tenantHost: hostOf(deps.site, slug) });
        await claims.settle(row.tenantId, row.id, looked, false);
      }),
    );
  }
  return due.length;
}
