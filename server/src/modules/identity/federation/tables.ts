import { bigint, boolean, integer, jsonb, text, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import { at, auth } from '../tables.ts';
import type { Preset, RoleMapping } from './types.ts';

export const oauthAccounts = auth.table('oauth_accounts', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  provider: text('provider').notNull(),
  issuer: text('issuer').notNull(),
  subject: text('subject').notNull(),
  email: text('email'),
  claims: jsonb('claims').$type<Record<string, unknown>>().notNull().default({}),
  linkedAt: at('linked_at').notNull(),
  lastUsedAt: at('last_used_at').notNull(),
});

export const oauthFlows = auth.table('oauth_flows', {
  stateHash: text('state_hash').primaryKey(),
  provider: text('provider').notNull(),
  purpose: text('purpose', { enum: ['login', 'signup', 'link'] }).notNull(),
  nonce: text('nonce').notNull(),
  verifierSealed: text('verifier_sealed').notNull(),
  browserHash: text('browser_hash').notNull(),
  userId: uuid('user_id'),
  sessionId: uuid('session_id'),
  returnTo: text('return_to').notNull(),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
});

export const oauthCodes = auth.table('oauth_codes', {
  codeHash: text('code_hash').primaryKey(),
  userId: uuid('user_id').notNull(),
  browserHash: text('browser_hash').notNull(),
  proofSealed: text('proof_sealed').notNull(),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
});

export const asnRights = auth.table('asn_rights', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  asn: bigint('asn', { mode: 'number' }).notNull(),
  source: text('source', { enum: ['peeringdb', 'local'] }).notNull(),
  state: text('state', { enum: ['live', 'revoked'] })
    .notNull()
    .default('live'),
  netId: bigint('net_id', { mode: 'number' }),
  netName: text('net_name'),
  perms: integer('perms'),
  verifiedAt: at('verified_at').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

export const identityProviders = tenantTable('identity_providers', {
  key: text('key').notNull(),
  name: text('name').notNull(),
  preset: text('preset').$type<Preset>().notNull(),
  enabled: boolean('enabled').notNull().default(true),
  issuer: text('issuer').notNull(),
  clientId: text('client_id').notNull(),
  clientSecretSealed: text('client_secret_sealed'),
  scopes: text('scopes').notNull(),
  audience: text('audience'),
  prompt: text('prompt'),
  maxAge: integer('max_age'),
  acrValues: text('acr_values').array().notNull().default([]),
  groupsClaim: text('groups_claim').notNull().default('groups'),
  roleMapping: jsonb('role_mapping').$type<RoleMapping[]>().notNull().default([]),
  jitProvisioning: boolean('jit_provisioning').notNull().default(false),
  trustMfa: boolean('trust_mfa').notNull().default(false),
  trustEmail: boolean('trust_email').notNull().default(false),
  allowedAlgorithms: text('allowed_algorithms').array().notNull(),
  clockSkewSeconds: integer('clock_skew_seconds').notNull().default(60),
  version: integer('version').notNull().default(1),
});
export type IdentityProviderRow = typeof identityProviders.$inferSelect;
