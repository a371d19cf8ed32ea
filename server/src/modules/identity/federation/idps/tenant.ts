import type { Core } from '../relying-party.ts';
import { claimAt, domainOf, isTrue, texts } from '../rules.ts';
import type { IdentityProviderRow } from '../tables.ts';
import { openidProvider } from './openid.ts';
import type { Provider } from './provider.ts';

/** Parameters that are passed through as they are configured. */
const parametersOf = ({ audience, prompt, maxAge, acrValues }: IdentityProviderRow): Record<string, string> => ({
  ...(audience === null ? {} : { audience }),
  ...(prompt === null ? {} : { prompt }),
  ...(maxAge === null ? {} : { max_age: String(maxAge) }),
  ...(acrValues.length === 0 ? {} : { acr_values: acrValues.join(' ') }),
});

/** `openid` makes it OpenID Connect; Google knows `offline_access` as a parameter only and gets none. */
const scopesOf = (scopes: string): string => [...new Set(['openid', ...scopes.split(/\s+/).filter(Boolean)])].join(' ');

/**
 * A tenant's own provider. Whoever administers it decides what it says, so its word about an address counts only for domains that the
 * tenant has proven to hold: nobody takes over the account of a stranger by claiming the stranger's address.
 */
export function tenantProvider(
  core: Core,
  row: IdentityProviderRow,
  secret: () => Promise<string | null>,
  holds: (domain: string) => Promise<boolean>,
): Provider {
  const { id, tenantId, name, issuer, clientId, roleMapping, jitProvisioning, acrValues, groupsClaim, trustMfa, trustEmail } = row;
  return openidProvider(core, {
    client: {
      id,
      kind: 'oidc',
      name,
      tenantId,
      issuer,
      clientId,
      clientSecret: secret,
      scopes: scopesOf(row.scopes),
      parameters: parametersOf(row),
      algorithms: row.allowedAlgorithms,
      clockSkewSeconds: row.clockSkewSeconds,
      trustMfa,
    },
    dialect: 'oidc',
    tenant: { tenantId, roleMapping, jitProvisioning, acrValues },
    asksUserInfo: true,
    keepsTokens: true,
    async read(claims) {
      const { email } = claims;
      const isVouched = trustEmail && isTrue(claims['email_verified']) && typeof email === 'string';
      return { groups: texts(claimAt(claims, groupsClaim)), emailTrusted: isVouched && (await holds(domainOf(email))) };
    },
  });
}
