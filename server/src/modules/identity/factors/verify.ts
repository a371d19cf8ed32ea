import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { record } from '../profile/activity.ts';
import type { Amr } from '../sessions/types.ts';
import { spendBackupCode } from './backup-store.ts';
import { closeCeremony, type Ceremony } from './ceremony-store.ts';
import type { FactorDeps, Self } from './deps.ts';
import { noteBackupCode, personById, raiseAlarm } from './notices.ts';
import { spendOtp } from './otp-store.ts';
import { notePasskeyUse, passkeyByCredential, type Passkey } from './passkey-store.ts';
import type { Factor } from './port.ts';
import { AMR } from './rules.ts';
import { mfaFactors } from './tables.ts';
import { spendTotp } from './totp-store.ts';
import { asserted, clientDataOf, userHandle, type Asserted } from './webauthn.ts';

export type Answer = { factor: 'totp' | 'sms' | 'backup'; code: string } | { factor: 'webauthn'; response: AuthenticationResponseJSON };

/** Whose proof it is, and for what: a sign-in (`boundTo` its challenge) or a session. */
export interface Place extends Omit<Self, 'sessionId'> {
  purpose: 'second-factor' | 'step-up';
  boundTo: string;
}

type VerifyDeps = Pick<FactorDeps, 'vault' | 'mail' | 'settingsLink' | 'directory' | 'memberships' | 'party'>;
export type Shown = { passkey: Passkey; by: Asserted };

/**
 * The passkey that signed a challenge which we gave out for this very ceremony. One whose counter did not move on is refused, and
 * those who watch over the account hear of it. Commit in either case.
 */
export async function passkeyShown(
  deps: VerifyDeps,
  db: Database,
  ceremony: Ceremony,
  response: AuthenticationResponseJSON,
  from: Pick<Place, 'ip' | 'agent'>,
  at: Date,
): Promise<Shown | undefined> {
  const challenge = clientDataOf(response)?.challenge;
  if (challenge === undefined || !(await closeCeremony(db, challenge, ceremony, at))) return undefined;
  const passkey = await passkeyByCredential(db, response.id);
  if (!passkey || (ceremony.userId !== null && passkey.userId !== ceremony.userId)) return undefined;
  const handle = response.response.userHandle;
  if (handle !== undefined && !Buffer.from(handle, 'base64url').equals(userHandle(passkey.userId))) return undefined;
  const by = await asserted(deps.party, response, challenge, passkey);
  if (!by) return undefined;
  if (await notePasskeyUse(db, passkey.id, by, at)) return { passkey, by };
  const { userId, label } = passkey;
  await record(db, { userId, kind: 'auth.passkey_refused', ...from, detail: { label } }, at);
  const text = `The counter of passkey "${label}" went back: there may be a copy of it.`;
  await raiseAlarm(deps, db, { userId, what: 'passkey-counter', text, ...from }, at);
  return undefined;
}

async function spendText(deps: VerifyDeps, db: Database, { userId, purpose, boundTo }: Place, code: string, at: Date): Promise<boolean> {
  const person = await personById(db, userId);
  if (!person?.phone) return false;
  if (!(await spendOtp(db, deps.vault, { userId, purpose, boundTo, address: person.phone }, code, at))) return false;
  await db
    .update(mfaFactors)
    .set({ lastUsedAt: at })
    .where(and(eq(mfaFactors.userId, userId), eq(mfaFactors.kind, 'sms')));
  return true;
}

/** The methods that the answer proves; undefined when it is wrong. What it was is used up, so commit in either case. */
export async function provenBy(deps: VerifyDeps, db: Database, place: Place, answer: Answer, at: Date): Promise<Amr[] | undefined> {
  const { userId, purpose, boundTo, ip, agent } = place;
  if (answer.factor === 'webauthn') {
    const shown = await passkeyShown(deps, db, { purpose, userId, boundTo }, answer.response, place, at);
    return shown && (shown.by.userVerified ? ['hwk', 'user'] : ['hwk']);
  }
  const spend: Record<Exclude<Factor, 'webauthn'>, () => Promise<boolean>> = {
    totp: () => spendTotp(db, deps.vault, userId, answer.code, at),
    sms: () => spendText(deps, db, place, answer.code, at),
    backup: () => spendBackupCode(db, deps.vault, userId, answer.code, at),
  };
  if (!(await spend[answer.factor]())) return undefined;
  if (answer.factor === 'backup') await noteBackupCode(deps, db, userId, { ip, agent }, at);
  return [AMR[answer.factor]];
}
