import type { Database } from '#kernel/database.ts';
import { dropChallenges, openChallenge } from './challenge-store.ts';
import { demands } from './demand.ts';
import type { FactorDeps } from './deps.ts';
import { forgetDevices, isTrustedDevice } from './device-store.ts';
import { enrolled, heldBy } from './held.ts';
import type { SecondFactors } from './port.ts';
import { offered } from './rules.ts';

/** What opening a session asks of second factors. */
export function createSecondFactors(deps: Pick<FactorDeps, 'vault' | 'memberships' | 'roleDemands'>): SecondFactors {
  return {
    enrolled,
    isTrusted: isTrustedDevice,
    openChallenge: (db, pending, at) => openChallenge(db, deps.vault, pending, at),
    async overdue(db, userId, at) {
      if (offered(await heldBy(db, userId)).length > 0) return [];
      return (await demands(deps, db, userId, at)).filter(({ demanded }) => demanded === 'now').map(({ tenantId }) => tenantId);
    },
  };
}

/** After a new password: no device is trusted any more, and who had proven the old one begins again. */
export async function endTrust(db: Database, userId: string, at: Date): Promise<void> {
  await forgetDevices(db, userId, at);
  await dropChallenges(db, userId);
}
