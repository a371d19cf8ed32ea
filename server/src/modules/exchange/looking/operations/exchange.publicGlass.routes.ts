import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput } from '#kernel/page.ts';
import { PublicGlasses } from '../port.ts';
import { nothingShown, shownRoutes } from '../public.ts';
import { prefix, PublicRoutes, session } from '../schemas.ts';

const NAME = 'exchange.publicGlass.routes';

export const exchangePublicGlassRoutes = defineOperation({
  name: NAME,
  summary: 'List accepted routes of a route server, for the world',
  description:
    'Of one session, or of all for `prefix`: of a prefix it and all that lie in it, of an address what leads there. Thirty calls a minute from one network.',
  permission: 'exchange:look',
  access: 'public',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/{tenant}/looking-glass/{server}/routes' },
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({
    tenant: z.string().min(1).max(64).meta({ title: 'Tenant', help: 'Its short name' }),
    server: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,31}$/)
      .meta({ title: 'Route server', help: 'Its short name' }),
    session: session.optional(),
    prefix: prefix.optional(),
    ...pageInput,
  }),
  output: PublicRoutes,
  targets: 'none',
  async run(ctx, { tenant, ...wanted }) {
    const looker = await ctx.provider(PublicGlasses).of(tenant, ctx.actor.ip);
    if (!looker) throw nothingShown();
    return shownRoutes(looker, NAME, wanted);
  },
});
