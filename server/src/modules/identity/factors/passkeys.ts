import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { oauthAccounts } from '../federation/tables.ts';
import { replaceBackupCodes } from './backup-store.ts';
import { closeCeremony, openCeremony } from './ceremony-store.ts';
import type { FactorDeps } from './deps.ts';
import { heldBy } from './held.ts';
import { inTurn, withdraw } from './leaving.ts';
import { noteChange, personById } from './notices.ts';
import { addPasskey, passkeysOf, removePasskey, renamePasskey } from './passkey-store.ts';
import type { Passkeys } from './ports.ts';
import { unproveOthers } from './unprove.ts';
import { clientDataOf, creationOptions, registered } from './webauthn.ts';

const noSuch = (): Problem => new Problem('not-found', 'You have no such passkey.');

/** Throws `last-sign-in-method` when the person could not sign in any more. */
async function requireOtherWay(db: Database, userId: string): Promise<void> {
  const person = await personById(db, userId);
  if (person?.passwordHash || (await heldBy(db, userId)).passkeys > 0) return;
  const linked = await db.select({ id: oauthAccounts.id }).from(oauthAccounts).where(eq(oauthAccounts.userId, userId)).limit(1); // prettier-ignore
  if (linked.length > 0) return;
  throw new Problem('last-sign-in-method', 'This passkey is your only way to sign in. Set a password or connect an account first.');
}

export function createPasskeys(deps: FactorDeps): Passkeys {
  const { databases, now, vault, party } = deps;

  async function settled(userId: string, sessionId: string): Promise<void> {
    await unproveOthers(deps, userId, sessionId);
    deps.credentialsChanged();
  }
  return {
    list: (userId) => databases.platform('own passkeys', (db) => passkeysOf(db, userId)),

    creationOptions: ({ userId, sessionId }) =>
      databases.platform('add passkey', async (db) => {
        const person = await personById(db, userId);
        const options = await creationOptions(party, person!, await passkeysOf(db, userId));
        await openCeremony(db, options.challenge, { purpose: 'register', userId, boundTo: sessionId }, now());
        return options;
      }),

    async add({ userId, sessionId, ip, agent }, response, label) {
      const at = now();
      const added = await databases.platform('add passkey', async (db) => {
        const challenge = clientDataOf(response)?.challenge;
        if (challenge === undefined || !(await closeCeremony(db, challenge, { purpose: 'register', userId, boundTo: sessionId }, at)))
          return undefined;
        const made = await registered(party, response, challenge);
        if (!made) return undefined;
        await inTurn(db, userId);
        const { backupCodes } = await heldBy(db, userId);
        const passkey = await addPasskey(db, userId, label, made, at);
        await noteChange(deps, db, { userId, kind: 'auth.passkey_added', factor: label, mail: 'factor-added', ip, agent }, at);
        return { passkey, backupCodes: backupCodes > 0 ? null : await replaceBackupCodes(db, vault, userId, at) };
      });
      if (!added) throw new Problem('mfa-invalid', 'This passkey was not made for us just now. Begin again.');
      await settled(userId, sessionId);
      return added;
    },

    async rename(userId, id, label) {
      const renamed = await databases.platform('rename passkey', (db) => renamePasskey(db, userId, id, label));
      if (!renamed) throw noSuch();
      return renamed;
    },

    async remove({ userId, sessionId, ip, agent }, id) {
      const at = now();
      const removed = await databases.platform('remove passkey', async (db) => {
        const passkey = await withdraw(deps, db, userId, () => removePasskey(db, userId, id), at);
        if (!passkey) return undefined;
        await requireOtherWay(db, userId);
        await noteChange(deps, db, { userId, kind: 'auth.passkey_removed', factor: passkey.label, mail: 'factor-removed', ip, agent }, at);
        return passkey;
      });
      if (!removed) throw noSuch();
      await settled(userId, sessionId);
      return removed;
    },
  };
}
