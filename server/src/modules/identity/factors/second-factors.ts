import { openChallenge } from './challenge-store.ts';
import { demandsIn } from './demand.ts';
import type { FactorDeps } from './deps.ts';
import { isTrustedDevice } from './device-store.ts';
import { enrolled } from './held.ts';
import type { SecondFactors } from './port.ts';

/** What opening a session asks of second factors. */
export function createSecondFactors(deps: Pick<FactorDeps, 'vault' | 'roleDemands'>): SecondFactors {
  return {
    enrolled,
    isTrusted: isTrustedDevice,
    openChallenge: (db, pending, at) => openChallenge(db, deps.vault, pending, at),
    demandedByRoles: deps.roleDemands,
    overdue: (memberships, byRoles, at) =>
      demandsIn(memberships, byRoles, at)
        .filter(({ demanded }) => demanded === 'now')
        .map(({ tenantId }) => tenantId),
  };
}
