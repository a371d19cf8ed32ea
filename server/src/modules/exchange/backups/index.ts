import { z } from 'zod';
import type { Module } from '#kernel/module.ts';
import { exchangeBackupsCreate } from './operations/exchange.backups.create.ts';
import { exchangeBackupsDrill } from './operations/exchange.backups.drill.ts';
import { exchangeBackupsGet } from './operations/exchange.backups.get.ts';
import { exchangeBackupsList } from './operations/exchange.backups.list.ts';
import { exchangeBackupsRestore } from './operations/exchange.backups.restore.ts';
import './problems.ts';
import { DRILL_RESULTS } from './schemas.ts';
import { backUpControllers, drillBackups } from './schedule.ts';

export const operations = [exchangeBackupsList, exchangeBackupsGet, exchangeBackupsCreate, exchangeBackupsDrill, exchangeBackupsRestore];

const controller = z.object({ id: z.uuid(), name: z.string() });
const backup = controller.extend({ backupId: z.uuid() });

export const events: NonNullable<Module['events']> = {
  'exchange.backup.taken': { summary: 'A ZeroTier controller was backed up', data: backup.extend({ networks: z.int(), members: z.int() }) },
  'exchange.backup.failed': { summary: 'A ZeroTier controller could not be backed up', data: controller.extend({ code: z.string() }) },
  'exchange.backup.drilled': {
    summary: 'It was tried whether a backup could be restored; a second failure in a row is critical',
    data: backup.extend({ result: z.enum(DRILL_RESULTS), severity: z.enum(['info', 'warning', 'critical']) }),
  },
  'exchange.controller.restored': { summary: 'A ZeroTier controller was put back to a backup', data: backup },
};

export const schedules: NonNullable<Module['schedules']> = [
  { name: 'exchange-backups', cron: '0 3 * * *', outside: backUpControllers },
  { name: 'exchange-backup-drills', cron: '0 4 1 * *', outside: drillBackups },
];
