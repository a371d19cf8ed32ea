import { createClients } from './clients.ts';
import type { OAuthDeps } from './deps.ts';
import { createGrants } from './grants.ts';
import type { Authorization, Concerned } from './providers/port.ts';
import { createRequests } from './requests.ts';
import { createTokens } from './tokens.ts';

/** The adapter of the port Authorization on schema `auth`. */
export function createAuthorization(deps: OAuthDeps & { reused: (whose: Concerned) => void }): Authorization {
  const { find: _find, isListed: _isListed, ...clients } = createClients(deps);
  return { ...clients, ...createRequests(deps, { ...clients, find: _find, isListed: _isListed }), ...createGrants(deps), ...createTokens(deps) };
}
