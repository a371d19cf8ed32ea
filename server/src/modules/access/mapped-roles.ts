import type { ReadContext } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, isNull } from '#kernel/drizzle.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import { canonicalJson, newId } from '#kernel/ids.ts';
import type { Scope } from '#kernel/scope.ts';
import { findRole, requireOfferable } from './granting.ts';
import { unended } from './rights.ts';
import { grants, roles } from './tables.ts';

interface MappedRole {
  roleId: string;
  scope: Scope;
}
interface Wanted {
  tenantId: string;
  userId: string;
  provider: string;
  roles: readonly MappedRole[];
}

/** What the grants of one identity provider are known by, beside that nobody gave them: people may write any reason. */
const reasonOf = (provider: string): string => `Groups at identity provider ${provider}`;
const sameness = ({ roleId, scope }: MappedRole): string => canonicalJson([roleId, scope]);

/** Grants that follow the groups of a person at their identity provider: exactly those, from one sign-in to the next. Runs as the platform. */
async function apply(db: Database, { tenantId, userId, provider, roles: wanted }: Wanted, at: Date): Promise<boolean> {
  const reason = reasonOf(provider);
  const held = await db
    .select()
    .from(grants)
    .where(and(eq(grants.tenantId, tenantId), eq(grants.subjectId, userId), eq(grants.reason, reason), isNull(grants.grantedBy), unended(at)));
  const wishes = new Set(wanted.map(sameness));
  const has = new Set(held.map(sameness));
  const over = held.filter((grant) => !wishes.has(sameness(grant)));
  const missing = wanted.filter((wish) => !has.has(sameness(wish)));
  if (over.length > 0)
    await db
      .update(grants)
      .set({ revokedAt: at, updatedAt: at })
      .where(and(eq(grants.tenantId, tenantId), inArray(grants.id, over.map(({ id }) => id)))); // prettier-ignore
  const concerned = [...missing, ...over].map(({ roleId }) => roleId);
  const known = concerned.length === 0 ? [] : await db.select({ id: roles.id, key: roles.key, assignable: roles.assignable }).from(roles).where(and(eq(roles.tenantId, tenantId), inArray(roles.id, concerned))); // prettier-ignore
  const roleOf = new Map(known.map((role) => [role.id, role]));
  const made = missing
    // A role may have been deleted, or closed to grants, since it was mapped.
    .filter(({ roleId }) => roleOf.get(roleId)?.assignable)
    .map(({ roleId, scope }) => ({ tenantId, id: newId(), subjectId: userId, roleId, scope, validFrom: at, reason }));
  if (made.length > 0) await db.insert(grants).values(made);
  const about = (grantId: string, roleId: string) => ({ grantId, subjectId: userId, role: roleOf.get(roleId)!.key, provider });
  const emitted: Emitted[] = [
    ...made.map(({ id, roleId, scope }) => ({ type: 'grant.created', data: { ...about(id, roleId), scope, validUntil: null } })),
    ...over.map(({ id, roleId }) => ({ type: 'grant.revoked', data: about(id, roleId) })),
  ];
  return (await appendEvents(db, tenantId, emitted, null)) > 0;
}

/** The adapter of the port MappedRoles of identity. */
export const createMappedRoles = ({ changed }: { changed: () => void }) => ({
  apply,
  async requireGivable(ctx: ReadContext, mapped: readonly MappedRole[]): Promise<void> {
    for (const { roleId, scope } of new Map(mapped.map((one) => [sameness(one), one])).values())
      await requireOfferable(ctx, { role: await findRole(ctx, roleId), scope, validUntil: null });
  },
  changed,
});
