import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { signedIn, SignedIn } from '../schemas.ts';
import { Sessions } from '../sessions/port.ts';

export const authSwitchTenant = defineOperation({
  name: 'auth.switchTenant',
  summary: 'Go on in another of your tenants',
  description: 'The session goes on there with a new token of the same type and the same latest end; the old token is worth nothing.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  session: 'start',
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ tenantId: z.uuid().meta({ title: 'Tenant' }) }),
  output: SignedIn,
  targets: 'none',
  run: async (ctx, { tenantId }) => signedIn(await ctx.provider(Sessions).switchTenant(requireSession(ctx.actor), tenantId)),
});
