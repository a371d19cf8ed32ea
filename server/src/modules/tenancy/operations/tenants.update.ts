import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { lockTenant, ownTenant, requireSeen } from '../own.ts';
import { Company, slugField, Tenant, tenant, tenantId, tenantName, TenantType } from '../schemas.ts';
import { takeSlug } from '../slugs.ts';
import { tenants, type TenantRow } from '../tables.ts';
import { requireSlug, slugTaken } from '../tenants.ts';

const FIELDS = ['name', 'slug', 'type', 'company'] as const;
const input = z.object({
  id: tenantId,
  name: tenantName.optional(),
  slug: slugField.optional(),
  type: TenantType.optional().meta({ title: 'Kind' }),
  company: Company.optional().meta({ title: 'Company', help: 'Replaces what was there' }),
  version: z.int().optional().meta({ title: 'Version', help: 'The one you have seen', widget: 'hidden' }),
});
type Wish = z.output<typeof input>;

const changesOf = (row: TenantRow, wish: Wish) =>
  FIELDS.filter((field) => wish[field] !== undefined && JSON.stringify(wish[field]) !== JSON.stringify(row[field]));

export const tenantsUpdate = defineOperation({
  name: 'tenants.update',
  summary: 'Change the name, slug or company data of a tenant',
  description: 'The old slug leads to the new one for 90 days, and nobody else can have it for 180.',
  permission: 'tenants:update',
  risk: 'write',
  route: { method: 'PATCH', path: '/tenants/{id}' },
  tenantField: 'id',
  input,
  output: Tenant,
  targets: 'none',
  async plan(ctx, wish) {
    const row = await ownTenant(ctx);
    requireSeen(row.name, row.version, ctx, wish.version);
    if (wish.slug !== undefined) requireSlug(wish.slug);
    const changed = changesOf(row, wish);
    return {
      summary: changed.length === 0 ? `Change nothing about ${row.name}` : `Change ${changed.join(', ')} of ${row.name}`,
      changes: [
        { action: changed.length === 0 ? 'none' : 'update', type: 'tenant', id: row.id, name: row.name, fields: changed.map((path) => ({ path, before: row[path] as never, after: wish[path] as never })) },
      ],
      warnings: changed.includes('slug') ? ['The address of the tenant changes. The old one leads on for 90 days.'] : [],
      observed: { tenant: String(row.version) },
      reversible: 'Change it back.',
    }; // prettier-ignore
  },
  async run(ctx, wish) {
    const row = await lockTenant(ctx);
    requireSeen(row.name, row.version, ctx, wish.version);
    const changed = changesOf(row, wish);
    if (changed.length === 0) return tenant(row);
    const at = ctx.now();
    if (changed.includes('slug')) await takeSlug(ctx, row.slug, wish.slug!);
    const [after] = await ctx.db
      .update(tenants)
      .set({ ...Object.fromEntries(changed.map((field) => [field, wish[field]])), version: sql`${tenants.version} + 1`, updatedAt: at })
      .where(eq(tenants.tenantId, ctx.tenantId))
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error, 'tenants_slug_key') ? slugTaken(wish.slug!) : error;
      });
    ctx.emit('tenant.updated', { tenantId: ctx.tenantId, fields: changed });
    return tenant(after!);
  },
});
