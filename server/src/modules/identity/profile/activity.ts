import type { Database } from '#kernel/database.ts';
import { and, desc, eq, inArray, lt } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { activity } from './tables.ts';

/** What can happen to an account: the event names of platform.md 20 that concern a person. */
export type ActivityKind =
  | `user.${'created' | 'verified' | 'updated' | 'suspended' | 'deleted' | 'email_change_requested' | 'email_changed' | 'email_change_undone'}`
  | `auth.${'login' | 'login_failed' | 'locked' | 'unlocked' | 'logout' | 'new_place' | 'not_me' | 'step_up' | 'token_refused' | 'sso_bypassed'}`
  | `auth.${'mfa_enabled' | 'mfa_disabled' | 'mfa_failed' | 'mfa_reset' | 'backup_codes_regenerated' | 'backup_code_used'}`
  | `auth.${'device_trusted' | 'device_revoked' | 'phone_verified' | 'phone_changed'}`
  | `auth.${'password_changed' | 'password_reset' | 'password_reset_requested' | 'refresh_reuse'}`
  | `auth.${'identity_linked' | 'identity_unlinked' | 'passkey_added' | 'passkey_removed' | 'passkey_refused'}`
  | 'session.revoked'
  | `api_key.${'created' | 'rotated' | 'revoked'}`
  | `member.${'joined' | 'removed' | 'suspended' | 'activated'}`
  | 'security.event';

export interface Happened {
  userId: string;
  kind: ActivityKind;
  ip: string | null;
  /** User agent as it was sent; parsed when it is shown. */
  agent: string | null;
  /** Words for the person, never a secret. */
  detail?: Record<string, string | number | boolean | null>;
}

export const RECORD = {
  name: 'activity_record',
  text: 'insert into auth.activity (id, user_id, kind, at, ip, agent, detail) values ($1, $2, $3, $4, $5, $6, $7)',
};

/** The values of `RECORD`. */
export const lineOf = ({ userId, kind, ip, agent, detail = {} }: Happened, at: Date): unknown[] => [
  newId(),
  userId,
  kind,
  at,
  ip,
  agent?.slice(0, 512) ?? null,
  JSON.stringify(detail),
];

/** Writes one line into a person's own trail, in the caller's platform transaction. */
export async function record(db: Database, happened: Happened, at: Date): Promise<void> {
  await db.$client.query({ ...RECORD, values: lineOf(happened, at) });
}

export type ActivityRow = typeof activity.$inferSelect;

/** The newest first; `before` is the id of the last one seen. */
export const activityOf = (db: Database, userId: string, { before, limit }: { before?: string | undefined; limit: number }): Promise<ActivityRow[]> =>
  db
    .select()
    .from(activity)
    .where(and(eq(activity.userId, userId), before === undefined ? undefined : lt(activity.id, before)))
    .orderBy(desc(activity.id))
    .limit(limit);

const KEPT_DAYS = 400;

/** Removes entries that are older than the trail is kept. */
export async function sweepActivity(db: Database, at: Date): Promise<void> {
  const old = db
    .select({ id: activity.id })
    .from(activity)
    .where(lt(activity.at, new Date(at.getTime() - (KEPT_DAYS + 1) * 86_400_000)))
    .limit(1_000);
  await db.delete(activity).where(inArray(activity.id, old));
}
