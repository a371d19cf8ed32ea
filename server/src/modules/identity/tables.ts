import { boolean, integer, jsonb, pgSchema, text, timestamp, uuid } from '#kernel/columns.ts';
import type { Scope } from '#kernel/scope.ts';

// Persons belong to no tenant; only the platform role may read or write here.
export const auth = pgSchema('auth');
export const at = (name: string) => timestamp(name, { withTimezone: true });

export const users = auth.table('users', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  status: text('status', { enum: ['pending', 'active', 'suspended', 'deleted'] })
    .notNull()
    .default('active'),
  kind: text('kind', { enum: ['person', 'service'] })
    .notNull()
    .default('person'),
  emailVerifiedAt: at('email_verified_at'),
  givenName: text('given_name'),
  familyName: text('family_name'),
  locale: text('locale'),
  zone: text('zone'),
  avatarId: uuid('avatar_id'),
  phone: text('phone_e164'),
  phoneVerifiedAt: at('phone_verified_at'),
  /** No sign-in by SMS before: the number was changed. */
  smsUsableFrom: at('sms_usable_from'),
  trialUsed: boolean('trial_used').notNull().default(false),
  passwordHash: text('password_hash'),
  passwordChangedAt: at('password_changed_at'),
  /** When it was held against the breach list; null while that is still to be done. */
  passwordCheckedAt: at('password_checked_at'),
  lastLoginAt: at('last_login_at'),
  lastTenantId: uuid('last_tenant_id'),
  anonymisedAt: at('anonymised_at'),
  version: integer('version').notNull().default(1),
  createdAt: at('created_at').notNull().defaultNow(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

export const apiKeys = auth.table('api_keys', {
  id: uuid('id').primaryKey(),
  publicId: text('public_id').notNull(),
  keyHash: text('key_hash').notNull(),
  userId: uuid('user_id').notNull(),
  tenantId: uuid('tenant_id').notNull(),
  name: text('name').notNull(),
  permissions: text('permissions').array(),
  scope: jsonb('scope').$type<Scope>(),
  cidrs: text('cidrs').array().notNull().default([]),
  createdBy: uuid('created_by'),
  rotatedFrom: uuid('rotated_from'),
  lastUsedIp: text('last_used_ip'),
  version: integer('version').notNull().default(1),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
  lastUsedAt: at('last_used_at'),
  revokedAt: at('revoked_at'),
});

export const loginAttempts = auth.table('login_attempts', {
  key: text('key').primaryKey(),
  tries: integer('tries').notNull(),
  windowStartedAt: at('window_started_at').notNull(),
  lockedUntil: at('locked_until'),
  updatedAt: at('updated_at').notNull(),
});
