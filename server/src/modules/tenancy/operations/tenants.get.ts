import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Tenants } from '../providers/port.ts';
import { Tenant, tenant } from '../schemas.ts';

export const tenantsGet = defineOperation({
  name: 'tenants.get',
  summary: 'Show the tenant you are in',
  permission: 'tenants:read',
  risk: 'read',
  input: z.object({ id: z.uuid() }),
  output: Tenant,
  targets: 'none',
  async run(ctx, { id }) {
    const found = id === ctx.tenantId ? await ctx.provider(Tenants).get(id) : undefined;
    if (!found) throw new Problem('not-found', 'There is no such tenant, or you are not in it. Switch to it first.');
    return tenant(found);
  },
});
