import type { Database, Databases } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, asc, eq, inArray, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { PersonRef, TenantRecord } from './providers/port.ts';
import { slugFault } from './rules.ts';
import type { TenantStatus } from './schemas.ts';
import { isOpen, members, memberships, OPEN_STATUSES, tenants, tenantBranding, tenantSettings, tenantSlugs } from './tables.ts';

/** Adds a person to a tenant, once. Runs as the platform: the membership and what the tenant sees of it are one act. */
export async function joinTenant(
  db: Database,
  tenantId: string,
  { id, email, name, kind = 'person', shown }: PersonRef,
  at: Date,
  invitedBy: string | null = null,
): Promise<void> {
  await db.insert(memberships).values({ tenantId, userId: id, createdAt: at, updatedAt: at }).onConflictDoNothing();
  const [elsewhere] = shown ? [shown] : await db.select(SHOWN).from(members).where(eq(members.id, id)).limit(1);
  await db
    .insert(members)
    .values({ tenantId, id, kind, email, name, invitedBy, joinedAt: at, ...elsewhere })
    .onConflictDoNothing();
}

const SHOWN = { mfa: members.mfa, lastLoginAt: members.lastLoginAt, avatarUrl: members.avatarUrl };

export interface NewTenant {
  slug: string;
  name: string;
  type?: TenantRecord['type'];
  region?: string;
  /** Left out, the operator of the installation made it: nothing is limited. */
  plan?: string;
  chosenPlan?: string | null;
  trialEndsAt?: Date | null;
}

/** Makes the data key of a new tenant, seeds its roles and makes the person its owner. */
export type Provision = (db: Database, tenantId: string, ownerId: string, at: Date) => Promise<void>;

/** Throws `validation-failed` for a slug that nobody can have. */
export function requireSlug(slug: string): void {
  const fault = slugFault(slug);
  if (fault)
    throw new Problem('validation-failed', `The slug "${slug}" cannot be used: ${fault}.`, { errors: [{ pointer: '/slug', message: fault }] });
}

export const slugTaken = (slug: string): Problem => new Problem('slug-taken', `The slug "${slug}" is taken. Choose another.`);

function requireName(name: string): string {
  const called = name.trim();
  if (called.length >= 2 && called.length <= 100) return called;
  throw new Problem('validation-failed', 'The name has to have 2 to 100 characters.', {
    errors: [{ pointer: '/name', message: '2 to 100 characters' }],
  });
}

/** A tenant with its owner, settings, roles and first grant, all in the caller's platform transaction. Throws `slug-taken` or `validation-failed`. */
export async function createTenant(
  db: Database,
  { slug, name, trialEndsAt = null, ...wanted }: NewTenant,
  owner: PersonRef,
  provision: Provision,
  at: Date,
): Promise<TenantRecord> {
  requireSlug(slug);
  const called = requireName(name);
  const id = newId();
  const own = { tenantId: id, id, createdAt: at, updatedAt: at };
  const trial = trialEndsAt ? { status: 'trialing' as const, trialStartedAt: at, trialEndsAt } : {};
  try {
    const [row] = await db
      .insert(tenants)
      .values({ ...own, slug, name: called, ...wanted, ...trial, ownerId: owner.id, createdBy: owner.id })
      .returning();
    await db.insert(tenantSlugs).values({ ...own, id: newId(), slug });
    await db.insert(tenantSettings).values(own);
    await db.insert(tenantBranding).values(own);
    await joinTenant(db, id, owner, at);
    await provision(db, id, owner.id, at);
    return row!;
  } catch (error) {
    if (isUniqueViolation(error, 'tenants_slug_key') || isUniqueViolation(error, 'tenant_slugs_key')) throw slugTaken(slug);
    throw error;
  }
}

export async function tenantBySlug(db: Database, slug: string): Promise<TenantRecord | undefined> {
  const [row] = await db.select().from(tenants).where(eq(tenants.slug, slug));
  return row;
}

export async function tenantById(db: Database, id: string): Promise<TenantRecord | undefined> {
  const [row] = await db.select().from(tenants).where(eq(tenants.id, id));
  return row;
}

/** Tenants of which the person is an active member, the oldest membership first; those that are closed too, for the words of a refusal. */
export async function tenantsOf(db: Database, userId: string, statuses: readonly TenantStatus[] = OPEN_STATUSES): Promise<TenantRecord[]> {
  const rows = await db
    .select({ tenant: tenants })
    .from(memberships)
    .innerJoin(tenants, eq(tenants.tenantId, memberships.tenantId))
    .innerJoin(members, and(eq(members.tenantId, memberships.tenantId), eq(members.id, memberships.userId)))
    .where(and(eq(memberships.userId, userId), eq(members.status, 'active'), inArray(tenants.status, [...statuses])))
    .orderBy(asc(memberships.createdAt), asc(tenants.id));
  return rows.map((row) => row.tenant);
}

/** For work by the clock: every tenant in which people may work. */
export const activeTenantIds = (databases: Databases): Promise<string[]> =>
  databases.platform('tenants for scheduled work', async (db) =>
    (await db.select({ id: tenants.id }).from(tenants).where(isOpen)).map((row) => row.id),
  );

/** Ends a status for another, once; answers the row, or undefined when the tenant was in none of `from`. Runs as the platform. */
export async function moveStatus(
  db: Database,
  tenantId: string,
  from: readonly TenantStatus[],
  patch: Partial<typeof tenants.$inferInsert>,
  at: Date,
): Promise<TenantRecord | undefined> {
  const [row] = await db
    .update(tenants)
    .set({ ...patch, version: sql`${tenants.version} + 1`, updatedAt: at })
    .where(and(eq(tenants.tenantId, tenantId), inArray(tenants.status, [...from])))
    .returning();
  return row;
}
