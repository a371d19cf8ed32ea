import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Persons, Tenants } from '../providers/port.ts';
import { slugFault } from '../rules.ts';
import { tenantName } from '../schemas.ts';

export const tenantsSlugAvailable = defineOperation({
  name: 'tenants.slugAvailable',
  summary: 'See whether a slug is free, or have one suggested',
  description: 'Given a slug, whether you can have it; given a name, a slug that fits it and is free.',
  permission: 'tenants:create',
  risk: 'read',
  access: 'self',
  route: { method: 'GET', path: '/tenants/slug-available' },
  input: z.object({ slug: z.string().max(100).optional().meta({ title: 'Slug' }), name: tenantName.optional() }),
  output: z.object({ slug: z.string(), available: z.boolean(), reason: z.string().nullable() }),
  targets: 'none',
  async run(ctx, { slug, name }) {
    const tenants = ctx.provider(Tenants);
    await ctx.provider(Persons).takeTry('slugNetwork', ctx.actor.ip ?? 'unknown');
    if (slug === undefined) return { slug: await tenants.suggest(name ?? 'tenant'), available: true, reason: null };
    const fault = slugFault(slug);
    if (fault !== undefined) return { slug, available: false, reason: fault };
    const taken = await tenants.isTaken(slug);
    return { slug, available: !taken, reason: taken ? 'It is taken' : null };
  },
});
