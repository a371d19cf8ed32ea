import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { record } from '../profile/activity.ts';
import { users } from '../tables.ts';
import { replaceBackupCodes } from './backup-store.ts';
import type { FactorDeps, Self } from './deps.ts';
import { heldBy } from './held.ts';
import { inTurn } from './leaving.ts';
import { noteChange, personById, type Person } from './notices.ts';
import { requireRested } from './offers.ts';
import { spendOtp, type OtpPlace } from './otp-store.ts';
import { maskedPhone, readPhone } from './phone.ts';
import type { Phones } from './ports.ts';
import { FACTORS } from './rules.ts';
import { mfaFactors } from './tables.ts';
import { createTexts } from './texts.ts';
import { unproveOthers } from './unprove.ts';

const wrongCode = (): Problem =>
  new Problem(
    'mfa-invalid',
    'This is not the code of the text, or it was tried three times, or it is older than five minutes. Have another one sent.',
    {
      errors: [{ pointer: '/code', message: 'Not the code that is expected' }],
    },
  );

/** Throws `factor-not-offered` unless codes by text may be this person's second factor. */
async function requireSmsPossible(db: Database, userId: string, at: Date): Promise<Person & { phone: string }> {
  const person = await personById(db, userId);
  if (!person?.phone || !person.phoneVerifiedAt) throw new Problem('factor-not-offered', 'You have no verified phone number. Verify one first.');
  const { totp, passkeys } = await heldBy(db, userId);
  // A stolen number must be no way around a better factor.
  if (totp || passkeys > 0) throw new Problem('factor-not-offered', 'You have a stronger second factor. SMS would only weaken it.');
  await requireRested(db, userId, at);
  return { ...person, phone: person.phone };
}

// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createPhones(deps: FactorDeps): Phones {
  const { databases, now, vault, countries } = deps;
  const text = createTexts(deps);
  const placeOf = ({ userId, sessionId }: Self, purpose: 'phone' | 'sms-setup', address: string): OtpPlace => ({
    userId,
    purpose,
    boundTo: sessionId,
    address,
  });

  async function store(db: Database, { userId, ip, agent }: Self, phone: string, at: Date): Promise<boolean> {
    const before = await personById(db, userId);
    const changed = !!before?.phone && before.phone !== phone;
    const rests = changed ? { smsUsableFrom: new Date(at.getTime() + FACTORS.sms.restAfterChange) } : {};
    await db.update(users).set({ phone, phoneVerifiedAt: at, updatedAt: at, ...rests }).where(eq(users.id, userId)); // prettier-ignore
    if (changed) await noteChange(deps, db, { userId, kind: 'auth.phone_changed', factor: maskedPhone(phone), mail: 'factor-added', ip, agent }, at);
    else await record(db, { userId, kind: 'auth.phone_verified', ip, agent, detail: { phone: maskedPhone(phone) } }, at);
    return changed;
  }

  return {
    current: (userId) =>
      databases.platform('own phone', async (db) => {
        const person = await personById(db, userId);
        return person?.phoneVerifiedAt ? person.phone : null;
      }),
    read: (typed) => readPhone(typed, countries),
    async send(self, phone) {
      const person = await databases.platform('own phone', (db) => personById(db, self.userId));
      return text(placeOf(self, 'phone', phone), { ip: self.ip, locale: person?.locale ?? null });
    },
    async confirm(self, phone, code) {
      const at = now();
      const outcome = await databases.platform('verify phone', async (db) => {
        await inTurn(db, self.userId);
        if (!(await spendOtp(db, vault, placeOf(self, 'phone', phone), code, at))) return 'wrong';
        return (await store(db, self, phone, at)) ? 'changed' : 'verified';
      });
      if (outcome === 'wrong') throw wrongCode();
      if (outcome === 'changed') await unproveOthers(deps, self.userId, self.sessionId);
    },
    async sendSetup(self) {
      const { phone, locale } = await databases.platform('set up SMS', (db) => requireSmsPossible(db, self.userId, now()));
      return { phone: maskedPhone(phone), ...(await text(placeOf(self, 'sms-setup', phone), { ip: self.ip, locale })) };
    },
    async confirmSetup(self, code) {
      const { userId, ip, agent } = self;
      const at = now();
      const codes = await databases.platform('set up SMS', async (db) => {
        await inTurn(db, userId);
        const { phone } = await requireSmsPossible(db, userId, at);
        if (!(await spendOtp(db, vault, placeOf(self, 'sms-setup', phone), code, at))) return 'wrong';
        const { backupCodes } = await heldBy(db, userId);
        await db.delete(mfaFactors).where(and(eq(mfaFactors.userId, userId), eq(mfaFactors.kind, 'sms')));
        await db.insert(mfaFactors).values({ id: newId(), userId, kind: 'sms', label: '', createdAt: at, verifiedAt: at });
        await noteChange(deps, db, { userId, kind: 'auth.mfa_enabled', factor: `SMS ${maskedPhone(phone)}`, mail: 'factor-added', ip, agent }, at);
        return backupCodes > 0 ? null : replaceBackupCodes(db, vault, userId, at);
      });
      if (codes === 'wrong') throw wrongCode();
      await unproveOthers(deps, userId, self.sessionId);
      deps.credentialsChanged();
      return codes;
    },
  };
}
