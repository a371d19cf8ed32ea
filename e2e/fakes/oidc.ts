import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider, { interactionPolicy, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { exchangeAppleSecret } from './apple-secret.ts';

/** Which provider it behaves as, where they differ from the standard's plain form. */
export type Shape = 'generic' | 'google' | 'microsoft' | 'apple' | 'peeringdb';

export interface FakePerson {
  sub: string;
  /** As they stand in ID token and userinfo; `email_verified`, `groups`, `hd`, `oid`, `tid`, … */
  claims?: Record<string, unknown>;
  /** How the person proved themselves there (RFC 8176). */
  amr?: string[];
  acr?: string;
}
export interface FakeClient {
  clientId: string;
  clientSecret: string | null;
  redirectUris: string[];
  backchannelLogoutUri?: string;
  postLogoutRedirectUris?: string[];
}
export interface OidcOptions {
  shape?: Shape;
  clients: FakeClient[];
  people: FakePerson[];
  port?: number;
  /** Public key (PEM) that Apple-shaped client secrets are signed for. */
  appleKey?: string;
}
export interface Seen {
  method: string;
  path: string;
  parameters: Record<string, string>;
}
type Json = Record<string, unknown>;

const MICROSOFT_TENANT = '11111111-2222-4333-8444-555555555555';
const PATHS: Record<Shape, string> = { generic: '', google: '', microsoft: `/${MICROSOFT_TENANT}/v2.0`, apple: '', peeringdb: '/oauth2' };
const CLAIMS = [
  'email',
  'email_verified',
  'name',
  'given_name',
  'family_name',
  'groups',
  'realm_access',
  'hd',
  'oid',
  'tid',
  'xms_edov',
  'networks',
  'amr',
  'acr',
];

/** A key as it is published and as it signs. */
const newKey = (kid = randomBytes(6).toString('hex')): Json => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  alg: 'RS256',
});

/** Every page asks for nothing: whoever `as` named is signed in, and consent was given before. */
function policyOf(): ReturnType<typeof interactionPolicy.base> {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return policy;
}

async function formOf(request: IncomingMessage): Promise<Record<string, string>> {
  let text = '';
  for await (const part of request) text += String(part);
  return Object.fromEntries(new URLSearchParams(text));
}

const configuration = (options: OidcOptions, keys: Json[], current: () => string): Configuration => ({
  clients: options.clients.map(({ clientId, clientSecret, redirectUris, backchannelLogoutUri, postLogoutRedirectUris }) => ({
    client_id: clientId,
    ...(clientSecret === null
      ? { token_endpoint_auth_method: 'none' as const }
      : { client_secret: clientSecret, token_endpoint_auth_method: 'client_secret_post' as const }),
    redirect_uris: redirectUris,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    post_logout_redirect_uris: postLogoutRedirectUris ?? [],
    ...(backchannelLogoutUri ? { backchannel_logout_uri: backchannelLogoutUri, backchannel_logout_session_required: true } : {}),
  })),
  jwks: { keys },
  scopes: ['openid', 'offline_access', 'profile', 'email', 'groups', 'networks', 'amr', 'name'],
  claims: { openid: ['sub', ...CLAIMS], profile: [], email: [], groups: [], networks: [], amr: [], name: [], sid: null },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  interactions: { policy: policyOf(), url: (_ctx, { uid }) => `/interaction/${uid}` },
  // Its own guard would keep it from telling clients on this machine that somebody has left, and its own deadline of two and a half
  // seconds from telling one that is busy: nobody would be signed out.
  fetch: (url, init) => globalThis.fetch(url, { ...init, dispatcher: undefined, signal: AbortSignal.timeout(30_000) } as RequestInit),
  issueRefreshToken: async () => true,
  rotateRefreshToken: () => true,
  ttl: { AccessToken: 3600, RefreshToken: 86_400, AuthorizationCode: 60, IdToken: 3600, Session: 86_400, Grant: 86_400, Interaction: 600 },
  async findAccount(_ctx, sub) {
    const person = options.people.find((one) => one.sub === sub);
    return (
      person && {
        accountId: sub,
        claims: async () => ({ sub, ...person.claims, ...(person.amr ? { amr: person.amr } : {}), ...(person.acr ? { acr: person.acr } : {}) }),
      }
    );
  },
  async loadExistingGrant(ctx) {
    const { client, session, provider } = ctx.oidc;
    const accountId = session?.accountId ?? current();
    const known = await provider.Grant.find(session?.grantIdFor(client!.clientId) ?? '');
    if (known?.accountId === accountId) return known;
    const grant = new provider.Grant({ clientId: client!.clientId, accountId });
    grant.addOIDCScope('openid offline_access profile email groups networks amr name');
    await grant.save();
    return grant;
  },
  ...(options.shape === 'peeringdb' ? { routes: { authorization: '/authorize/', token: '/token/', jwks: '/.well-known/jwks.json' } } : {}),
});

