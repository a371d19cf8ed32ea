import { importPKCS8, SignJWT } from 'jose';
import type { Core } from '../relying-party.ts';
import { isTrue, text } from '../rules.ts';
import type { Assertion } from '../types.ts';
import { openidProvider } from './openid.ts';
import type { Provider } from './provider.ts';

export interface AppleSettings {
  /** The Services ID. */
  clientId: string;
  teamId: string;
  keyId: string;
  /** PKCS 8, PEM. */
  privateKey: string;
  issuer?: string | undefined;
}

const APPLE = 'https://appleid.apple.com';

/** Apple's client secret is a statement that we sign ourselves; it may live for six months, and five minutes are enough. */
const secretOf = async ({ clientId, teamId, keyId, privateKey, issuer }: AppleSettings): Promise<string> =>
  new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .setIssuer(teamId)
    .setSubject(clientId)
    .setAudience(issuer ?? APPLE)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(await importPKCS8(privateKey, 'ES256'));

/** The name comes beside the code, once, and nobody signed it: good for a greeting and for nothing else. */
function namesOf(user: string | undefined): Partial<Assertion> {
  if (user === undefined) return {};
  try {
    const { name } = JSON.parse(user) as { name?: { firstName?: unknown; lastName?: unknown } };
    const [givenName, familyName] = [text(name?.firstName), text(name?.lastName)];
    const full = [givenName, familyName].filter((one) => one !== null).join(' ');
    return { givenName, familyName, name: full === '' ? null : full };
  } catch {
    return {};
  }
}

export const apple = (core: Core, settings: AppleSettings): Provider =>
  openidProvider(core, {
    client: {
      id: 'apple',
      kind: 'apple',
      name: 'Apple',
      tenantId: null,
      issuer: settings.issuer ?? APPLE,
      clientId: settings.clientId,
      clientSecret: () => secretOf(settings),
      scopes: 'openid name email',
      parameters: { response_mode: 'form_post' },
      algorithms: ['RS256', 'ES256'],
      clockSkewSeconds: 60,
      trustMfa: false,
    },
    formPost: true,
    read: (claims, _granted, { user }) => ({ emailTrusted: isTrue(claims['email_verified']), ...namesOf(user) }),
  });
