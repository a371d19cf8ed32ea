import type { ProviderTokens } from '../../sessions/types.ts';
import type { Dialect } from '../faults.ts';
import { authorizationUrl, redeem, userInfo, type Core, type Granted, type Quirks } from '../relying-party.ts';
import { claimAt, text, texts } from '../rules.ts';
import type { Assertion, Client } from '../types.ts';
import type { Provider, Returned, TenantRules } from './provider.ts';

type Claims = Record<string, unknown>;

interface Shape {
  client: Client;
  dialect?: Dialect;
  quirks?: Quirks;
  formPost?: boolean;
  tenant?: TenantRules;
  /** Userinfo is asked too, for what the ID token leaves out; the ID token has the last word. */
  asksUserInfo?: boolean;
  /** Tokens are of use after sign-in. */
  keepsTokens?: boolean;
  /** What differs from the common reading of the claims; may refuse. */
  read?: (claims: Claims, granted: Granted, returned: Returned) => Promise<Partial<Assertion>> | Partial<Assertion>;
}

const kept = (claims: Claims): Claims =>
  Object.fromEntries(
    ['email', 'email_verified', 'name', 'preferred_username', 'hd', 'tid', 'locale']
      .filter((name) => ['string', 'boolean'].includes(typeof claims[name]))
      .map((name) => [name, typeof claims[name] === 'string' ? claims[name].slice(0, 254) : claims[name]]),
  );

/** The claims of OpenID Connect Core 5.1; an address is not trusted unless the provider's own reading says so. */
const commonAssertion = (claims: Claims, groupsClaim = 'groups'): Assertion => ({
  issuer: String(claims['iss']),
  subject: String(claims['sub']),
  email: text(claims['email']),
  emailTrusted: false,
  name: text(claims['name']),
  givenName: text(claims['given_name']),
  familyName: text(claims['family_name']),
  amr: texts(claims['amr']),
  acr: text(claims['acr']),
  sid: text(claims['sid']),
  groups: texts(claimAt(claims, groupsClaim)),
  kept: kept(claims),
});

const tokensOf = ({ tokens }: Granted): ProviderTokens => ({
  idToken: tokens.id_token,
  accessToken: tokens.access_token,
  refreshToken: tokens.refresh_token,
  ...(tokens.expires_in === undefined ? {} : { expiresAt: new Date(Date.now() + tokens.expires_in * 1000).toISOString() }),
});

/** A provider that speaks OpenID Connect, with what is special about it. */
export function openidProvider(core: Core, shape: Shape): Provider {
  const { client, dialect = 'social', quirks = {}, formPost = false, tenant = null, asksUserInfo = false, keepsTokens = false, read } = shape;
  return {
    client,
    dialect,
    quirks,
    formPost,
    tenant,
    begin: (begun) => authorizationUrl(core, client, begun, quirks),
    async finish(returned, begun) {
      const granted = await redeem(core, client, returned.callback, begun, quirks);
      const claims: Claims = { ...(asksUserInfo ? await userInfo(granted) : {}), ...granted.claims };
      const assertion = { ...commonAssertion(claims), ...(await read?.(claims, granted, returned)) };
      return { assertion, tokens: keepsTokens ? tokensOf(granted) : undefined };
    },
  };
}
