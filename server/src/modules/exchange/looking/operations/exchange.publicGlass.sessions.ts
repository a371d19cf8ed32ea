import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { PublicGlasses } from '../port.ts';
import { nothingShown, shownSessions } from '../public.ts';
import { PublicSessions } from '../schemas.ts';

export const exchangePublicGlassSessions = defineOperation({
  name: 'exchange.publicGlass.sessions',
  summary: 'List the sessions of a route server, for the world',
  description:
    'Those of active members, with how many routes came in and went out; nothing of what is refused or went wrong. Thirty calls a minute from one network.',
  permission: 'exchange:look',
  access: 'public',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/{tenant}/looking-glass/{server}/sessions' },
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({
    tenant: z.string().min(1).max(64).meta({ title: 'Tenant', help: 'Its short name' }),
    server: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,31}$/)
      .meta({ title: 'Route server', help: 'Its short name' }),
  }),
  output: PublicSessions,
  targets: 'none',
  async run(ctx, { tenant, server }) {
    const looker = await ctx.provider(PublicGlasses).of(tenant, ctx.actor.ip);
    if (!looker) throw nothingShown();
    return shownSessions(looker, server);
  },
});
