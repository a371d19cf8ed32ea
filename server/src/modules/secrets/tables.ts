import { boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { AccessResult, SecretScope, ValueKind, ValueType } from './schemas.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** Secrets and environment variables: what is known of them but their values. */
export const secrets = tenantTable('secrets', {
  kind: text('kind').$type<ValueKind>().notNull(),
  name: text('name').notNull(),
  scope: text('scope').$type<SecretScope>().notNull(),
  /** Slug; null for the whole workspace. */
  project: text('project'),
  /** Null for all environments. */
  environment: text('environment'),
  type: text('type').$type<ValueType>().notNull(),
  description: text('description').notNull(),
  tags: jsonb('tags').$type<Record<string, string>>().notNull(),
  service: text('service'),
  templateId: text('template_id'),
  /** Slug of the team that answers for it. */
  ownerTeam: text('owner_team'),
  /** Number of the newest version, which is the one in force. */
  currentVersion: integer('current_version').notNull(),
  /** When the value in force was set. */
  rotatedAt: moment('rotated_at').notNull(),
  expiresAt: moment('expires_at'),
  /** Days. */
  rotateEvery: integer('rotate_every'),
  /** Nodes of workflows that use it at the same time at most. */
  maxInFlight: integer('max_in_flight'),
  rotateDueAt: moment('rotate_due_at'),
  /** To the minute: not every use is written down here, all are in the access log. */
  lastAccessedAt: moment('last_accessed_at'),
  createdBy: text('created_by').notNull(),
  createdByName: text('created_by_name').notNull(),
  deletedAt: moment('deleted_at'),
  purgeAfter: moment('purge_after'),
  /** Counts edits, for ETags. */
  version: integer('version').notNull().default(1),
});
export type SecretRow = typeof secrets.$inferSelect;

/** Values, sealed; see `valuePlace` for what each is bound to. */
export const secretVersions = tenantTable('secret_versions', {
  secretId: uuid('secret_id').notNull(),
  number: integer('number').notNull(),
  sealed: text('sealed').notNull(),
  /** Length of the value in UTF-8. */
  bytes: integer('bytes').notNull(),
  generated: boolean('generated').notNull(),
  /** Version whose value was put in force again by this one. */
  restoredFrom: integer('restored_from'),
  changeId: uuid('change_id'),
  createdBy: text('created_by').notNull(),
  createdByName: text('created_by_name').notNull(),
});
export type SecretVersionRow = typeof secretVersions.$inferSelect;

/** Which objects name which secrets. By name, not by id: which secret a name stands for depends on where the object lies. */
export const secretReferences = tenantTable('secret_references', {
  userKind: text('user_kind').notNull(),
  userId: text('user_id').notNull(),
  userName: text('user_name').notNull(),
  pointer: text('pointer').notNull(),
  name: text('name').notNull(),
  project: text('project'),
  environment: text('environment'),
});
export type ReferenceRow = typeof secretReferences.$inferSelect;

/** Every time a value was handed out, or was asked for and refused. In partitions by month of the id (UUIDv7). */
export const secretAccessLogs = pgTable(
  'secret_access_logs',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull(),
    at: moment('at').notNull(),
    secretId: uuid('secret_id').notNull(),
    secretName: text('secret_name').notNull(),
    versionNumber: integer('version_number').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    operation: text('operation').notNull(),
    purpose: text('purpose').notNull(),
    changeId: uuid('change_id'),
    executionId: text('execution_id'),
    ip: text('ip'),
    result: text('result').$type<AccessResult>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
export type AccessLogRow = typeof secretAccessLogs.$inferSelect;
