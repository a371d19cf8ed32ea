import { refusedBy } from '../faults.ts';
import type { Core } from '../relying-party.ts';
import { isTrue } from '../rules.ts';
import { openidProvider } from './openid.ts';
import type { Provider } from './provider.ts';
import { OPENID_ALGORITHMS, type Registered } from './registered.ts';

export interface GoogleSettings extends Registered {
  /** Only people of this Google Workspace. */
  hostedDomain?: string | undefined;
}

export const google = (core: Core, { clientId, clientSecret, issuer, hostedDomain, trustMfa }: GoogleSettings): Provider =>
  openidProvider(core, {
    client: {
      id: 'google',
      kind: 'google',
      name: 'Google',
      tenantId: null,
      issuer: issuer ?? 'https://accounts.google.com',
      clientId,
      clientSecret: async () => clientSecret,
      scopes: 'openid profile email',
      parameters: { prompt: 'select_account', ...(hostedDomain === undefined ? {} : { hd: hostedDomain }) },
      algorithms: OPENID_ALGORITHMS,
      clockSkewSeconds: 60,
      trustMfa,
    },
    read(claims) {
      // The parameter only filters the chooser; the claim is what counts.
      if (hostedDomain !== undefined && claims['hd'] !== hostedDomain) throw refusedBy('social', 'access_denied');
      return { emailTrusted: isTrue(claims['email_verified']) };
    },
  });
