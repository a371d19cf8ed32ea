import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { announce, selfOf } from '../factors/own.ts';
import { Enrolment } from '../factors/ports.ts';
import { PROOF } from '../factors/rules.ts';

export const authMfaSmsDisable = defineOperation({
  name: 'auth.mfa.sms.disable',
  summary: 'Remove SMS codes as a second factor',
  description: 'Needs a second factor of the last five minutes. Refused when a tenant demands one and none would be left. Other sessions have to prove themselves again.', // prettier-ignore
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  stepUp: PROOF.change,
  route: { method: 'DELETE', path: '/auth/mfa/sms' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({}),
  output: z.object({ removed: z.literal('sms') }),
  targets: 'none',
  async run(ctx) {
    await ctx.provider(Enrolment).remove(selfOf(ctx), 'sms');
    announce(ctx, 'auth.mfa_disabled', { factor: 'sms' });
    return { removed: 'sms' as const };
  },
});
