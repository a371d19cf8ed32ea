import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireMayAdd, selfOf } from '../factors/own.ts';
import { Phones } from '../factors/ports.ts';
import { Password, Sent } from '../factors/schemas.ts';

export const authMfaSmsSetup = defineOperation({
  name: 'auth.mfa.sms.setup',
  summary: 'Begin to use SMS codes as a second factor',
  description: 'Texts a code to your verified phone number. Refused when you have an authenticator app or a passkey, which are stronger.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'POST', path: '/auth/mfa/sms/setup' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ password: Password.optional() }),
  output: Sent,
  targets: 'none',
  async run(ctx, { password }) {
    const self = selfOf(ctx);
    await requireMayAdd(ctx, self, password);
    return { status: 'sent' as const, ...(await ctx.provider(Phones).sendSetup(self)) };
  },
});
