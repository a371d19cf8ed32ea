import { BadToken } from '../faults.ts';
import type { Core } from '../relying-party.ts';
import { isTrue } from '../rules.ts';
import { openidProvider } from './openid.ts';
import type { Provider } from './provider.ts';
import type { Registered } from './registered.ts';

export interface MicrosoftSettings extends Registered {
  /** `organizations`, or the id of the one Entra tenant whose people may come. */
  tenant: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function microsoft(core: Core, { clientId, clientSecret, issuer, tenant, trustMfa }: MicrosoftSettings): Provider {
  const isFixed = tenant !== 'organizations';
  return openidProvider(core, {
    client: {
      id: 'microsoft',
      kind: 'microsoft',
      name: 'Microsoft',
      tenantId: null,
      issuer: `${issuer ?? 'https://login.microsoftonline.com'}/${tenant}/v2.0`,
      clientId,
      clientSecret: async () => clientSecret,
      scopes: 'openid profile email',
      parameters: { prompt: 'select_account' },
      algorithms: ['RS256'],
      clockSkewSeconds: 60,
      trustMfa,
    },
    quirks: { manyTenants: !isFixed },
    read(claims) {
      const { oid, tid } = claims;
      if (typeof oid !== 'string' || !GUID.test(oid) || typeof tid !== 'string' || !GUID.test(tid)) throw new BadToken('oid or tid is missing');
      return {
        // `sub` differs from application to application; these two name the person (platform.md 4.9).
        subject: `${tid}.${oid}`.toLowerCase(),
        // Whoever runs a foreign tenant writes what they like into the address.
        emailTrusted: isFixed ? claims['email'] !== undefined : isTrue(claims['xms_edov']) || claims['xms_edov'] === 1 || claims['xms_edov'] === '1',
      };
    },
  });
}