/** A real OpenID provider on loopback, with people who sign in without being asked, and ways to misbehave. */
export async function startOidc(options: OidcOptions) {
  const { shape = 'generic' } = options;
  const keys = [newKey('first')];
  const seen: Seen[] = [];
  let mode: 'up' | 'down' | 'hangs' = 'up';
  let current = options.people[0]!.sub;
  let failing: string | undefined;
  let rejecting = false;
  let alter: Record<string, (body: Json) => Json | Promise<Json>> = {};
  const open = new Set<ServerResponse>();

  const server = createServer((request, response) => void serve(request, response));
  server.listen(options.port ?? 0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = origin + PATHS[shape];
  let provider = make();

  /** Answers are looked at on their way out: a test may alter them. */
  async function altered(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
    await next();
    const name = ctx.path.split('/').findLast(Boolean) ?? '';
    if (name === 'openid-configuration') describe(ctx.body as Json);
    const change = alter[name];
    if (change && ctx.body && typeof ctx.body === 'object') ctx.body = await change(ctx.body as Json);
  }
  function describe(document: Json): void {
    if (shape !== 'microsoft') return;
    document['issuer'] = `${origin}/{tenantid}/v2.0`;
    delete document['authorization_response_iss_parameter_supported'];
  }
  function make(): Provider {
    const made = new Provider(
      issuer,
      configuration(options, keys, () => current),
    );
    // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Koa, not Express: it waits for the promise
    made.use(altered as never);
    // It is reached by plain HTTP on this machine.
    made.proxy = false;
    made.on('backchannel.error', (_ctx, error) => process.stderr.write(`nobody was told that somebody left: ${String(error)}\n`));
    return made;
  }

  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const person = options.people.find((one) => one.sub === current)!;
    await provider.interactionFinished(request, response, {
      login: { accountId: current, ...(person.amr ? { amr: person.amr } : {}), ...(person.acr ? { acr: person.acr } : {}) },
      select_account: {},
    });
  }

  /** PeeringDB's own document beside userinfo. */
  async function profile(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = await provider.AccessToken.find((request.headers.authorization ?? '').replace(/^Bearer /, ''));
    const person = options.people.find((one) => one.sub === token?.accountId);
    const body = person ? await (alter['profile'] ?? ((one: Json) => one))({ id: Number(person.sub), ...person.claims }) : { detail: 'no' };
    response.writeHead(person ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  /** How it misbehaves just now; true when that was all. */
  function misbehaves(path: string, parameters: Record<string, string>, response: ServerResponse): boolean {
    if (mode === 'hangs') return true;
    if (mode === 'down' || (failing !== undefined && path.endsWith(`/${failing}`)))
      response.writeHead(503, { 'content-type': 'text/plain' }).end('maintenance');
    else if (rejecting && parameters['grant_type'] === 'refresh_token')
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: 'invalid_grant' }));
    return response.writableEnded;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const isPost = request.method === 'POST';
    const parameters = isPost ? await formOf(request) : Object.fromEntries(url.searchParams);
    seen.push({ method: request.method ?? '', path: url.pathname, parameters });
    open.add(response);
    response.once('close', () => open.delete(response));
    if (misbehaves(url.pathname, parameters, response)) return;
    if (isPost) Object.assign(request, { body: shape === 'apple' ? await exchangeAppleSecret(parameters, options, issuer) : parameters });
    if (url.pathname.startsWith('/interaction/')) return interact(request, response);
    if (url.pathname === '/profile/v1') return profile(request, response);
    const path = shape === 'microsoft' ? url.pathname.replace('/organizations/v2.0', PATHS.microsoft) : url.pathname;
    const full = path + url.search;
    // As below a mount point: the provider tells its own path from the difference.
    Object.assign(request, { originalUrl: full, url: full.slice(PATHS[shape].length) || '/' });
    await provider.callback()(request, response);
  }

  return {
    /** As clients know it; of many tenants, the address before the tenant. */
    issuer: shape === 'microsoft' ? origin : issuer,
    origin,
    tenant: MICROSOFT_TENANT,
    /** Requests so far. */
    seen,
    /** Those to an endpoint, by the last part of its path. */
    asked: (name: string): Seen[] => seen.filter(({ path }) => path.split('/').findLast(Boolean) === name),
    as: (sub: string): void => void (current = sub),
    person: (sub: string): FakePerson => options.people.find((one) => one.sub === sub)!,
    goes: (next: 'up' | 'down' | 'hangs'): void => void (mode = next),
    /** One endpoint answers 503, by the last part of its path. */
    failsAt: (name: string | undefined): void => void (failing = name),
    /** Somebody there took every grant back: no refresh token is good. */
    rejectsRefresh: (yes: boolean): void => void (rejecting = yes),
    /** Alters the answers of an endpoint, by the last part of its path; undefined leaves them. */
    alter(name: string, change: ((body: Json) => Json | Promise<Json>) | undefined): void {
      const { [name]: _, ...others } = alter;
      alter = change ? { ...others, [name]: change } : others;
    },
    /** The key that signs now, with its private part. */
    key: (): Json => keys[0]!,
    /** Signs with another key from now on, and publishes only that; whoever is signed in there stays so no longer. */
    rotate(): void {
      keys.splice(0, keys.length, newKey());
      provider = make();
    },
    /** The people this provider knows; a page of a journey may ask for another. */
    people: options.people,
    async close(): Promise<void> {
      for (const response of open) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Oidc = Awaited<ReturnType<typeof startOidc>>;
