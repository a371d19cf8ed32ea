import { createPublicKey, verify } from 'node:crypto';
import type { OidcOptions } from './oidc.ts';

const partOf = (text: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;

/** Apple's rules for a client secret: ES256 by the key of the team, for Apple, about the client, for half a year at most. */
function isGood(secret: string, clientId: string, key: string, audience: string): boolean {
  const [header, payload, signature] = secret.split('.');
  if (!signature || partOf(header)['alg'] !== 'ES256' || typeof partOf(header)['kid'] !== 'string') return false;
  const { aud, sub, iss, iat, exp } = partOf(payload);
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key: createPublicKey(key), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const isTimed = typeof iat === 'number' && typeof exp === 'number' && exp > Date.now() / 1000 && exp - iat <= 15_777_000;
  return isSigned && isTimed && aud === audience && sub === clientId && typeof iss === 'string';
}

/** The standing secret of the client in place of a good statement, nothing in place of a bad one. */
export async function exchangeAppleSecret(
  parameters: Record<string, string>,
  { clients, appleKey }: OidcOptions,
  issuer: string,
): Promise<Record<string, string>> {
  const { client_id: clientId, client_secret: secret } = parameters;
  const client = clients.find((one) => one.clientId === clientId);
  if (!secret || !client || appleKey === undefined) return parameters;
  return { ...parameters, client_secret: isGood(secret, client.clientId, appleKey, issuer) ? client.clientSecret! : 'refused' };
}
