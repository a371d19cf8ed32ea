import type { Database } from '#kernel/database.ts';
import { and, eq, isNotNull } from '#kernel/drizzle.ts';
import type { Factor } from './port.ts';
import { offered, type Held } from './rules.ts';
import { mfaFactors } from './tables.ts';

/** Named, so that it is planned once for each connection: it is asked of every session. */
const HELD = {
  name: 'factors_held',
  text: `select exists (select from auth.mfa_factors where user_id = $1 and kind = 'totp' and verified_at is not null) as totp,
      exists (select from auth.mfa_factors where user_id = $1 and kind = 'sms' and verified_at is not null) as sms,
      (select count(*)::int from auth.passkeys where user_id = $1) as passkeys,
      (select count(*)::int from auth.mfa_backup_codes where user_id = $1 and used_at is null) as backup`,
};

/** What a person has that could prove them, in one query. */
export async function heldBy(db: Database, userId: string): Promise<Held> {
  const { rows } = await db.$client.query<{ totp: boolean; sms: boolean; passkeys: number; backup: number }>({ ...HELD, values: [userId] });
  const { totp, sms, passkeys, backup } = rows[0]!;
  return { totp, sms, passkeys, backupCodes: backup };
}

export const enrolled = async (db: Database, userId: string): Promise<Factor[]> => offered(await heldBy(db, userId));

export const verifiedFactors = (db: Database, userId: string): Promise<(typeof mfaFactors.$inferSelect)[]> =>
  db
    .select()
    .from(mfaFactors)
    .where(and(eq(mfaFactors.userId, userId), isNotNull(mfaFactors.verifiedAt)));
