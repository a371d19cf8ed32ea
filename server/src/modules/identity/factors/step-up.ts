import { Problem } from '#kernel/problem.ts';
import type { Database } from '#kernel/database.ts';
import { record } from '../profile/activity.ts';
import type { Amr } from '../sessions/types.ts';
import { openCeremony } from './ceremony-store.ts';
import { noteWrong } from './challenges.ts';
import type { FactorDeps, Self } from './deps.ts';
import { enrolled } from './held.ts';
import { personById } from './notices.ts';
import { requireOffered } from './offers.ts';
import { passkeysOf } from './passkey-store.ts';
import { maskedPhone } from './phone.ts';
import type { StepUp } from './ports.ts';
import { createTexts } from './texts.ts';
import { requireFree, settleProofTry, takeProofTry } from './tries.ts';
import { provenBy, type Answer } from './verify.ts';
import { requestOptions } from './webauthn.ts';

type Given = Answer | { factor: 'password'; password: string };

/** Proving once more who one is, within a session. Tries share their count with those at sign-in. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createStepUp(deps: FactorDeps): StepUp {
  const { databases, now, passwords, sessions } = deps;
  const text = createTexts(deps);

  /** A password proves nothing to who has a second factor: that is what may have been stolen. */
  async function requireAccepted(db: Database, userId: string, factor: Given['factor'], at: Date): Promise<void> {
    if (factor !== 'password') return requireOffered(db, userId, factor, at);
    if ((await enrolled(db, userId)).length > 0)
      throw new Problem('factor-not-offered', 'You have a second factor; the password alone is not enough. Use one of your factors.');
  }

  /** The methods that were proven, or undefined; whatever was used up is committed. */
  async function proven({ userId, sessionId, ip, agent }: Self, given: Given, at: Date): Promise<{ amr: Amr[]; level: 1 | 2 }> {
    const begun = await databases.platform('step up', async (db) => {
      await requireAccepted(db, userId, given.factor, at);
      return { taken: await takeProofTry(db, userId, ip, at), person: await personById(db, userId) };
    });
    requireFree(begun.taken, at);
    // Outside the transaction: it takes its time.
    const matched = given.factor === 'password' && (await passwords.verify(begun.person?.passwordHash ?? null, given.password));
    const amr = await databases.platform('step up', async (db) => {
      const place = { purpose: 'step-up' as const, boundTo: sessionId, userId, ip, agent };
      const found = given.factor === 'password' ? (matched ? (['pwd'] as Amr[]) : undefined) : await provenBy(deps, db, place, given, at);
      if (!found) await noteWrong(db, userId, given.factor, begun.taken, { ip, agent }, at);
      else {
        await settleProofTry(db, begun.taken, userId, ip, at);
        await record(db, { userId, kind: 'auth.step_up', ip, agent, detail: { factor: given.factor } }, at);
      }
      return found;
    });
    if (!amr) throw new Problem('mfa-invalid', 'That is not right. Try again.');
    return given.factor === 'password' ? { amr, level: 1 } : { amr: [...amr, 'mfa'], level: 2 };
  }

  return {
    async options({ userId, sessionId, ip }, factor) {
      const at = now();
      const found = await databases.platform('step up', async (db) => {
        await requireOffered(db, userId, factor, at);
        if (factor === 'sms') return { person: await personById(db, userId) };
        const options = await requestOptions(deps.party, await passkeysOf(db, userId));
        await openCeremony(db, options.challenge, { purpose: 'step-up', userId, boundTo: sessionId }, at);
        return { options };
      });
      if (found.options) return { options: found.options };
      const { phone, locale } = found.person!;
      const sent = await text({ userId, purpose: 'step-up', boundTo: sessionId, address: phone! }, { ip, locale });
      return { phone: maskedPhone(phone!), ...sent };
    },
    async prove(self, given) {
      const at = now();
      const { amr, level } = await proven(self, given, at);
      return sessions.prove(self.sessionId, amr, level, at);
    },
    async checkPassword(self, password) {
      const at = now();
      const begun = await databases.platform('check password', async (db) => ({
        taken: await takeProofTry(db, self.userId, self.ip, at),
        person: await personById(db, self.userId),
      }));
      requireFree(begun.taken, at);
      const matched = await passwords.verify(begun.person?.passwordHash ?? null, password);
      await databases.platform('check password', (db) =>
        matched ? settleProofTry(db, begun.taken, self.userId, self.ip, at) : noteWrong(db, self.userId, 'password', begun.taken, self, at),
      );
      if (!matched)
        throw new Problem('mfa-invalid', 'That is not your password.', { errors: [{ pointer: '/password', message: 'Not your password' }] });
    },
  };
}
