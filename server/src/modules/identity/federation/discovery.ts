import type { Clock } from '#kernel/clock.ts';
import type { ServerMetadata } from 'openid-client';
import { keepNewest, Unreachable, type Fetch } from './outgoing.ts';

/** Milliseconds: a document is asked for again after a day, and used for a week when the provider does not answer. */
const DOCUMENT = { fresh: 86_400_000, stale: 7 * 86_400_000, retry: 30_000 } as const;

/** The document of somebody else, or none at all: trying again changes nothing. */
export class WrongDocument extends Error {}

export interface Wanted {
  issuer: string;
  /** What the document must call itself; differs from `issuer` where one document serves many tenants. */
  named?: (issuer: string) => boolean;
  /** Used when no document can be had. */
  fallback?: ServerMetadata | undefined;
}

export interface Discovery {
  /** Throws `Unreachable`, `Forbidden` or `WrongDocument`. */
  metadata: (wanted: Wanted, fetch: Fetch) => Promise<ServerMetadata>;
  /** Asked for again with the next call: somebody looks whether the provider works now. */
  forget: (issuer: string) => void;
}

const documentOf = (issuer: string): string => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

async function load({ issuer, named = (found) => found === issuer }: Wanted, fetch: Fetch): Promise<ServerMetadata> {
  const response = await fetch(documentOf(issuer), { headers: { accept: 'application/json' } });
  if (response.status !== 200) throw new WrongDocument(`there is no discovery document at ${documentOf(issuer)} (${response.status})`);
  const found = (await response.json().catch(() => undefined)) as ServerMetadata | undefined;
  if (typeof found?.issuer !== 'string' || !named(found.issuer)) throw new WrongDocument('the discovery document belongs to another issuer');
  if (typeof found.authorization_endpoint !== 'string' || typeof found.token_endpoint !== 'string' || typeof found.jwks_uri !== 'string')
    throw new WrongDocument('the discovery document names no endpoints');
  return found;
}

/** What providers say of themselves, loaded when first needed: one that is down at our start works as soon as it is up. */
export function createDiscovery(now: Clock): Discovery {
  const known = new Map<string, { document: ServerMetadata; at: number; triedAt: number }>();
  const loading = new Map<string, Promise<ServerMetadata>>();

  function once(wanted: Wanted, fetch: Fetch): Promise<ServerMetadata> {
    const { issuer } = wanted;
    const found = loading.get(issuer) ?? load(wanted, fetch).finally(() => loading.delete(issuer));
    loading.set(issuer, found);
    return found;
  }

  return {
    async metadata(wanted, fetch) {
      const at = now().getTime();
      const kept = known.get(wanted.issuer);
      if (kept && (at - kept.at < DOCUMENT.fresh || (at - kept.triedAt < DOCUMENT.retry && at - kept.at < DOCUMENT.stale))) return kept.document;
      try {
        const document = await once(wanted, fetch);
        keepNewest(known, wanted.issuer, { document, at, triedAt: at });
        return document;
      } catch (error) {
        if (kept && error instanceof Unreachable && at - kept.at < DOCUMENT.stale) {
          kept.triedAt = at;
          return kept.document;
        }
        if (wanted.fallback && (error instanceof Unreachable || error instanceof WrongDocument)) return wanted.fallback;
        throw error;
      }
    },
    forget: (issuer) => void known.delete(issuer),
  };
}
