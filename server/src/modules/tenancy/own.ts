import type { Context, ReadContext } from '#kernel/context.ts';
import { eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { tenants, type TenantRow } from './tables.ts';

/** The tenant that the call is in. */
export const ownTenant = (ctx: ReadContext): Promise<TenantRow> => ctx.once('tenant', () => readTenant(ctx, false));

/** The same under lock: whoever changes the tenant as a whole takes turns. */
export const lockTenant = (ctx: ReadContext): Promise<TenantRow> => readTenant(ctx, true);

async function readTenant({ db, tenantId }: ReadContext, lock: boolean): Promise<TenantRow> {
  const query = db.select().from(tenants).where(eq(tenants.tenantId, tenantId));
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw new Problem('tenant-not-found', 'There is no such tenant, or you are not an active member of it.');
  return row;
}

/** If-Match, or the version that came with the document, names what the caller has seen. */
export function requireSeen(what: string, version: number, ctx: ReadContext, given?: number): void {
  const seen = (ctx as Partial<Context>).ifMatch ?? (given === undefined ? undefined : String(given));
  if (seen === undefined || seen === '*' || seen === String(version)) return;
  throw new Problem('version-conflict', `${what} is at version ${version} and you have seen ${seen}. Read it again and repeat your edit.`, {
    version,
  });
}
