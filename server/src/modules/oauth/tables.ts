import { pgSchema, text, timestamp, uuid } from '#kernel/columns.ts';

// Tokens are looked up before any tenant is known, so only the platform role reads and writes here.
const auth = pgSchema('auth');
const at = (name: string) => timestamp(name, { withTimezone: true });
const risk = () => text('risk', { enum: ['read', 'write', 'high'] }).notNull();
const clientKind = () => text('client_kind', { enum: ['listed', 'document', 'dynamic'] }).notNull();

export const clients = auth.table('oauth_clients', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id'),
  clientId: text('client_id').notNull(),
  name: text('name').notNull(),
  clientUri: text('client_uri'),
  redirectUris: text('redirect_uris').array().notNull(),
  createdBy: uuid('created_by'),
  createdAt: at('created_at').notNull(),
  usedAt: at('used_at'),
});

export const requests = auth.table('oauth_requests', {
  id: uuid('id').primaryKey(),
  hash: text('hash').notNull(),
  clientId: text('client_id').notNull(),
  clientName: text('client_name').notNull(),
  clientKind: clientKind(),
  clientUri: text('client_uri'),
  clientTenantId: uuid('client_tenant_id'),
  redirectUri: text('redirect_uri').notNull(),
  state: text('state'),
  challenge: text('challenge').notNull(),
  risk: risk(),
  tenantSlug: text('tenant_slug'),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
  decidedAt: at('decided_at'),
});
export type RequestRow = typeof requests.$inferSelect;

export const grants = auth.table('oauth_grants', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  userId: uuid('user_id').notNull(),
  clientId: text('client_id').notNull(),
  clientName: text('client_name').notNull(),
  clientKind: clientKind(),
  clientHost: text('client_host').notNull(),
  redirectUri: text('redirect_uri').notNull(),
  audience: text('audience').notNull(),
  risk: risk(),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
  lastUsedAt: at('last_used_at'),
  lastUsedIp: text('last_used_ip'),
  provenAt: at('proven_at'),
  revokedAt: at('revoked_at'),
});
export type GrantRow = typeof grants.$inferSelect;

export const codes = auth.table('oauth_grant_codes', {
  id: uuid('id').primaryKey(),
  grantId: uuid('grant_id').notNull(),
  familyId: uuid('family_id').notNull(),
  hash: text('hash').notNull(),
  redirectUri: text('redirect_uri').notNull(),
  challenge: text('challenge').notNull(),
  risk: risk(),
  expiresAt: at('expires_at').notNull(),
  spentAt: at('spent_at'),
});

export const tokens = auth.table('oauth_tokens', {
  id: uuid('id').primaryKey(),
  grantId: uuid('grant_id').notNull(),
  familyId: uuid('family_id').notNull(),
  kind: text('kind', { enum: ['access', 'refresh'] }).notNull(),
  hash: text('hash').notNull(),
  risk: risk(),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
  spentAt: at('spent_at'),
});
