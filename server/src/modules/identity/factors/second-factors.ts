import { openChallenge } from './challenge-store.ts';
import { demands } from './demand.ts';
import type { FactorDeps } from './deps.ts';
import { isTrustedDevice } from './device-store.ts';
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
