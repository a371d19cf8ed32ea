import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { record } from '../profile/activity.ts';
import { lockLeft, type Taken } from '../throttle.ts';
import { openCeremony } from './ceremony-store.ts';
import { consumeChallenge, countTry, holdChallenge, liveChallenge, type Challenge } from './challenge-store.ts';
import type { FactorDeps, From } from './deps.ts';
import { trustDevice } from './device-store.ts';
import { inTurn } from './leaving.ts';
import { personById, type Person } from './notices.ts';
import { requireOffered } from './offers.ts';
import { passkeysOf } from './passkey-store.ts';
import { maskedPhone } from './phone.ts';
import type { Challenges } from './ports.ts';
import { FACTORS } from './rules.ts';
import { createTexts } from './texts.ts';
import { ofPerson, requireFree, settleProofTry, takeProofTry } from './tries.ts';
import { provenBy } from './verify.ts';
import { requestOptions } from './webauthn.ts';

const over = (): Problem =>
  new Problem('challenge-expired', 'This sign-in took too long, had too many wrong tries, or is done already. Begin again.');

/** A wrong proof is on the person's own trail, and so is the lock that it brought. */
export async function noteWrong(db: Database, userId: string, factor: string, taken: Taken, from: From, at: Date): Promise<void> {
  await record(db, { userId, kind: 'auth.mfa_failed', ...from, detail: { factor } }, at);
  const until = lockLeft(taken, ofPerson(userId));
  if (until) await record(db, { userId, kind: 'auth.locked', ...from, detail: { factor, until: until.toISOString() } }, at);
}

/** The second step of every way in that proved one factor. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createChallenges(deps: FactorDeps): Challenges {
  const { databases, now, vault, sessions } = deps;
  const text = createTexts(deps);

  async function opened(db: Database, challengeId: string, at: Date): Promise<Challenge> {
    const challenge = await liveChallenge(db, vault, challengeId, at);
    if (!challenge) throw over();
    return challenge;
  }
  const knownPerson = async (db: Database, userId: string): Promise<Person> => {
    const person = await personById(db, userId);
    if (!person) throw over();
    return person;
  };

  return {
    async send(challengeId, { ip }) {
      const at = now();
      const { place, locale } = await databases.platform('second factor by text', async (db) => {
        const { userId, idHash, factors } = await opened(db, challengeId, at);
        await requireOffered(db, userId, 'sms', at, factors);
        const person = await knownPerson(db, userId);
        return { place: { userId, purpose: 'second-factor' as const, boundTo: idHash, address: person.phone! }, locale: person.locale };
      });
      return { phone: maskedPhone(place.address), ...(await text(place, { ip, locale })) };
    },

    options: (challengeId): Promise<PublicKeyCredentialRequestOptionsJSON> =>
      databases.platform('second factor by passkey', async (db) => {
        const at = now();
        const { userId, idHash, factors } = await opened(db, challengeId, at);
        await requireOffered(db, userId, 'webauthn', at, factors);
        const options = await requestOptions(deps.party, await passkeysOf(db, userId));
        await openCeremony(db, options.challenge, { purpose: 'second-factor', userId, boundTo: idHash }, at);
        return options;
      }),

    async answer({ challengeId, trustDevice: trust, ...answer }, from, onKnown) {
      const at = now();
      // Counted and committed before the code is looked at, so that parallel guesses do not share one try.
      const begun = await databases.platform('second factor', async (db) => {
        const challenge = await opened(db, challengeId, at);
        await requireOffered(db, challenge.userId, answer.factor, at, challenge.factors);
        const taken = await takeProofTry(db, challenge.userId, from.ip, at);
        if (!taken.lock) await countTry(db, challenge.idHash);
        return { challenge, taken, person: await knownPerson(db, challenge.userId), tenants: await deps.memberships.of(db, challenge.userId) };
      });
      const { challenge, taken, person, tenants } = begun;
      onKnown(person, tenants);
      requireFree(taken, at);

      const { userId, idHash, arrival, provider } = challenge;
      const outcome = await databases.platform('second factor', async (db) => {
        await inTurn(db, userId);
        if (!(await holdChallenge(db, idHash, at))) throw over();
        const amr = await provenBy(deps, db, { purpose: 'second-factor', boundTo: idHash, userId, ...from }, answer, at);
        if (!amr) {
          await noteWrong(db, userId, answer.factor, taken, from, at);
          return undefined;
        }
        await settleProofTry(db, taken, userId, from.ip, at);
        await consumeChallenge(db, idHash, at);
        const first = { userId, amr: [...new Set([...challenge.amr, ...amr, 'mfa' as const])], level: 2 as const, provider };
        const concluded = await sessions.conclude(db, first, { ...arrival, ...from }, at);
        const deviceToken = trust ? await trustDevice(db, { userId, ...from }, at) : undefined;
        if (deviceToken !== undefined) await record(db, { userId, kind: 'auth.device_trusted', ...from }, at);
        return { concluded, deviceToken };
      });
      if (outcome) return outcome;
      const triesLeft = FACTORS.challenge.tries - challenge.attempts - 1;
      throw new Problem('mfa-invalid', triesLeft > 0 ? `That is not right. ${triesLeft} tries are left.` : 'That is not right. Sign in from the beginning.', { triesLeft }); // prettier-ignore
    },
  };
}
