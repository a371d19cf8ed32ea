import type { Database } from '#kernel/database.ts';
import { and, eq, gt, isNull, lt } from '#kernel/drizzle.ts';
import { newId, randomToken, sha256 } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { createClients } from './clients.ts';
import type { OAuthDeps } from './deps.ts';
import { openGrant, rememberedGrant } from './grants.ts';
import type { Asked, Authorization, Client, Consent } from './providers/port.ts';
import { endpointOf, hostOf, isChallenge, isProvenRedirect, isRegistered, isWithin, LIVES, resourceOf, riskOf } from './rules.ts';
import { requests, type RequestRow } from './tables.ts';

type Part = Pick<Authorization, 'begin' | 'consent' | 'approve' | 'deny'>;
const MAX_STATE = 4_096;

const required = (value: string | undefined, name: string): string => {
  if (value === undefined || value === '') throw new Problem('oauth-invalid-request', `The parameter ${name} is missing.`);
  return value;
};

/** With the issuer, so that a client of several servers cannot be led to mix them up (RFC 9207). */
function answerAt(redirectUri: string, publicUrl: string, answer: Record<string, string | null>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, iss: publicUrl })) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

interface Understood {
  risk: NonNullable<ReturnType<typeof riskOf>>;
  challenge: string;
  slug: string | null;
}

/** What is wrong with a request whose client and redirect URI are right, as the error that the client gets; or what it asks for. */
function understood(asked: Asked, publicUrl: string): Understood | { error: string; text: string } {
  if (asked.responseType !== 'code') return { error: 'unsupported_response_type', text: 'response_type must be code' };
  if (asked.challengeMethod !== 'S256') return { error: 'invalid_request', text: 'code_challenge_method must be S256' };
  if (!isChallenge(asked.challenge)) return { error: 'invalid_request', text: 'code_challenge must be a SHA-256 in base64url' };
  if ((asked.state ?? '').length > MAX_STATE) return { error: 'invalid_request', text: 'state is too long' };
  const risk = riskOf(asked.scope);
  if (!risk) return { error: 'invalid_scope', text: 'scopes are switchyard.read, switchyard.write and switchyard.high' };
  const resource = resourceOf(publicUrl, asked.resource);
  if (!resource) return { error: 'invalid_target', text: 'resource is no MCP endpoint of this installation' };
  return { risk, challenge: asked.challenge, slug: resource.slug };
}

const live = (request: string, at: Date) => and(eq(requests.hash, sha256(request)), isNull(requests.decidedAt), gt(requests.expiresAt, at));
const over = (): Problem => new Problem('consent-over', 'This request was answered already, or is older than ten minutes. Start again in the agent.');

/** Takes the request out of circulation; of two answers one finds it. */
async function settle(db: Database, request: string, at: Date): Promise<RequestRow> {
  const [row] = await db.update(requests).set({ decidedAt: at }).where(live(request, at)).returning();
  if (!row) throw over();
  return row;
}

