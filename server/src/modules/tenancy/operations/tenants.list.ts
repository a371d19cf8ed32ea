import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Tenants } from '../providers/port.ts';
import { Tenant, tenant } from '../schemas.ts';

export const tenantsList = defineOperation({
  name: 'tenants.list',
  summary: 'List the tenants you are a member of',
  description: 'With those that are suspended or being deleted: their status says so.',
  permission: 'tenants:read',
  risk: 'read',
  access: 'self',
  input: z.object({}),
  output: z.object({ items: z.array(Tenant), nextCursor: z.null() }),
  targets: 'none',
  async run(ctx) {
    const mine = await ctx.provider(Tenants).mine(ctx.actor.id);
    // A key belongs to one tenant and shows no other.
    const visible = ctx.actor.kind === 'user' ? mine : mine.filter((one) => one.id === ctx.tenantId);
    return { items: visible.map(tenant), nextCursor: null };
  },
});
