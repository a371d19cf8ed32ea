import { bigint, integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Listed } from './archive.ts';
import type { BackupCause, BackupStatus, DrillResult } from './schemas.ts';

export const backups = tenantTable('exchange_controller_backups', {
  controllerId: uuid('controller_id').notNull(),
  cause: text('cause').$type<BackupCause>().notNull(),
  status: text('status').$type<BackupStatus>().notNull(),
  nodeId: text('node_id'),
  networks: integer('networks').notNull().default(0),
  members: integer('members').notNull().default(0),
  bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
  sha256: text('sha256'),
  files: jsonb('files').$type<Listed[]>().notNull().default([]),
  /** Sealed. */
  archive: text('archive'),
  problemCode: text('problem_code'),
  detail: text('detail'),
  drill: text('drill').$type<DrillResult>(),
  drillDetail: text('drill_detail'),
  drillAt: timestamp('drill_at', { withTimezone: true }),
  changeId: uuid('change_id'),
});
export type BackupRow = typeof backups.$inferSelect;
