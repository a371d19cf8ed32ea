import { boolean, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Scope } from '#kernel/scope.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

export const roles = tenantTable('roles', {
  key: text('key').notNull(),
  name: text('name').notNull(),
  description: text('description').notNull().default(''),
  level: smallint('level').notNull(),
  patterns: text('patterns').array().notNull(),
  maxRisk: text('max_risk', { enum: ['read', 'write', 'high'] }).notNull(),
  system: boolean('system').notNull().default(false),
  assignable: boolean('assignable').notNull().default(true),
  requiresMfa: boolean('requires_mfa').notNull().default(false),
  clonedFrom: uuid('cloned_from'),
  version: integer('version').notNull().default(1),
});
export type RoleRow = typeof roles.$inferSelect;

export const grants = tenantTable('grants', {
  subjectKind: text('subject_kind', { enum: ['user'] })
    .notNull()
    .default('user'),
  subjectId: uuid('subject_id').notNull(),
  roleId: uuid('role_id').notNull(),
  scope: jsonb('scope').$type<Scope>().notNull(),
  validFrom: at('valid_from').notNull(),
  validUntil: at('valid_until'),
  reason: text('reason').notNull(),
  grantedBy: uuid('granted_by'),
  revokedAt: at('revoked_at'),
  revokedBy: uuid('revoked_by'),
});
export type GrantRow = typeof grants.$inferSelect;

export const denies = tenantTable('denies', {
  subjectId: uuid('subject_id').notNull(),
  patterns: text('patterns').array().notNull(),
  validUntil: at('valid_until'),
  reason: text('reason').notNull(),
  deniedBy: uuid('denied_by').notNull(),
  revokedAt: at('revoked_at'),
  revokedBy: uuid('revoked_by'),
});
export type DenyRow = typeof denies.$inferSelect;

export const boundaries = pgTable('permission_boundaries', {
  tenantId: uuid('tenant_id').primaryKey(),
  patterns: text('patterns').array().notNull(),
  version: integer('version').notNull().default(1),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

export interface GroupMember {
  type: string;
  id: string;
}
export interface GroupSelector {
  type?: string | undefined;
  environments?: string[] | undefined;
  labels?: Record<string, string> | undefined;
}
export const groups = tenantTable('resource_groups', {
  name: text('name').notNull(),
  description: text('description').notNull().default(''),
  ownerId: uuid('owner_id'),
  members: jsonb('members').$type<GroupMember[]>().notNull().default([]),
  selector: jsonb('selector').$type<GroupSelector>(),
  version: integer('version').notNull().default(1),
});
export type GroupRow = typeof groups.$inferSelect;

export const groupChildren = pgTable(
  'resource_group_children',
  { tenantId: uuid('tenant_id').notNull(), groupId: uuid('group_id').notNull(), childId: uuid('child_id').notNull() },
  (table) => [primaryKey({ columns: [table.tenantId, table.groupId, table.childId] })],
);
