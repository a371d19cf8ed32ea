import type { Scope } from '#features/settings/types.ts';
import type { Item } from '#lib/answers.ts';

export const PRESETS = ['entra', 'okta', 'auth0', 'keycloak', 'google', 'generic'] as const;
export type Preset = (typeof PRESETS)[number];
export interface Mapping {
  value: string;
  roleId: string;
  scope: Scope;
}
export type IdentityProvider = Item<'identityProviders.list'>;

/** What the issuer of each kind looks like. */
export const ISSUERS: Record<Preset, string> = {
  entra: 'https://login.microsoftonline.com/<tenant id>/v2.0',
  okta: 'https://<organisation>.okta.com',
  auth0: 'https://<tenant>.auth0.com/',
  keycloak: 'https://<host>/realms/<realm>',
  google: 'https://accounts.google.com',
  generic: 'https://<host>',
};

export interface IdpDraft {
  key: string;
  preset: Preset;
  name: string;
  issuer: string;
  clientId: string;
  /** Empty keeps the one that is there. */
  clientSecret: string;
  /** Empty takes the preset's. */
  scopes: string;
  groupsClaim: string;
  roleMapping: readonly Mapping[];
  jitProvisioning: boolean;
  trustMfa: boolean;
  trustEmail: boolean;
  enabled: boolean;
}
export const NEW_IDP: IdpDraft = {
  key: '',
  preset: 'entra',
  name: '',
  issuer: '',
  clientId: '',
  clientSecret: '',
  scopes: '',
  groupsClaim: '',
  roleMapping: [],
  jitProvisioning: false,
  trustMfa: false,
  trustEmail: false,
  enabled: true,
};
/** What of a provider the form shows and changes; its secret is never read back. */
type Edited = Pick<IdentityProvider, Exclude<keyof IdpDraft, 'clientSecret'>>;
export const draftOf = (provider: Edited): IdpDraft => ({
  key: provider.key,
  preset: PRESETS.find((preset) => preset === provider.preset) ?? 'generic',
  name: provider.name,
  issuer: provider.issuer,
  clientId: provider.clientId,
  clientSecret: '',
  scopes: provider.scopes,
  groupsClaim: provider.groupsClaim,
  roleMapping: provider.roleMapping,
  jitProvisioning: provider.jitProvisioning,
  trustMfa: provider.trustMfa,
  trustEmail: provider.trustEmail,
  enabled: provider.enabled,
});

/** What is sent: on creation all but what the preset knows better, later only what differs. */
export function idpBody(draft: IdpDraft, provider: Edited | undefined): Record<string, unknown> {
  const { key, preset, clientSecret, scopes, groupsClaim, roleMapping, ...rest } = draft;
  const mapping = roleMapping.filter(({ value, roleId }) => value.trim() !== '' && roleId !== '');
  const all = {
    ...rest,
    roleMapping: mapping,
    ...(clientSecret ? { clientSecret } : {}),
    ...(scopes.trim() ? { scopes: scopes.trim() } : {}),
    ...(groupsClaim.trim() ? { groupsClaim: groupsClaim.trim() } : {}),
  };
  if (!provider) return { key, preset, ...all };
  return Object.fromEntries(
    Object.entries(all).filter(([field, value]) => JSON.stringify(provider[field as keyof Edited]) !== JSON.stringify(value)),
  );
}
