import type { Context, ReadContext } from '#kernel/context.ts';
import { eq, getTableColumns, sql } from '#kernel/drizzle.ts';
import { ownTenant } from '../own.ts';
import { requireFeature } from '../settings/store.ts';
import { tenantBranding } from '../tables.ts';

const { logo: _logo, icon: _icon, ...withoutPictures } = getTableColumns(tenantBranding);
export type BrandingRow = Omit<typeof tenantBranding.$inferSelect, 'logo' | 'icon'>;

export async function readBranding({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>, lock = false): Promise<BrandingRow> {
  const query = db.select(withoutPictures).from(tenantBranding).where(eq(tenantBranding.tenantId, tenantId));
  const [row] = await (lock ? query.for('update') : query);
  return row!;
}

export async function writeBranding(ctx: Context, patch: Partial<typeof tenantBranding.$inferInsert>): Promise<BrandingRow> {
  const [row] = await ctx.db
    .update(tenantBranding)
    .set({ ...patch, version: sql`${tenantBranding.version} + 1`, updatedAt: ctx.now() })
    .where(eq(tenantBranding.tenantId, ctx.tenantId))
    .returning(withoutPictures);
  ctx.emit('tenant.updated', { tenantId: ctx.tenantId, fields: Object.keys(patch).map((field) => `branding.${field}`) });
  return row!;
}

/** Throws `feature-not-in-plan`. */
export const requireBranding = async (ctx: ReadContext): Promise<void> => requireFeature((await ownTenant(ctx)).plan, 'branding', 'Branding');
