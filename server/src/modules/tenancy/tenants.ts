import { and, asc, eq } from 'drizzle-orm';
import { isUniqueViolation, type Database, type Databases } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { TenantRecord, Tenants } from './providers/port.ts';
import { slugFault } from './rules.ts';
import { members, memberships, tenants } from './tables.ts';

export interface PersonRef {
  id: string;
  email: string;
  name: string;
}

/** Adds a person to a tenant, once. Runs as the platform: the membership and what the tenant sees of it are one act. */
export async function joinTenant(db: Database, tenantId: string, { id, email, name }: PersonRef, at: Date): Promise<void> {
  await db.insert(memberships).values({ tenantId, userId: id, createdAt: at, updatedAt: at }).onConflictDoNothing();
  await db.insert(members).values({ tenantId, id, email, name, joinedAt: at }).onConflictDoNothing();
}

export interface NewTenant {
  slug: string;
  name: string;
}

/** Seeds the roles of a new tenant and makes the person its owner; module access has it. */
export type Provision = (db: Database, tenantId: string, ownerId: string, at: Date) => Promise<void>;

/** A tenant with its owner, roles and first grant, all in the caller's platform transaction. Throws `slug-taken` or `validation-failed`. */
export async function createTenant(
  db: Database,
  { slug, name }: NewTenant,
  owner: PersonRef,
  provision: Provision,
  at: Date,
): Promise<{ id: string; slug: string; name: string }> {
  const fault = slugFault(slug);
  if (fault)
    throw new Problem('validation-failed', `The slug "${slug}" cannot be used: ${fault}.`, { errors: [{ pointer: '/slug', message: fault }] });
  const called = name.trim();
  if (called.length < 2 || called.length > 100)
    throw new Problem('validation-failed', 'The name has to have 2 to 100 characters.', {
      errors: [{ pointer: '/name', message: '2 to 100 characters' }],
    });
  const id = newId();
  try {
    await db.insert(tenants).values({ id, slug, name: called, createdBy: owner.id, createdAt: at, updatedAt: at });
  } catch (error) {
    if (isUniqueViolation(error, 'tenants_slug_key')) throw new Problem('slug-taken', `The slug "${slug}" is taken. Choose another.`);
    throw error;
  }
  await joinTenant(db, id, owner, at);
  await provision(db, id, owner.id, at);
  return { id, slug, name: called };
}

export async function tenantBySlug(db: Database, slug: string): Promise<TenantRecord | undefined> {
  const [row] = await db.select().from(tenants).where(eq(tenants.slug, slug));
  return row;
}

const isActive = and(eq(memberships.status, 'active'), eq(tenants.status, 'active'));

/** Active memberships in active tenants, the oldest first. Runs as the platform. */
export const activeMemberships = (db: Database, userId: string) =>
  db
    .select({ tenantId: tenants.id, slug: tenants.slug, name: tenants.name })
    .from(memberships)
    .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
    .where(and(eq(memberships.userId, userId), isActive))
    .orderBy(asc(memberships.createdAt), asc(tenants.id));

export const createTenants = ({ databases }: { databases: Databases }): Tenants => ({
  get: (tenantId) => databases.platform('own tenant', async (db) => (await db.select().from(tenants).where(eq(tenants.id, tenantId)))[0]),
  mine: (userId) =>
    databases.platform('own tenants', async (db) => {
      const rows = await db.select({ tenant: tenants }).from(memberships).innerJoin(tenants, eq(tenants.id, memberships.tenantId)).where(and(eq(memberships.userId, userId), isActive)).orderBy(asc(memberships.createdAt), asc(tenants.id)); // prettier-ignore
      return rows.map((row) => row.tenant);
    }),
});

/** For work by the clock: every active tenant. */
export const activeTenantIds = (databases: Databases): Promise<string[]> =>
  databases.platform('tenants for scheduled work', async (db) =>
    (await db.select({ id: tenants.id }).from(tenants).where(eq(tenants.status, 'active'))).map((row) => row.id),
  );
