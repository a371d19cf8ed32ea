import { integer, text, uuid } from '#kernel/columns.ts';
import { at, auth } from '../tables.ts';

export const signups = auth.table('signups', {
  userId: uuid('user_id').primaryKey(),
  tenantName: text('tenant_name'),
  browserHash: text('browser_hash').notNull(),
  wordSealed: text('word_sealed'),
  createdAt: at('created_at').notNull(),
});

export const emailVerificationTokens = auth.table('email_verification_tokens', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  tokenHash: text('token_hash').notNull(),
  codeHmac: text('code_hmac').notNull(),
  codeExpiresAt: at('code_expires_at').notNull(),
  attempts: integer('attempts').notNull().default(0),
  sentTo: text('sent_to').notNull(),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});

export const passwordResetTokens = auth.table('password_reset_tokens', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  tokenHash: text('token_hash').notNull(),
  attempts: integer('attempts').notNull().default(0),
  sentTo: text('sent_to').notNull(),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});

export const mailLinks = auth.table('mail_links', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  purpose: text('purpose', { enum: ['unlock', 'email-confirm', 'email-undo', 'not-me'] }).notNull(),
  tokenHash: text('token_hash').notNull(),
  sentTo: text('sent_to').notNull(),
  email: text('email'),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});

export const passwordHistory = auth.table('password_history', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  passwordHash: text('password_hash').notNull(),
  createdAt: at('created_at').notNull(),
});
