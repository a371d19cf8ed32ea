import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  Configuration,
  customFetch,
  allowInsecureRequests,
} from 'openid-client';
import { Unreachable, type Fetch } from '../outgoing.ts';
import type { Core } from '../relying-party.ts';
import { text } from '../rules.ts';
import type { Client } from '../types.ts';
import type { Provider } from './provider.ts';
import type { Registered } from './registered.ts';

const MAX_PAGES = 5;

interface Address {
  email: string;
  primary: boolean;
  verified: boolean;
}

/** GitHub answers 200 to what it refuses, with an OAuth error in the body; everybody else says 400 (RFC 6749, 5.2). */
const saysErrors =
  (fetch: Fetch): Fetch =>
  async (url, init) => {
    const response = await fetch(url, init);
    if (response.status !== 200) return response;
    const body = (await response.clone().json().catch(() => null)) as { error?: unknown } | null; // prettier-ignore
    return typeof body?.error === 'string' ? Response.json(body, { status: 400 }) : response;
  };

/** The address of the next page (RFC 8288), on the same server. */
function nextPage(response: Response, from: string): string | null {
  const next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  return next !== undefined && URL.canParse(next) && new URL(next).origin === new URL(from).origin ? next : null;
}

/** The API of one signed-in person. */
function apiOf(fetch: Fetch, token: string) {
  const get = async (url: string): Promise<Response> => {
    const response = await fetch(url, {
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        'user-agent': 'Switchyard',
      },
    });
    if (response.status !== 200) throw new Unreachable(`GitHub answered ${response.status} to ${new URL(url).pathname}`);
    return response;
  };
  return {
    get,
    async addresses(first: string): Promise<Address[]> {
      const found: Address[] = [];
      for (let url: string | null = first, page = 0; url !== null && page < MAX_PAGES; page += 1) {
        const response: Response = await get(url);
        const items = (await response.json()) as Address[];
        if (Array.isArray(items)) found.push(...items);
        url = nextPage(response, first);
      }
      return found;
    },
  };
}

/** OAuth 2 without OpenID: there is no ID token, so the API says who it is (platform.md 4.9). */
export function github(core: Core, { clientId, clientSecret, issuer = 'https://github.com', trustMfa }: Registered): Provider {
  const base = issuer === 'https://github.com' ? 'https://api.github.com' : `${issuer}/api/v3`;
  const client: Client = {
    id: 'github', kind: 'github', name: 'GitHub', tenantId: null, issuer, clientId, clientSecret: async () => clientSecret,
    scopes: 'read:user user:email', parameters: {}, algorithms: [], clockSkewSeconds: 60, trustMfa,
  }; // prettier-ignore
  const fetch = core.outgoing('operator');
  const config = new Configuration(
    { issuer, authorization_endpoint: `${issuer}/login/oauth/authorize`, token_endpoint: `${issuer}/login/oauth/access_token` },
    clientId,
    clientSecret,
  );
  allowInsecureRequests(config); // the guard decides, as for the others
  config[customFetch] = saysErrors(fetch);
  return {
    client,
    dialect: 'social',
    quirks: {},
    formPost: false,
    tenant: null,
    begin: async ({ redirectUri, state, verifier }) =>
      buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: client.scopes,
        state,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    async finish({ callback }, { state, verifier }) {
      const tokens = await authorizationCodeGrant(config, callback, { expectedState: state, pkceCodeVerifier: verifier });
      const api = apiOf(fetch, tokens.access_token);
      const response = await api.get(`${base}/user`);
      const user = (await response.json()) as { id?: unknown; login?: unknown; name?: unknown };
      if (!Number.isSafeInteger(user.id)) throw new Unreachable('GitHub did not say who it is');
      // People may untick a scope; what was granted is in the header.
      const scopes = new Set((response.headers.get('x-oauth-scopes') ?? '').split(',').map((one) => one.trim()));
      const mine = scopes.has('user:email') || scopes.has('user') ? await api.addresses(`${base}/user/emails?per_page=100`) : [];
      const primary = mine.find((one) => one.primary);
      const login = text(user.login);
      return {
        assertion: {
          issuer, subject: String(user.id), email: primary?.email ?? null, emailTrusted: primary?.verified === true, name: text(user.name) ?? login,
          givenName: null, familyName: null, amr: [], acr: null, sid: null, groups: [], kept: { login },
        },
        tokens: undefined,
      }; // prettier-ignore
    },
  };
}
