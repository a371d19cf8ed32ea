import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { selfOf } from '../factors/own.ts';
import { Enrolment } from '../factors/ports.ts';
import { PROOF } from '../factors/rules.ts';
import { BackupCodes } from '../factors/schemas.ts';

export const authMfaBackupCodesRegenerate = defineOperation({
  name: 'auth.mfa.backupCodes.regenerate',
  summary: 'Make new backup codes',
  description: 'Ten codes that each stand in for a second factor once. Those of before are void.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  stepUp: PROOF.change,
  route: { method: 'POST', path: '/auth/mfa/backup-codes' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({}),
  output: z.object({ backupCodes: BackupCodes }),
  targets: 'none',
  async run(ctx) {
    return { backupCodes: await ctx.provider(Enrolment).regenerate(selfOf(ctx)) };
  },
});
