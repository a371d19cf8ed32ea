import { boolean, customType, integer, jsonb, pgSchema, primaryKey, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import { sql } from '#kernel/drizzle.ts';
import type { Scope } from '#kernel/scope.ts';
import type { Company, TenantStatus } from './schemas.ts';
import type { Settings } from './settings/schema.ts';
import type { DomainState, ServerAnswer } from './domains/rules.ts';

const auth = pgSchema('auth');
const at = (name: string) => timestamp(name, { withTimezone: true });
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** The tenant itself, as a row of its own tenant: `id` is `tenantId`. */
export const tenants = tenantTable('tenants', {
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  type: text('type', { enum: ['personal', 'organization', 'exchange-member'] })
    .notNull()
    .default('organization'),
  status: text('status').$type<TenantStatus>().notNull().default('active'),
  previousStatus: text('previous_status').$type<TenantStatus>(),
  suspendedReason: text('suspended_reason'),
  region: text('region').notNull().default('default'),
  plan: text('plan').notNull().default('enterprise'),
  chosenPlan: text('chosen_plan'),
  trialStartedAt: at('trial_started_at'),
  trialEndsAt: at('trial_ends_at'),
  company: jsonb('company').$type<Company>().notNull().default({}),
  ownerId: uuid('owner_id'),
  deletionRequestedAt: at('deletion_requested_at'),
  deletionRequestedBy: uuid('deletion_requested_by'),
  restorableUntil: at('restorable_until'),
  version: integer('version').notNull().default(1),
  createdBy: uuid('created_by'),
});
export type TenantRow = typeof tenants.$inferSelect;

/** That a person belongs to a tenant at all: for the platform role alone, since it is read before a tenant is known. */
export const memberships = auth.table(
  'memberships',
  {
    tenantId: uuid('tenant_id').notNull(),
    userId: uuid('user_id').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId] })],
);

/** What a tenant sees of its people; `id` is the person's. Whoever is not active here may do nothing. */
export const members = tenantTable('members', {
  kind: text('kind', { enum: ['person', 'service'] })
    .notNull()
    .default('person'),
  email: text('email').notNull(),
  name: text('name').notNull(),
  title: text('title'),
  status: text('status', { enum: ['active', 'suspended'] })
    .notNull()
    .default('active'),
  invitedBy: uuid('invited_by'),
  primaryGrantId: uuid('primary_grant_id'),
  mfa: boolean('mfa').notNull().default(false),
  lastLoginAt: at('last_login_at'),
  avatarUrl: text('avatar_url'),
  joinedAt: at('joined_at').notNull().defaultNow(),
});
export type MemberRow = typeof members.$inferSelect;

/** Every slug in use (`givenUpAt` is null) and every one given up. */
export const tenantSlugs = tenantTable('tenant_slugs', { slug: text('slug').notNull(), givenUpAt: at('given_up_at') });

export const tenantSettings = tenantTable('tenant_settings', {
  value: jsonb('value').$type<Partial<Settings>>().notNull().default({}),
  mfaSince: at('mfa_since'),
  version: integer('version').notNull().default(1),
});

export const tenantBranding = tenantTable('tenant_branding', {
  logo: bytes('logo'),
  logoType: text('logo_type'),
  icon: bytes('icon'),
  iconType: text('icon_type'),
  primaryColor: text('primary_color'),
  loginText: text('login_text'),
  mailSenderName: text('mail_sender_name'),
  supportLink: text('support_link'),
  version: integer('version').notNull().default(1),
});

export const tenantDomains = tenantTable('tenant_domains', {
  domain: text('domain').notNull(),
  token: text('token').notNull(),
  state: text('state').$type<DomainState>().notNull().default('pending'),
  verifiedAt: at('verified_at'),
  misses: integer('misses').notNull().default(0),
  checks: integer('checks').notNull().default(0),
  lastCheckedAt: at('last_checked_at'),
  nextCheckAt: at('next_check_at').notNull(),
  lastResult: jsonb('last_result').$type<ServerAnswer[]>(),
  endsAt: at('ends_at'),
  createdBy: uuid('created_by'),
});
export type DomainRow = typeof tenantDomains.$inferSelect;

export const tenantTransfers = tenantTable('tenant_transfers', {
  fromId: uuid('from_id').notNull(),
  toId: uuid('to_id').notNull(),
  state: text('state', { enum: ['pending', 'confirmed', 'superseded'] })
    .notNull()
    .default('pending'),
  expiresAt: at('expires_at').notNull(),
});

export const invitations = tenantTable('invitations', {
  email: text('email').notNull(),
  roleIds: uuid('role_ids').array().notNull(),
  scope: jsonb('scope').$type<Scope>().notNull(),
  message: text('message'),
  anyAddress: boolean('any_address').notNull().default(false),
  state: text('state', { enum: ['pending', 'accepted', 'expired', 'revoked'] })
    .notNull()
    .default('pending'),
  tokenHash: text('token_hash'),
  invitedBy: uuid('invited_by').notNull(),
  resends: integer('resends').notNull().default(0),
  expiresAt: at('expires_at').notNull(),
  acceptedAt: at('accepted_at'),
  acceptedBy: uuid('accepted_by'),
});
export type InvitationRow = typeof invitations.$inferSelect;

/** Attempts to cross tenants, for the operator: no tenant reads it. */
export const rlsViolations = auth.table('rls_violations', {
  id: uuid('id').primaryKey(),
  detector: text('detector', { enum: ['D1', 'D2'] }).notNull(),
  severity: text('severity', { enum: ['info', 'warning', 'critical'] }).notNull(),
  sessionTenantId: uuid('session_tenant_id').notNull(),
  actorId: text('actor_id').notNull(),
  targetTenantId: uuid('target_tenant_id'),
  tableName: text('table_name').notNull(),
  rowId: uuid('row_id'),
  operation: text('operation'),
  surface: text('surface'),
  requestId: text('request_id'),
  ip: text('ip'),
  blocked: boolean('blocked').notNull(),
  occurredAt: at('occurred_at').notNull(),
});

/** Tenants in which people may work. */
export const OPEN_STATUSES = ['active', 'trialing', 'past_due', 'read_only'] as const;
export const isOpen = sql`${tenants.status} in ('active', 'trialing', 'past_due', 'read_only')`;
