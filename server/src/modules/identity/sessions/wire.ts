import type { JSONWebKeySet } from 'jose';
import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import type { Live } from '#kernel/live.ts';
import { createAccessTokens, type AccessTokens } from './access-token.ts';
import type { ConcludeDeps } from './conclude.ts';
import type { ObserveSession } from './figures.ts';
import type { Sessions } from './port.ts';
import type { RefreshDeps } from './refresh.ts';
import { createSealing, type Sealing } from './sealing.ts';
import { createSessions } from './sessions.ts';
import { createSigningKeys } from './signing-keys.ts';
import type { SessionStore } from './store.ts';
import { createStores, type Stores } from './stores.ts';

export interface SessionOptions
  extends Pick<ConcludeDeps, 'factors' | 'memberships' | 'isPrivileged' | 'arrived' | 'brokeGlass'>, Pick<RefreshDeps, 'reused'> {
  databases: Databases;
  now: Clock;
  live: Live;
  keyFor: (purpose: string) => Uint8Array;
  /** Address of the installation; goes into access tokens. */
  issuer: string;
  /** Where cookie and bearer sessions live; PostgreSQL when left out. */
  webStore?: ((sealing: Sealing) => SessionStore) | undefined;
  observeSession?: ObserveSession | undefined;
}

export interface SessionParts {
  stores: Stores;
  accessTokens: AccessTokens;
  sessions: Sessions;
  /** The public keys of our access tokens (RFC 7517). */
  jwks: () => Promise<JSONWebKeySet>;
}

/** Everything about sessions, from the stores to the port. */
export function wireSessions({ keyFor, issuer, webStore, observeSession, ...deps }: SessionOptions): SessionParts {
  const { databases, now } = deps;
  const sealing = createSealing(keyFor('sessions'));
  const stores = createStores(sealing, webStore?.(sealing), observeSession);
  const keys = createSigningKeys({ databases, now, key: keyFor('signing-keys') });
  const accessTokens = createAccessTokens({ keys, now, issuer });
  const sessions = createSessions({ ...deps, stores, accessTokens, refreshKey: keyFor('refresh-tokens') });
  return { stores, accessTokens, sessions, jwks: keys.jwks };
}
