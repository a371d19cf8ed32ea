import { z } from 'zod';
import { asc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { tenantHost } from '../domains/rows.ts';
import { domain, Domain } from '../domains/schemas.ts';
import { tenantId } from '../schemas.ts';
import { tenantDomains } from '../tables.ts';

export const tenantsDomainsList = defineOperation({
  name: 'tenants.domains.list',
  summary: 'List the domains of a tenant, with what each needs',
  permission: 'domains:read',
  risk: 'read',
  route: { method: 'GET', path: '/tenants/{id}/domains' },
  tenantField: 'id',
  input: z.object({ id: tenantId }),
  output: z.object({ items: z.array(Domain), nextCursor: z.null() }),
  targets: 'none',
  async run(ctx) {
    const rows = await ctx.db.select().from(tenantDomains).where(eq(tenantDomains.tenantId, ctx.tenantId)).orderBy(asc(tenantDomains.domain));
    return { items: rows.map((row) => domain(row, tenantHost(ctx))), nextCursor: null };
  },
});
