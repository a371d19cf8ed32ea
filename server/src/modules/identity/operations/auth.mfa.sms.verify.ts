import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { announce, selfOf } from '../factors/own.ts';
import { Phones } from '../factors/ports.ts';
import { BackupCodes, SixDigits } from '../factors/schemas.ts';

export const authMfaSmsVerify = defineOperation({
  name: 'auth.mfa.sms.verify',
  summary: 'Finish setting up SMS codes with the one that was sent',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'POST', path: '/auth/mfa/sms/verify' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ code: SixDigits }),
  output: z.object({ status: z.literal('enabled'), backupCodes: BackupCodes.nullable().meta({ help: 'Null when you have some already' }) }),
  targets: 'none',
  async run(ctx, { code }) {
    const backupCodes = await ctx.provider(Phones).confirmSetup(selfOf(ctx), code);
    announce(ctx, 'auth.mfa_enabled', { factor: 'sms' });
    return { status: 'enabled' as const, backupCodes };
  },
});
