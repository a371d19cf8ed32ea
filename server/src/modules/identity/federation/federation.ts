import type { Database } from '#kernel/database.ts';
import { appendEvents } from '#kernel/events.ts';
import { Problem } from '#kernel/problem.ts';
import { randomToken } from '#kernel/ids.ts';
import { networkOf } from '../network.ts';
import { record } from '../profile/activity.ts';
import { spent } from '../registration/quota.ts';
import { detach, shownAccounts } from './accounts.ts';
import type { FederationDeps } from './deps.ts';
import { providerMissing, type Directory } from './directory.ts';
import { lostFlow, providerProblem, refusedBy, type Dialect } from './faults.ts';
import { openCode, openFlow, takeCode, takeFlow, type Flow, type Proof } from './flows.ts';
import type { Proven, Provider } from './idps/provider.ts';
import { logoutOf } from './logout-token.ts';
import type { Callback, Federation, OnKnown, Returned, Start, Started, Visitor } from './port.ts';
import { forgetProvider } from './forgotten.ts';
import { keepWord } from './latecomers.ts';
import { enterTenant, linkTo, resolve, type Incoming } from './resolve.ts';
import { safeReturnTo, saysTwoFactors } from './rules.ts';

/** Flows that a page finishes have another redirect address, so they are kept apart. */
const keyOf = (provider: string, byPage = false): string => (byPage ? `${provider}:page` : provider);
const dialectOf = ({ dialect }: Provider, byPage = false): Dialect => (byPage ? 'peeringdb' : dialect);

function redirectUriOf(publicUrl: string, { client }: Provider, byPage = false): string {
  if (byPage) return `${publicUrl}/auth/callback`;
  return `${publicUrl}/api/v1/auth/${client.tenantId === null ? 'oauth' : 'oidc'}/${client.id}/callback`;
}

/** Messages of an error and of what caused it. Not the errors themselves: libraries hang tokens on them. */
const wordsOf = (error: unknown): string =>
  error instanceof Error ? [`${error.name}: ${error.message}`, ...(error.cause === undefined ? [] : [wordsOf(error.cause)])].join(' < ') : '';

/**
 * Does the provider's second factor stand for ours? Of a tenant's own provider only while the person works in that tenant alone: its
 * administrators could otherwise vouch for themselves into another.
 */
function countsAsTwo({ client, tenant }: Provider, { assertion }: Proven, memberships: readonly { tenantId: string }[]): boolean {
  if (!client.trustMfa || !saysTwoFactors(assertion, tenant?.acrValues ?? [])) return false;
  return client.tenantId === null || memberships.every(({ tenantId }) => tenantId === client.tenantId);
}

const proofOf = ({ client }: Provider, { assertion, tokens }: Proven, userId: string, isTwo: boolean): Proof => {
  const { issuer, subject, sid } = assertion;
  return {
    first: {
      userId,
      amr: isTwo ? ['fed', 'mfa'] : ['fed'],
      level: isTwo ? 2 : 1,
      provider: { id: client.id, issuer, subject, sid: sid ?? undefined, tokens },
    },
    tenantId: client.tenantId,
  };
};

