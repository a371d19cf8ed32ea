import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { controllerId } from '../../controllers/schemas.ts';
import { findController } from '../../controllers/store.ts';
import { controllers } from '../../controllers/tables.ts';
import { afterId } from '../../find.ts';
import { Backup } from '../schemas.ts';
import { backupView, joinedBackups } from '../store.ts';
import { backups } from '../tables.ts';

export const exchangeBackupsList = defineOperation({
  name: 'exchange.backups.list',
  summary: 'List backups of ZeroTier controllers',
  description: 'The newest first; also those that failed, and those whose content was let go of. What is in them is never shown.',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ controllerId: controllerId.optional(), ...pageInput }),
  output: pageOf(Backup),
  targets: 'filter',
  async run(ctx, { controllerId: wanted, cursor, limit }) {
    const before = afterId(cursor);
    const controller = wanted === undefined ? undefined : await findController(ctx, wanted);
    const rows = await joinedBackups(ctx)
      .where(
        and(
          eq(backups.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'exchangeController', id: controllers.id }),
          controller ? eq(backups.controllerId, controller.id) : undefined,
          before === undefined ? undefined : lt(backups.id, before),
        ),
      )
      .orderBy(desc(backups.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ backup }) => [backup.id], backupView);
  },
});
