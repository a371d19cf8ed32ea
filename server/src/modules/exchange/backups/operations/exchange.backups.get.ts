import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Backup, backupId } from '../schemas.ts';
import { backupOf, backupView, oneBackup } from '../store.ts';

export const exchangeBackupsGet = defineOperation({
  name: 'exchange.backups.get',
  summary: 'Show a backup of a ZeroTier controller',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ id: backupId }),
  output: Backup,
  targets: oneBackup,
  run: async (ctx, { id }) => backupView(await backupOf(ctx, id)),
});
