import { decodeProtectedHeader, decodeJwt, type JWTPayload } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  clockTolerance,
  Configuration,
  customFetch,
  discovery as configure,
  fetchUserInfo,
  None,
  refreshTokenGrant,
  tokenRevocation,
  type ServerMetadata,
  type TokenEndpointResponse,
} from 'openid-client';
import { BadToken } from './faults.ts';
import type { Discovery, Wanted } from './discovery.ts';
import type { KeySets } from './key-sets.ts';
import type { Fetch, Trust } from './outgoing.ts';
import { leftHash } from './rules.ts';
import type { Client } from './types.ts';

export interface Core {
  discovery: Discovery;
  keySets: KeySets;
  outgoing: (trust: Trust) => Fetch;
}

/** What differs from plain OpenID Connect at some providers. */
export interface Quirks {
  /** One document for many tenants: the issuer in it holds `{tenantid}` (Microsoft). */
  manyTenants?: boolean;
  /** Used while the discovery document cannot be had. */
  fallback?: ServerMetadata;
}

export interface Begun {
  state: string;
  nonce: string;
  verifier: string;
  redirectUri: string;
}
export interface Granted {
  tokens: TokenEndpointResponse;
  claims: JWTPayload & { sub: string };
  config: Configuration;
}

/** openid-client knows this name, and with it that the issuer of a token is that of the person's own tenant. */
const ENTRA = new URL('https://login.microsoftonline.com/organizations/v2.0');

const wantedOf = (client: Client, { manyTenants, fallback }: Quirks): Wanted => ({
  issuer: client.issuer,
  ...(manyTenants ? { named: (issuer: string) => issuer.includes('{tenantid}') } : {}),
  fallback,
});

const fetchOf = ({ outgoing }: Core, client: Client): Fetch => outgoing(client.tenantId === null ? 'operator' : 'tenant');

/** One client at one provider, as it is configured at this moment; made anew for each use, since secrets may be short-lived. */
export async function configurationOf(core: Core, client: Client, quirks: Quirks = {}): Promise<{ config: Configuration; metadata: ServerMetadata }> {
  const fetch = fetchOf(core, client);
  const metadata = await core.discovery.metadata(wantedOf(client, quirks), fetch);
  const secret = await client.clientSecret();
  const about = { [clockTolerance]: client.clockSkewSeconds, id_token_signed_response_alg: [...client.algorithms] as unknown as string };
  const auth = secret === null ? None() : ClientSecretPost(secret);
  // Which addresses may be called, and whether without TLS, is the guard's to say.
  const known = async (): Promise<Response> => Response.json(metadata);
  const config = quirks.manyTenants
    ? await configure(ENTRA, client.clientId, about, auth, { [customFetch]: known, execute: [allowInsecureRequests] })
    : new Configuration(metadata, client.clientId, about, auth);
  allowInsecureRequests(config);
  config[customFetch] = fetch;
  config.timeout = 10;
  return { config, metadata };
}

/** Where the browser goes: authorisation code with PKCE (RFC 7636), state and nonce. */
export async function authorizationUrl(core: Core, client: Client, begun: Begun, quirks?: Quirks): Promise<URL> {
  const { config } = await configurationOf(core, client, quirks);
  return buildAuthorizationUrl(config, {
    response_type: 'code',
    redirect_uri: begun.redirectUri,
    scope: client.scopes,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: 'S256',
    ...client.parameters,
  });
}

/** Signature, and what openid-client leaves open: `at_hash`, a stray `azp`, and a token of the future. */
async function checkIdToken(core: Core, client: Client, metadata: ServerMetadata, tokens: TokenEndpointResponse): Promise<Granted['claims']> {
  const token = tokens.id_token!;
  await core.keySets.verify(metadata.jwks_uri!, token, client.algorithms, fetchOf(core, client));
  const claims = decodeJwt(token);
  const { at_hash: atHash, azp, iat, sub } = claims as JWTPayload & { at_hash?: unknown; azp?: unknown };
  if (atHash !== undefined && atHash !== leftHash(decodeProtectedHeader(token).alg!, tokens.access_token))
    throw new BadToken('at_hash does not fit the access token');
  if (azp !== undefined && azp !== client.clientId) throw new BadToken('azp is another client');
  if (iat! > Date.now() / 1000 + client.clockSkewSeconds) throw new BadToken('iat lies in the future');
  if (typeof sub !== 'string' || sub === '') throw new BadToken('sub is missing');
  return { ...claims, sub };
}

/** The code for tokens. Throws what openid-client, jose and the guard throw; `providerProblem` has words for it. */
export async function redeem(core: Core, client: Client, callback: URL, begun: Begun, quirks?: Quirks): Promise<Granted> {
  const { config, metadata } = await configurationOf(core, client, quirks);
  const maxAge = client.parameters['max_age'];
  const tokens = await authorizationCodeGrant(config, callback, {
    expectedState: begun.state,
    expectedNonce: begun.nonce,
    pkceCodeVerifier: begun.verifier,
    idTokenExpected: true,
    ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
  });
  return { tokens, claims: await checkIdToken(core, client, metadata, tokens), config };
}

/** What the provider answers for at its userinfo endpoint, about the person of the ID token and nobody else. */
export async function userInfo({ config, tokens, claims }: Granted): Promise<Record<string, unknown>> {
  if (config.serverMetadata().userinfo_endpoint === undefined) return {};
  return fetchUserInfo(config, tokens.access_token, claims.sub);
}

export async function renew(core: Core, client: Client, refreshToken: string, quirks?: Quirks): Promise<TokenEndpointResponse> {
  const { config, metadata } = await configurationOf(core, client, quirks);
  const tokens = await refreshTokenGrant(config, refreshToken);
  if (tokens.id_token !== undefined) await core.keySets.verify(metadata.jwks_uri!, tokens.id_token, client.algorithms, fetchOf(core, client));
  return tokens;
}

/** Claims of a signed token that the provider sent by itself; who it is for is left to the caller. */
export async function verifiedClaims(core: Core, client: Client, token: string, quirks?: Quirks): Promise<JWTPayload> {
  const { metadata } = await configurationOf(core, client, quirks);
  await core.keySets.verify(metadata.jwks_uri!, token, client.algorithms, fetchOf(core, client));
  return decodeJwt(token);
}

/** RFC 7009; nothing happens where the provider has no such endpoint. */
export async function revoke(core: Core, client: Client, token: string, hint: 'refresh_token' | 'access_token', quirks?: Quirks): Promise<void> {
  const { config, metadata } = await configurationOf(core, client, quirks);
  if (metadata.revocation_endpoint !== undefined) await tokenRevocation(config, token, { token_type_hint: hint });
}

/** Where the browser goes to sign out at the provider as well (OpenID Connect RP-Initiated Logout 1.0); null where that is not possible. */
export async function endSessionUrl(
  core: Core,
  client: Client,
  wanted: { idToken: string | undefined; returnTo: string },
  quirks?: Quirks,
): Promise<string | null> {
  const { config, metadata } = await configurationOf(core, client, quirks);
  if (metadata.end_session_endpoint === undefined) return null;
  return buildEndSessionUrl(config, {
    ...(wanted.idToken === undefined ? {} : { id_token_hint: wanted.idToken }),
    post_logout_redirect_uri: wanted.returnTo,
  }).href;
}
