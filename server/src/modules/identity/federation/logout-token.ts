import type { JWTPayload } from 'jose';
import { BadToken } from './faults.ts';
import type { Provider } from './idps/provider.ts';
import { verifiedClaims, type Core } from './relying-party.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Seconds: a logout token is sent at once, so an old one is a copy. */
const LIFE = 300;

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
const texts = (value: unknown): string[] => [value].flat().filter((one) => typeof one === 'string');

/** What a logout token lacks (OpenID Connect Back-Channel Logout 1.0, 2.6); null when it is good. */
export function logoutFault(claims: JWTPayload, expected: { issuer: string; clientId: string; skew: number }, at: Date): string | null {
  const seconds = at.getTime() / 1000;
  const { iss, aud, iat, exp, jti, events, nonce, sub, sid } = claims as JWTPayload & { events?: unknown; nonce?: unknown; sid?: unknown };
  const rules: [boolean, string][] = [
    [iss === expected.issuer, 'iss is another issuer'],
    [texts(aud).includes(expected.clientId), 'aud is another client'],
    [typeof iat === 'number' && iat <= seconds + expected.skew && iat >= seconds - LIFE - expected.skew, 'iat is not of now'],
    [exp === undefined || exp > seconds - expected.skew, 'it is over'],
    [typeof jti === 'string' && jti !== '', 'jti is missing'],
    [isObject(events) && isObject(events[EVENT]), 'it is no logout event'],
    [nonce === undefined, 'it carries a nonce, so it may be an ID token'],
    [typeof sub === 'string' || typeof sid === 'string', 'it names neither a person nor a session'],
  ];
  return rules.find(([holds]) => !holds)?.[1] ?? null;
}

/** Whose sessions the provider wants to be over. Throws `BadToken` and what checking the signature throws. */
export async function logoutOf(
  core: Core,
  { client, quirks }: Provider,
  token: string,
  at: Date,
): Promise<{ issuer: string; subject?: string; sid?: string }> {
  const claims = await verifiedClaims(core, client, token, quirks);
  const fault = logoutFault(claims, { issuer: client.issuer, clientId: client.clientId, skew: client.clockSkewSeconds }, at);
  if (fault !== null) throw new BadToken(fault);
  const { sub, sid } = claims as { sub?: unknown; sid?: unknown };
  return { issuer: client.issuer, ...(typeof sub === 'string' ? { subject: sub } : {}), ...(typeof sid === 'string' ? { sid } : {}) };
}