/** From the browser of a person who was sent here by a program, to the code that the program gets. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createRequests(deps: OAuthDeps, clients: ReturnType<typeof createClients>): Part {
  const { databases, now, publicUrl, tenantsOf, ended } = deps;

  async function isAllowed(db: Database, row: RequestRow, tenant: { id: string; clients: 'any' | 'listed' }): Promise<boolean> {
    if (row.clientTenantId !== null) return row.clientTenantId === tenant.id;
    return tenant.clients === 'any' || clients.isListed(db, tenant.id, row.clientId);
  }

  async function keep(client: Client, redirectUri: string, state: string | undefined, { risk, challenge, slug }: Understood): Promise<string> {
    const request = randomToken(32);
    const at = now();
    const row = {
      id: newId(), hash: sha256(request), clientId: client.clientId, clientName: client.name, clientKind: client.kind, clientUri: client.uri, clientTenantId: client.tenantId,
      redirectUri, state: state ?? null, challenge, risk, tenantSlug: slug, createdAt: at, expiresAt: new Date(at.getTime() + LIVES.request), decidedAt: null,
    }; // prettier-ignore
    await databases.platform('oauth request', (db) => db.insert(requests).values(row));
    return request;
  }

  return {
    async begin(asked) {
      const client = await clients.find(required(asked.clientId, 'client_id'));
      const redirectUri = asked.redirectUri ?? (client.redirectUris.length === 1 ? client.redirectUris[0] : undefined);
      // Until it is known where an answer may go, none is sent (RFC 6749, 4.1.2.1).
      if (redirectUri === undefined || !isRegistered(client.redirectUris, redirectUri))
        throw new Problem('oauth-invalid-redirect-uri', `${client.name} wants the answer at an address that it has not registered.`);
      const found = understood(asked, publicUrl);
      if ('error' in found)
        return { location: answerAt(redirectUri, publicUrl, { error: found.error, error_description: found.text, state: asked.state ?? null }) };
      const request = await keep(client, redirectUri, asked.state, found);
      return { location: `${publicUrl}/oauth/consent?request=${request}` };
    },
    consent: (request, userId) =>
      databases.platform('oauth consent', async (db) => {
        const [row] = await db.select().from(requests).where(live(request, now()));
        if (!row) throw over();
        const mine = (await tenantsOf(db, userId)).filter(({ slug }) => row.tenantSlug === null || slug === row.tenantSlug);
        const tenants: Consent['tenants'] = [];
        for (const tenant of mine) {
          const { id, slug, name } = tenant;
          tenants.push({ id, slug, name, allowed: await isAllowed(db, row, tenant) });
        }
        const known = row.tenantSlug !== null && tenants[0]?.allowed ? await rememberedGrant(db, { tenantId: tenants[0].id, userId, clientId: row.clientId, audience: endpointOf(publicUrl, row.tenantSlug) }) : undefined; // prettier-ignore
        return {
          client: { id: row.clientId, name: row.clientName, kind: row.clientKind, uri: row.clientUri, host: hostOf(row.redirectUri) },
          risk: row.risk,
          allowedBefore: known?.risk ?? null,
          tenants,
          // A port or scheme of the person's machine may be anybody's, so there the person is asked each time (RFC 8252, 8.6).
          remembered:
            known !== undefined && isWithin(row.risk, known.risk) && known.redirectUri === row.redirectUri && isProvenRedirect(row.redirectUri),
          expiresAt: row.expiresAt,
        };
      }),
    approve: async (request, { userId, tenant, risk }) => {
      const approved = await databases.platform('approve oauth request', async (db) => {
        const at = now();
        const row = await settle(db, request, at);
        if (row.tenantSlug !== null && row.tenantSlug !== tenant.slug)
          throw new Problem('oauth-invalid-target', 'The agent asked for another tenant than this one.');
        const there = (await tenantsOf(db, userId)).find(({ id }) => id === tenant.id);
        if (!there || !(await isAllowed(db, row, there)))
          throw new Problem('agent-not-allowed', `${tenant.name} lets people connect only programs that an administrator has entered.`);
        const audience = endpointOf(publicUrl, row.tenantSlug);
        const { code, agent } = await openGrant(db, { row, userId, tenantId: tenant.id, audience, risk }, at);
        return { location: answerAt(row.redirectUri, publicUrl, { code, state: row.state }), agent };
      });
      // The agent may be allowed less than before, which its live tokens must not outlast anywhere.
      ended();
      return approved;
    },
    deny: (request) =>
      databases.platform('deny oauth request', async (db) => {
        const row = await settle(db, request, now());
        return {
          location: answerAt(row.redirectUri, publicUrl, { error: 'access_denied', error_description: 'the person said no', state: row.state }),
        };
      }),
  };
}

/** As the platform, by the clock. */
export const sweepRequests = async (db: Database, now: Date): Promise<void> => void (await db.delete(requests).where(lt(requests.expiresAt, now)));
