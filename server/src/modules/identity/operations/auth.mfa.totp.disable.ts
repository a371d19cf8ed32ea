import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { announce, selfOf } from '../factors/own.ts';
import { Enrolment } from '../factors/ports.ts';
import { PROOF } from '../factors/rules.ts';

export const authMfaTotpDisable = defineOperation({
  name: 'auth.mfa.totp.disable',
  summary: 'Remove your authenticator app',
  description: 'Needs a second factor of the last five minutes. Refused when a tenant demands one and none would be left. Other sessions have to prove themselves again.', // prettier-ignore
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  stepUp: PROOF.change,
  route: { method: 'DELETE', path: '/auth/mfa/totp' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({}),
  output: z.object({ removed: z.literal('totp') }),
  targets: 'none',
  async run(ctx) {
    await ctx.provider(Enrolment).remove(selfOf(ctx), 'totp');
    announce(ctx, 'auth.mfa_disabled', { factor: 'totp' });
    return { removed: 'totp' as const };
  },
});
