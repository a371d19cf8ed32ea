import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Tenants } from '../providers/port.ts';
import { planKey, slugField, Tenant, tenant, tenantName, TenantType } from '../schemas.ts';

export const tenantsCreate = defineOperation({
  name: 'tenants.create',
  summary: 'Create a tenant of your own',
  description:
    'You become its owner. Its roles, settings and address are made with it, all or nothing. The first tenant of a person begins with a trial. Without a slug one is made from the name.',
  permission: 'tenants:create',
  risk: 'write',
  change: 'none',
  access: 'self',
  input: z.object({
    name: tenantName,
    slug: slugField.optional(),
    type: TenantType.optional().meta({ title: 'Kind' }),
    region: z
      .string()
      .regex(/^[a-z0-9-]{2,50}$/)
      .optional()
      .meta({ title: 'Region', help: 'Where the data is kept; cannot be changed later' }),
    plan: planKey.optional().meta({ title: 'Plan', help: 'What you would like to be on; it takes effect when it is paid for' }),
  }),
  output: Tenant,
  targets: 'none',
  async run(ctx, wanted) {
    // A stolen key must not be able to found tenants in its owner's name.
    if (ctx.actor.kind !== 'user') throw new Problem('session-required', 'This needs a person who is signed in; an API key may not do it.');
    return tenant(await ctx.provider(Tenants).create(ctx.actor.id, { ...wanted, slug: wanted.slug }));
  },
});
