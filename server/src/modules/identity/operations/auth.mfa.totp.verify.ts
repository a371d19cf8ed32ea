import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { announce, selfOf } from '../factors/own.ts';
import { Enrolment } from '../factors/ports.ts';
import { BackupCodes, Label, SixDigits } from '../factors/schemas.ts';

export const authMfaTotpVerify = defineOperation({
  name: 'auth.mfa.totp.verify',
  summary: 'Finish setting up an authenticator app with its first code',
  description: 'The app counts from now on, in place of an earlier one. Answers ten backup codes; those of before are void. Other sessions have to prove themselves again.', // prettier-ignore
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'POST', path: '/auth/mfa/totp/verify' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ code: SixDigits, label: Label.default('') }),
  output: z.object({ backupCodes: BackupCodes }),
  targets: 'none',
  async run(ctx, { code, label }) {
    const backupCodes = await ctx.provider(Enrolment).confirmTotp(selfOf(ctx), code, label);
    announce(ctx, 'auth.mfa_enabled', { factor: 'totp' });
    return { backupCodes };
  },
});
