import type { Context } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq, isNotNull } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { tenantSlugs } from './tables.ts';
import { requireSlug, slugTaken } from './tenants.ts';

/**
 * Gives a slug up for another, in the tenant's own transaction. The unique index decides between tenants that cannot see one another.
 * One that this tenant gave up before comes back to it.
 */
export async function takeSlug({ db, tenantId, now }: Context, old: string, wanted: string): Promise<void> {
  requireSlug(wanted);
  const at = now();
  const mine = (slug: string) => and(eq(tenantSlugs.tenantId, tenantId), eq(tenantSlugs.slug, slug));
  const back = await db
    .update(tenantSlugs)
    .set({ givenUpAt: null, updatedAt: at })
    .where(and(mine(wanted), isNotNull(tenantSlugs.givenUpAt)));
  if (back.rowCount === 0)
    await db.insert(tenantSlugs).values({ tenantId, id: newId(), slug: wanted, createdAt: at, updatedAt: at }).catch((error: unknown) => {
      throw isUniqueViolation(error, 'tenant_slugs_key') ? slugTaken(wanted) : error;
    }); // prettier-ignore
  await db.update(tenantSlugs).set({ givenUpAt: at, updatedAt: at }).where(mine(old));
}
