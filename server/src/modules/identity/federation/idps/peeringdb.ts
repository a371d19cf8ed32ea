import { BadToken } from '../faults.ts';
import { Unreachable } from '../outgoing.ts';
import type { Core } from '../relying-party.ts';
import { isTrue, text, texts } from '../rules.ts';
import { openidProvider } from './openid.ts';
import { rightsOf } from './peeringdb-rights.ts';
import type { Provider } from './provider.ts';
import type { Registered } from './registered.ts';

export interface PeeringdbSettings extends Registered {
  /** Networks count only for people who gave two factors at PeeringDB. */
  requireMfa: boolean;
}

/** exchange.md 4.1: the claims sit in a profile of its own, beside OpenID's userinfo. */
export function peeringdb(
  core: Core,
  { clientId, clientSecret, issuer = 'https://auth.peeringdb.com/oauth2', trustMfa, requireMfa }: PeeringdbSettings,
): Provider {
  const profileUrl = new URL('/profile/v1', issuer).href;
  return openidProvider(core, {
    client: {
      id: 'peeringdb',
      kind: 'peeringdb',
      name: 'PeeringDB',
      tenantId: null,
      issuer,
      clientId,
      clientSecret: async () => clientSecret,
      scopes: 'openid profile email networks amr',
      parameters: {},
      algorithms: ['RS256'],
      clockSkewSeconds: 60,
      trustMfa,
    },
    quirks: {
      fallback: {
        issuer,
        authorization_endpoint: `${issuer}/authorize/`,
        token_endpoint: `${issuer}/token/`,
        jwks_uri: `${issuer}/.well-known/jwks.json`,
      },
    },
    async read(claims, { tokens }) {
      const response = await core.outgoing('operator')(profileUrl, {
        headers: { authorization: `Bearer ${tokens.access_token}`, accept: 'application/json' },
      });
      const profile = (await response.json().catch(() => null)) as Record<string, unknown> | null;
      if (response.status !== 200 || profile === null || typeof profile !== 'object') throw new Unreachable('PeeringDB gave no profile');
      if (!Number.isSafeInteger(profile['id']) || String(profile['id']) !== String(claims['sub']))
        throw new BadToken('the profile is of another person');
      const amr = texts(profile['amr'] ?? claims['amr']);
      const isVerified = isTrue(profile['verified_email'] ?? profile['email_verified'] ?? claims['email_verified']);
      return {
        // Kept only when PeeringDB answers for it.
        email: isVerified ? text(profile['email'] ?? claims['email']) : null,
        emailTrusted: isVerified,
        name: text(profile['name']),
        givenName: text(profile['given_name']),
        familyName: text(profile['family_name']),
        amr,
        networks: rightsOf(profile, { amr, requireMfa }),
        kept: { name: text(profile['name']), verified_user: profile['verified_user'] === true },
      };
    },
  });
}
