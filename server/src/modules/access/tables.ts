import { boolean, integer, jsonb, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';
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
  version: integer('version').notNull().default(1),
});

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
