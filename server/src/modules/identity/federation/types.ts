import type { Scope } from '#kernel/scope.ts';

export type ProviderKind = 'google' | 'github' | 'microsoft' | 'apple' | 'peeringdb' | 'oidc';
export type Preset = 'entra' | 'okta' | 'auth0' | 'keycloak' | 'google' | 'generic';
export type Purpose = 'login' | 'signup' | 'link';

/** A value of the groups claim, and the role it stands for. */
export interface RoleMapping {
  value: string;
  roleId: string;
  scope: Scope;
}

/** What a provider says of somebody, in our words; nothing of it is believed further than the field says. */
export interface Assertion {
  issuer: string;
  subject: string;
  email: string | null;
  /** The provider answers for the address, and we take its word (platform.md 4.9). */
  emailTrusted: boolean;
  name: string | null;
  givenName: string | null;
  familyName: string | null;
  /** RFC 8176, as the provider said it. */
  amr: readonly string[];
  acr: string | null;
  /** The provider's own session. */
  sid: string | null;
  groups: readonly string[];
  /** What is kept of the claims, for the person to see. */
  kept: Record<string, unknown>;
  /** Networks that a person may speak for, when the provider knows of such. */
  networks?: AsnEvidence | undefined;
}

export interface AsnRight {
  asn: number;
  netId: number | null;
  netName: string | null;
  perms: number;
}
export interface AsnEvidence {
  rights: readonly AsnRight[];
  /** Why there are none, or fewer than listed. */
  reasons: readonly ('scope_networks_missing' | 'peeringdb_user_unverified' | 'mfa_required' | 'network_malformed')[];
}

/** A client of ours at one provider, whoever configured it. */
export interface Client {
  /** `google` and so on, or the id of a tenant's own provider; part of the redirect address. */
  id: string;
  kind: ProviderKind;
  name: string;
  /** Null: configured by whoever runs the installation. */
  tenantId: string | null;
  issuer: string;
  clientId: string;
  /** Made for the request: Apple's is a signed statement of minutes. */
  clientSecret: () => Promise<string | null>;
  scopes: string;
  /** Further parameters of the authorisation request. */
  parameters: Readonly<Record<string, string>>;
  algorithms: readonly string[];
  clockSkewSeconds: number;
  /** The provider's second factor counts as ours. */
  trustMfa: boolean;
}
