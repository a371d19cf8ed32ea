import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { PublicGlasses } from '../port.ts';
import { nothingShown, shownServers } from '../public.ts';
import { PublicServers } from '../schemas.ts';

export const exchangePublicGlassServers = defineOperation({
  name: 'exchange.publicGlass.servers',
  summary: 'List the route servers whose looking glass is shown to the world',
  description: 'Of fabrics that are published and have their looking glass public; without a sign-in. Thirty calls a minute from one network.',
  permission: 'exchange:look',
  access: 'public',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/{tenant}/looking-glass' },
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ tenant: z.string().min(1).max(64).meta({ title: 'Tenant', help: 'Its short name' }) }),
  output: PublicServers,
  targets: 'none',
  async run(ctx, { tenant }) {
    const looker = await ctx.provider(PublicGlasses).of(tenant, ctx.actor.ip);
    const items = looker ? await looker.read((db) => shownServers({ db, tenantId: looker.tenantId })) : [];
    if (items.length === 0) throw nothingShown();
    return { items };
  },
});
