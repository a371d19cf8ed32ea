import { bigint, boolean, customType, integer, jsonb, text, uuid } from '#kernel/columns.ts';
import type { Arrival } from '../sessions/types.ts';
import { at, auth } from '../tables.ts';

const bytea = customType<{ data: Uint8Array<ArrayBuffer>; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (bytes) => Buffer.from(bytes),
  fromDriver: (bytes) => Uint8Array.from(bytes),
});

export const mfaFactors = auth.table('mfa_factors', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  kind: text('kind', { enum: ['totp', 'sms'] }).notNull(),
  label: text('label').notNull(),
  secretSealed: text('secret_sealed'),
  lastStep: bigint('last_step', { mode: 'number' }),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at'),
  verifiedAt: at('verified_at'),
  lastUsedAt: at('last_used_at'),
});

export const backupCodes = auth.table('mfa_backup_codes', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  codeHmac: text('code_hmac').notNull(),
  createdAt: at('created_at').notNull(),
  usedAt: at('used_at'),
});

export const loginChallenges = auth.table('login_challenges', {
  idHash: text('id_hash').primaryKey(),
  userId: uuid('user_id').notNull(),
  amr: text('amr').array().notNull(),
  factors: text('factors').array().notNull(),
  arrival: jsonb('arrival').$type<Pick<Arrival, 'kind' | 'tenant' | 'rememberMe'>>().notNull(),
  providerSealed: text('provider_sealed'),
  attempts: integer('attempts').notNull().default(0),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
  consumedAt: at('consumed_at'),
});

export const ceremonies = auth.table('webauthn_ceremonies', {
  challengeHash: text('challenge_hash').primaryKey(),
  purpose: text('purpose', { enum: ['register', 'sign-in', 'second-factor', 'step-up'] }).notNull(),
  userId: uuid('user_id'),
  boundTo: text('bound_to'),
  expiresAt: at('expires_at').notNull(),
});

export const otpCodes = auth.table('otp_codes', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  purpose: text('purpose', { enum: ['phone', 'sms-setup', 'second-factor', 'step-up'] }).notNull(),
  boundTo: text('bound_to').notNull(),
  address: text('address').notNull(),
  codeHmac: text('code_hmac').notNull(),
  attempts: integer('attempts').notNull().default(0),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
  consumedAt: at('consumed_at'),
});

export const passkeys = auth.table('passkeys', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  credentialId: text('credential_id').notNull(),
  publicKey: bytea('public_key').notNull(),
  counter: bigint('counter', { mode: 'number' }).notNull(),
  transports: text('transports').array().notNull(),
  aaguid: text('aaguid').notNull(),
  backedUp: boolean('backed_up').notNull(),
  label: text('label').notNull(),
  createdAt: at('created_at').notNull(),
  lastUsedAt: at('last_used_at'),
});

export const trustedDevices = auth.table('trusted_devices', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  deviceHash: text('device_hash').notNull(),
  agent: text('agent'),
  ip: text('ip'),
  createdAt: at('created_at').notNull(),
  lastUsedAt: at('last_used_at'),
  trustedUntil: at('trusted_until').notNull(),
  revokedAt: at('revoked_at'),
});
