import { OPENID_ALGORITHMS } from './idps/registered.ts';
import type { Preset } from './types.ts';

interface PresetValues {
  scopes: string;
  groupsClaim: string;
  algorithms: readonly string[];
  /** What its issuer looks like. */
  issuer: string;
}

const COMMON = { scopes: 'openid profile email offline_access', groupsClaim: 'groups', algorithms: OPENID_ALGORITHMS } as const;

/** Where each kind of provider differs from the others; all of it can be set by hand. */
export const PRESETS: Record<Preset, PresetValues> = {
  entra: { ...COMMON, algorithms: ['RS256'], issuer: 'https://login.microsoftonline.com/<tenant id>/v2.0' },
  okta: { ...COMMON, scopes: `${COMMON.scopes} groups`, issuer: 'https://<organisation>.okta.com' },
  auth0: { ...COMMON, issuer: 'https://<tenant>.auth0.com/' },
  keycloak: { ...COMMON, scopes: 'openid profile email', issuer: 'https://<host>/realms/<realm>' },
  google: { ...COMMON, scopes: 'openid profile email', algorithms: ['RS256'], issuer: 'https://accounts.google.com' },
  generic: { ...COMMON, issuer: 'https://<host>' },
};