/** The adapter of the port Federation. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createFederation(deps: FederationDeps, directory: Directory): Federation {
  const { databases, now, sealing, publicUrl, log } = deps;

  const limited = async (ip: string | null): Promise<void> => {
    const refusal = await databases.platform('count a federated sign-in', (db) =>
      spent(db, [{ limit: 'oauthNetwork', subject: networkOf(ip) }], now()),
    );
    if (refusal) throw refusal;
  };

  /** What a provider did wrong, in our words; its own words go to the log. */
  async function asking<T>(provider: Provider, dialect: Dialect, ask: () => Promise<T>): Promise<T> {
    // Those of tenants are as many as there are tenants, and no tenant is named in a label.
    const heard = (up: boolean): void => void (dialect !== 'oidc' && deps.reached?.(provider.client.id, up));
    try {
      const answer = await ask();
      heard(true);
      return answer;
    } catch (error) {
      const problem = providerProblem(error, dialect);
      heard(problem.kind.status !== 503);
      log.warn({ provider: provider.client.id, slug: problem.slug, why: wordsOf(error) }, 'identity provider');
      throw problem;
    }
  }

  async function start(
    { provider: id, purpose, returnTo, byPage }: Start,
    visitor: Visitor,
    link?: Parameters<Federation['start']>[2],
  ): Promise<Started> {
    await limited(visitor.ip);
    const provider = await directory.find(id);
    const tenantId = provider.client.tenantId;
    // One's own account is tied to the provider of one's own tenants only.
    if (link && tenantId !== null && !(await databases.platform('is a member', (db) => deps.doors.isMember(db, tenantId, link.userId))))
      throw providerMissing();
    const browser = /^[\w-]{43}$/.test(visitor.browser ?? '') ? visitor.browser! : randomToken();
    const opening = {
      provider: keyOf(id, byPage),
      purpose,
      browser,
      returnTo: safeReturnTo(returnTo),
      redirectUri: redirectUriOf(publicUrl, provider, byPage),
      link,
    };
    const { expiresAt, ...begun } = await databases.platform('begin a federated sign-in', (db) => openFlow(db, sealing, opening, now()));
    const location = await asking(provider, dialectOf(provider, byPage), () => provider.begin(begun));
    return { location: location.href, browser, expiresAt, formPost: provider.formPost };
  }

  /** State, browser and issuer (RFC 9207) fit, and the provider did not refuse. The flow is used up before anybody is called. */
  async function flowOf(provider: Provider, { provider: id, parameters, byPage }: Callback, visitor: Visitor): Promise<Flow> {
    const dialect = dialectOf(provider, byPage);
    const { state, error, code } = parameters;
    if (!state) throw lostFlow(dialect);
    const flow = await databases.platform('end a federated sign-in', (db) =>
      takeFlow(db, sealing, { state, browser: visitor.browser, provider: keyOf(id, byPage) }, now()),
    );
    if (flow === 'expired' && byPage) throw new Problem('oauth-state-expired', 'The sign-in was begun more than ten minutes ago. Start it again.');
    if (flow === 'lost' || flow === 'expired') throw lostFlow(dialect);
    if (error) throw refusedBy(dialect, error);
    if (!code) throw byPage ? new Problem('peeringdb-callback-incomplete', 'The callback came without a code.') : refusedBy(dialect, 'code_missing');
    return flow;
  }

  function requireIssuer({ client, quirks }: Provider, iss: string | undefined): void {
    // Where one document serves many tenants, no single issuer could be named.
    if (iss === undefined || quirks.manyTenants || iss === client.issuer) return;
    throw new Problem('oidc-issuer-mismatch', 'The answer names another issuer than the provider that this sign-in was begun with.');
  }

  async function known(db: Database, person: { id: string; email: string; name: string }, onKnown: OnKnown): Promise<void> {
    onKnown(person, (await deps.memberships.of(db, person.id))[0]);
  }

  async function settle(flow: Flow, provider: Provider, proven: Proven, visitor: Visitor, onKnown: OnKnown): Promise<Returned> {
    const incoming: Incoming = { provider, assertion: proven.assertion, visitor };
    const { returnTo, userId, sessionId } = flow;
    if (userId !== null && sessionId !== null) {
      // It is the act of a signed-in person: the session that began it must be there still.
      const session = await deps.sessions.get(sessionId);
      if (session?.userId !== userId) throw lostFlow(provider.dialect);
      await databases.platform('link an identity', async (db) => {
        await known(db, await linkTo(deps, db, userId, incoming, now()), onKnown);
        const told = { type: 'auth.identity_linked', data: { userId, provider: provider.client.id } };
        if (session.tenantId !== null) await appendEvents(db, session.tenantId, [told], null);
      });
      return { code: null, linked: provider.client.id, returnTo };
    }
    const outcome = await databases.platform('who came by a provider', async (db) => {
      const { person, refusal } = await resolve(deps, db, incoming, now());
      await known(db, person, onKnown);
      const { groups } = proven.assertion;
      const proof = async () => proofOf(provider, proven, person.id, countsAsTwo(provider, proven, await deps.memberships.of(db, person.id)));
      if (refusal) {
        await keepWord(db, deps, { proof: await proof(), groups, provider, browser: visitor.browser }, now());
        return refusal;
      }
      const rightsChanged = await enterTenant(deps, db, person, { id: provider.client.id, tenant: provider.tenant, groups }, now());
      return { rightsChanged, code: await openCode(db, sealing, await proof(), visitor.browser!, now()) };
    });
    if (outcome instanceof Problem) throw outcome;
    if (outcome.rightsChanged) deps.roles.changed();
    return { code: outcome.code, linked: null, returnTo };
  }

  return {
    offer: directory.offer,
    only: directory.only,
    start,
    async callback(returned, visitor, onKnown) {
      await limited(visitor.ip);
      const provider = await directory.find(returned.provider);
      const flow = await flowOf(provider, returned, visitor);
      const { iss, user, ...rest } = returned.parameters;
      requireIssuer(provider, iss);
      const redirectUri = redirectUriOf(publicUrl, provider, returned.byPage);
      const callback = new URL(redirectUri);
      for (const [name, value] of Object.entries(iss === undefined || provider.quirks.manyTenants ? rest : { ...rest, iss }))
        callback.searchParams.set(name, value);
      const begun = { state: returned.parameters['state']!, nonce: flow.nonce, verifier: flow.verifier, redirectUri };
      const proven = await asking(provider, dialectOf(provider, returned.byPage), () => provider.finish({ callback, user }, begun));
      return settle(flow, provider, proven, visitor, onKnown);
    },
    async complete(code, visitor, arrival) {
      const at = now();
      const proof = await databases.platform('take a one-time code', (db) => takeCode(db, sealing, code, visitor.browser, at));
      if (!proof) throw lostFlow('social');
      const wanted = proof.tenantId === null ? arrival : { ...arrival, tenant: arrival.tenant ?? proof.tenantId };
      return databases.platform('federated sign-in', (db) => deps.sessions.conclude(db, proof.first, wanted, at));
    },
    async accounts(userId) {
      const rows = await databases.platform('linked identities', (db) => shownAccounts(db, userId));
      return Promise.all(rows.map(async (row) => ({ ...row, name: await directory.nameOf(row.provider) })));
    },
    async unlink(userId, provider, { ip, agent }) {
      const name = await directory.nameOf(provider);
      await databases.platform('unlink an identity', async (db) => {
        await detach(db, userId, provider);
        await record(db, { userId, kind: 'auth.identity_unlinked', ip, agent, detail: { provider: name } }, now());
      });
    },
    async backchannelLogout(id, token) {
      const provider = await directory.find(id);
      const ended = await asking(provider, provider.dialect, () => logoutOf(deps.core, provider, token, now()));
      return (await deps.sessions.endOfProvider(ended)).length;
    },
    forgotten: (provider) => databases.platform('a provider is gone', (db) => forgetProvider(db, provider)),
  };
}
