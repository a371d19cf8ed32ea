import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { drill } from '../drill.ts';
import { Backup, backupId } from '../schemas.ts';
import { backupOf, backupView, findBackup, oneBackup } from '../store.ts';

export const exchangeBackupsDrill = defineOperation({
  name: 'exchange.backups.drill',
  summary: 'Try whether a backup of a ZeroTier controller could be restored',
  description:
    'It is opened, each file is held against its SHA-256, each record is read, the identity must be that of the controller, and every network and member that was there when it was taken must be in it. The controller in use is not touched.',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ id: backupId }),
  output: Backup,
  targets: oneBackup,
  async plan(ctx, { id }) {
    const { backup, controller } = await backupOf(ctx, id);
    const name = `${controller.name}, ${backup.createdAt.toISOString()}`;
    return {
      summary: `Try the backup of "${controller.name}" of ${backup.createdAt.toISOString()}`,
      changes: [{ action: 'update', type: 'exchangeControllerBackup', id, name, fields: [{ path: 'drill', before: backup.drill, after: 'what comes of it' }] }],
      reversible: 'Nothing but the result is written down.',
    };
  },
  async run(ctx, { id }) {
    await drill(ctx, id);
    return backupView(await findBackup(ctx, id));
  },
}); // prettier-ignore
