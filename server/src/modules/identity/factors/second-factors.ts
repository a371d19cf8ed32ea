import { openChallenge } from './challenge-store.ts';
import { demandsIn } from './demand.ts';
import type { FactorDeps } from './deps.ts';
import { isTrustedDevice } from './device-store.ts';
import { enrolled } from './held.ts';
import type { SecondFactors } from './port.ts';

/** What opening a session asks of second factors. */
export function createSecondFactors(deps: Pick<FactorDeps, 'vault' | 'memberships' | 'roleDemands'>): SecondFactors {
  return {
    enrolled,
    isTrusted: isTrustedDevice,
    openChallenge: (db, pending, at) => openChallenge(db, deps.vault, pending, at),
    overdue: async (db, userId, memberships, at) =>
      (await demandsIn(deps, db, userId, memberships, at)).filter(({ demanded }) => demanded === 'now').map(({ tenantId }) => tenantId),
  };
}
