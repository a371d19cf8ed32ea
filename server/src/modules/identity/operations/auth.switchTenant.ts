import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Accounts } from '../providers/port.ts';
import { signedIn, SignedIn } from '../schemas.ts';

export const authSwitchTenant = defineOperation({
  name: 'auth.switchTenant',
  summary: 'Go on in another of your tenants',
  description: 'Ends this session and opens one in the other tenant, with a new token of the same type and the same latest end.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  session: 'start',
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ tenantId: z.uuid().meta({ title: 'Tenant' }) }),
  output: SignedIn,
  targets: 'none',
  async run(ctx, { tenantId }) {
    return signedIn(await ctx.provider(Accounts).switchTenant(requireSession(ctx.actor), tenantId, ctx.actor.ip));
  },
});
