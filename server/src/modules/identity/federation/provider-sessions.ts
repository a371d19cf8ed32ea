import type { Context } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { ResponseBodyError } from 'openid-client';
import type { EndSession } from '../sessions/port.ts';
import type { StoredSession } from '../sessions/store.ts';
import type { ProviderTokens } from '../sessions/types.ts';
import type { FederationDeps } from './deps.ts';
import type { Directory } from './directory.ts';
import { providerProblem } from './faults.ts';
import type { Provider } from './idps/provider.ts';
import type { ProviderSessions } from './port.ts';
import { endSessionUrl, renew, revoke } from './relying-party.ts';

/** Milliseconds: how long one call may take before another is made, and how long new tokens count as new. */
const RENEWAL = { lease: 12_000, fresh: 10_000, look: 50 } as const;

const isInvalidGrant = (error: unknown): boolean =>
  error instanceof ResponseBodyError
    ? error.error === 'invalid_grant'
    : error instanceof Error && error.cause !== undefined && isInvalidGrant(error.cause);

const withTokens = (session: StoredSession, tokens: ProviderTokens): Partial<StoredSession> | undefined =>
  session.provider ? { provider: { ...session.provider, tokens } } : undefined;

const unleased = ({ renewing: _, ...kept }: ProviderTokens): ProviderTokens => kept;

/** A provider that was switched off or removed renews nothing any more; that ends no session here. */
function unlessMissing(error: unknown): undefined {
  if (error instanceof Problem && error.slug === 'provider-not-found') return undefined;
  throw error;
}

/** Renews and gives back what providers handed out for our sessions. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createProviderSessions(deps: FederationDeps, directory: Directory): ProviderSessions & EndSession {
  const { sessions, now, core, log, publicUrl } = deps;

  /** The one who may call the provider, across processes: a refresh token that rotates is worth something once. */
  async function lease(sessionId: string): Promise<{ session: StoredSession; mine: boolean }> {
    let mine = false;
    const changed = await sessions.change(sessionId, (session) => {
      const { tokens } = session.provider ?? {};
      const at = now().getTime();
      mine = !!tokens?.refreshToken && !isWithin(tokens.renewing, RENEWAL.lease, at) && !isWithin(tokens.renewedAt, RENEWAL.fresh, at);
      return mine ? withTokens(session, { ...tokens, renewing: now().toISOString() }) : undefined;
    });
    const session = changed ?? (await sessions.get(sessionId));
    if (!session) throw new Problem('session-revoked', 'This session was ended. Sign in again.');
    return { session, mine: mine && changed !== undefined };
  }

  /** Somebody else is at it: their result is ours. */
  async function settled(sessionId: string): Promise<void> {
    for (let waited = 0; waited < RENEWAL.lease; waited += RENEWAL.look) {
      const session = await sessions.get(sessionId);
      if (!session) throw new Problem('session-revoked', 'This session was ended. Sign in again.');
      if (session.provider?.tokens?.renewing === undefined) return;
      await new Promise((done) => setTimeout(done, RENEWAL.look));
    }
  }

  async function call(session: StoredSession, provider: Provider): Promise<void> {
    const old = session.provider!.tokens!;
    const kept = unleased(old);
    try {
      const found = await renew(core, provider.client, old.refreshToken!, provider.quirks);
      const tokens: ProviderTokens = {
        idToken: found.id_token ?? old.idToken,
        accessToken: found.access_token,
        refreshToken: found.refresh_token ?? old.refreshToken,
        renewedAt: now().toISOString(),
        ...(found.expires_in === undefined ? {} : { expiresAt: new Date(now().getTime() + found.expires_in * 1000).toISOString() }),
      };
      await sessions.change(session.id, (current) => withTokens(current, tokens));
    } catch (error) {
      if (isInvalidGrant(error)) {
        await sessions.end(session.userId, session.id, 'provider');
        throw new Problem('session-revoked', 'The identity provider ended this session. Sign in again.');
      }
      await sessions.change(session.id, (current) => withTokens(current, kept));
      throw providerProblem(error, provider.dialect);
    }
  }

  /** Refresh token first: it could make further access tokens. */
  async function revokeAll(provider: Provider, { refreshToken, accessToken }: ProviderTokens): Promise<boolean> {
    const given = [
      [refreshToken, 'refresh_token'],
      [accessToken, 'access_token'],
    ] as const;
    let good = true;
    for (const [token, hint] of given) {
      if (token === undefined) continue;
      await revoke(core, provider.client, token, hint, provider.quirks).catch((error: Error) => {
        good = false;
        log.warn({ provider: provider.client.id, why: error.message }, 'provider token was not revoked');
      });
    }
    return good;
  }

  async function urlFor(session: StoredSession, ctx: Context): Promise<string | null> {
    const { id, tokens } = session.provider ?? {};
    if (id === undefined || tokens === undefined) return null;
    // A provider that is gone or down keeps nobody signed in here.
    const provider = await directory.find(id).catch(() => undefined);
    if (!provider) return null;
    if (!(await revokeAll(provider, tokens)))
      await deps.note(ctx, { code: 'provider-revocation-failed', text: `${provider.client.name} did not revoke the tokens of this session.` });
    return endSessionUrl(core, provider.client, { idToken: tokens.idToken, returnTo: `${publicUrl}/login` }, provider.quirks).catch(() => null);
  }

  return {
    urlFor,
    async renew(sessionId) {
      const { session, mine } = await lease(sessionId);
      const { provider: identity } = session;
      if (!identity?.tokens?.refreshToken) return 'none';
      if (!mine) {
        await settled(sessionId);
        return 'renewed';
      }
      const provider = await directory.find(identity.id).catch((error: unknown) => unlessMissing(error));
      if (provider) await call(session, provider);
      else await sessions.change(sessionId, (current) => withTokens(current, unleased(current.provider?.tokens ?? {})));
      return provider ? 'renewed' : 'none';
    },
  };
}

const isWithin = (moment: string | undefined, ms: number, at: number): boolean => moment !== undefined && at - Date.parse(moment) < ms;
