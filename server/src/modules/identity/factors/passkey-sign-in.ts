import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { openCeremony } from './ceremony-store.ts';
import type { FactorDeps } from './deps.ts';
import { enrolled } from './held.ts';
import { personById } from './notices.ts';
import type { PasskeySignIn } from './ports.ts';
import { besides } from './rules.ts';
import { requireFree, settleNetworkTry, takeNetworkTry } from './tries.ts';
import { passkeyShown, type Shown } from './verify.ts';
import { clientDataOf, requestOptions } from './webauthn.ts';

const SIGN_IN = { purpose: 'sign-in', userId: null, boundTo: null } as const;
const refused = (): Problem => new Problem('invalid-credentials', 'This passkey is not known here, or its answer came too late. Try again.');

/** A passkey as the first factor, or as both. */
export function createPasskeySignIn(deps: FactorDeps): PasskeySignIn {
  const { databases, now, party, sessions } = deps;

  /** A passkey that did not verify its user is one factor: something else has to be there that can be the second. */
  async function requireSecond(db: Database, { passkey, by }: Shown): Promise<void> {
    if (by.userVerified || besides(await enrolled(db, passkey.userId), ['hwk']).length > 0) return;
    throw new Problem(
      'invalid-credentials',
      'The passkey did not check who is using it. Set a PIN or fingerprint on it, or sign in with your password.',
    );
  }

  return {
    options: () =>
      databases.platform('passkey sign-in', async (db) => {
        const options = await requestOptions(party, []);
        await openCeremony(db, options.challenge, SIGN_IN, now());
        return { challengeId: options.challenge, options };
      }),

    async signIn({ challengeId, response }, arrival, onKnown) {
      const at = now();
      const { ip, agent } = arrival;
      const begun = await databases.platform('passkey sign-in', async (db) => {
        const taken = await takeNetworkTry(db, ip, at);
        // The refusal of a passkey is kept: its challenge is used up, and an alarm may have been raised.
        const known = !taken.lock && clientDataOf(response)?.challenge === challengeId;
        const shown = known ? await passkeyShown(deps, db, SIGN_IN, response, { ip, agent }, at) : undefined;
        if (!shown) return { taken };
        const { userId } = shown.passkey;
        return { taken, shown, person: await personById(db, userId), tenants: await deps.memberships.of(db, userId) };
      });
      requireFree(begun.taken, at);
      if (!begun.shown || !begun.person) throw refused();
      const { shown, person, tenants, taken } = begun;
      onKnown(person, tenants);
      return databases.platform('passkey sign-in', async (db) => {
        await requireSecond(db, shown);
        await settleNetworkTry(db, taken, ip, at);
        const first = shown.by.userVerified ? { amr: ['hwk', 'user'] as const, level: 2 as const } : { amr: ['hwk'] as const, level: 1 as const };
        return sessions.conclude(db, { userId: person.id, ...first }, arrival, at);
      });
    },
  };
}
