import type { JWK } from 'jose';
import { integer, jsonb, smallint, text, uuid } from '#kernel/columns.ts';
import { at, auth } from '../tables.ts';
import type { Amr } from './types.ts';

export const sessions = auth.table('sessions', {
  id: uuid('id').primaryKey(),
  tokenHash: text('token_hash'),
  userId: uuid('user_id').notNull(),
  tenantId: uuid('tenant_id'),
  kind: text('kind', { enum: ['cookie', 'bearer', 'pair'] }).notNull(),
  version: integer('version').notNull().default(1),
  amr: text('amr').array().$type<Amr[]>().notNull(),
  level: smallint('level').$type<1 | 2>().notNull(),
  authTime: at('auth_time').notNull(),
  provenAt: at('proven_at').notNull(),
  ip: text('ip'),
  agent: text('agent'),
  provider: text('provider'),
  issuer: text('issuer'),
  subject: text('subject'),
  providerSid: text('provider_sid'),
  providerTokens: text('provider_tokens'),
  seed: text('seed'),
  generation: integer('generation'),
  rotatedAt: at('rotated_at'),
  createdAt: at('created_at').notNull(),
  lastSeenAt: at('last_seen_at').notNull(),
  idleSeconds: integer('idle_seconds').notNull(),
  idleExpiresAt: at('idle_expires_at').notNull(),
  expiresAt: at('expires_at').notNull(),
  revokedAt: at('revoked_at'),
  revokeReason: text('revoke_reason'),
});

export const signingKeys = auth.table('signing_keys', {
  kid: text('kid').primaryKey(),
  publicJwk: jsonb('public_jwk').$type<JWK>().notNull(),
  privateSealed: text('private_sealed').notNull(),
  createdAt: at('created_at').notNull(),
});
