import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Tenants } from '../providers/port.ts';
import { Tenant, tenant, tenantId } from '../schemas.ts';

export const tenantsRestore = defineOperation({
  name: 'tenants.restore',
  summary: 'Take back the deletion of a tenant that you own',
  description: 'Nobody can enter a tenant that is being deleted, so this is called from outside of it.',
  permission: 'tenants:delete',
  risk: 'high',
  change: 'none',
  access: 'self',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/tenants/{id}/restore' },
  input: z.object({ id: tenantId }),
  output: Tenant,
  targets: 'none',
  async run(ctx, { id }) {
    if (ctx.actor.kind !== 'user') throw new Problem('session-required', 'This needs a person who is signed in; an API key may not do it.');
    return tenant(await ctx.provider(Tenants).restore(id, ctx.actor.id));
  },
});
