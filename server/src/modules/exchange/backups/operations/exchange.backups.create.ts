import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { controllerId } from '../../controllers/schemas.ts';
import { controllerOf, controllerTarget, findController } from '../../controllers/store.ts';
import { creation } from '../../plans.ts';
import { Backup } from '../schemas.ts';
import { backupView, findBackup, usableFolder } from '../store.ts';
import { backups } from '../tables.ts';
import { takeBackup } from '../take.ts';

export const exchangeBackupsCreate = defineOperation({
  name: 'exchange.backups.create',
  summary: 'Back up a ZeroTier controller',
  description:
    'Networks, members, token and identity of the installation’s own controller, from its files and while it runs. They are kept sealed under the key of the tenant and shown to nobody: whoever has the identity is the controller.',
  permission: 'exchange:manage',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 300,
  input: z.object({ controllerId }),
  output: Backup,
  targets: async (ctx, wish) => [controllerTarget(await controllerOf(ctx, wish.controllerId))],
  async plan(ctx, wish) {
    const controller = await controllerOf(ctx, wish.controllerId);
    usableFolder(ctx, controller);
    return {
      summary: `Back up the controller "${controller.name}"`,
      steps: [{ title: 'Read its files, and keep them sealed', seconds: 5 }],
      changes: creation('exchangeControllerBackup', controller.name, { controller: controller.name, nodeId: controller.nodeId }),
      reversible: `Nothing is changed at the controller. The newest ${controller.backupKeep} are kept.`,
    };
  },
  async execute(work, wish) {
    const { id } = await work.step('backup', 'Read the files of the controller', async () => takeBackup(work, await work.tx((ctx) => findController(ctx, wish.controllerId)), 'manual'), () =>
      work.tx(async ({ db, tenantId }) => {
        const ours = and(eq(backups.tenantId, tenantId), eq(backups.changeId, work.changeId), eq(backups.status, 'complete'));
        const [row] = await db.select({ id: backups.id }).from(backups).where(ours);
        return row;
      }));
    return work.tx(async (ctx) => backupView(await findBackup(ctx, id)));
  },
}); // prettier-ignore
