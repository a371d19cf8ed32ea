import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { PAIR } from './lifetimes.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { StoredSession } from './store.ts';

/** Who may be addressed; a token for one is refused by the others (platform.md 4.4). */
export type Audience = 'switchyard' | 'switchyard-admin' | 'switchyard-mcp';
/** RFC 9068: no other token we sign can pass for an access token. */
const TYPE = 'at+jwt';

export interface AccessTokens {
  /** Fifteen minutes, or until the session ends. No name, no address and no permission is in it. */
  sign: (db: Database, session: StoredSession, at: Date) => Promise<{ token: string; expiresIn: number }>;
  /** Throws `token-expired` or `token-invalid`. */
  verify: (token: string) => Promise<{ sessionId: string; userId: string; tenantId: string | undefined; endsAt: Date }>;
}

export interface AccessTokenDeps {
  keys: SigningKeys;
  now: Clock;
  /** Address of the installation. */
  issuer: string;
  audience?: Audience;
}

const invalid = (cause?: unknown): Problem => new Problem('token-invalid', 'The access token is not good here. Sign in again.', {}, { cause });

export function createAccessTokens({ keys, now, issuer, audience = 'switchyard' }: AccessTokenDeps): AccessTokens {
  return {
    async sign(db, session, at) {
      const { kid, privateKey } = await keys.current(db);
      const endsAt = Math.min(at.getTime() + PAIR.access, session.expiresAt.getTime());
      const claims = { sid: session.id, ...(session.tenantId ? { tid: session.tenantId } : {}), amr: session.amr, aal: session.level };
      const token = await new SignJWT({ ...claims, auth_time: Math.floor(session.authTime.getTime() / 1000) })
        .setProtectedHeader({ alg: 'ES256', kid, typ: TYPE })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(session.userId)
        .setIssuedAt(at)
        .setExpirationTime(new Date(endsAt))
        // One per generation: who asks again within the window gets the same one, signed anew.
        .setJti(`${session.id}.${session.refresh?.generation ?? 0}`)
        .sign(privateKey);
      return { token, expiresIn: Math.floor((endsAt - at.getTime()) / 1000) };
    },
    async verify(token) {
      const { kid } = headerOf(token);
      const key = kid === undefined ? undefined : await keys.publicKey(kid);
      if (!key) throw invalid();
      // The algorithm is ours to say, never the token's.
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['ES256'], issuer, audience, typ: TYPE, currentDate: now(), requiredClaims: ['sub', 'sid', 'exp', 'iat', 'jti'],
      }).catch((error: unknown) => {
        throw error instanceof errors.JWTExpired ? new Problem('token-expired', 'The access token is over. Get the next one with the refresh token.') : invalid(error);
      }); // prettier-ignore
      const tenantId = typeof payload['tid'] === 'string' ? payload['tid'] : undefined;
      return { sessionId: String(payload['sid']), userId: payload.sub!, tenantId, endsAt: new Date(payload.exp! * 1000) };
    },
  };
}

function headerOf(token: string): { kid?: string } {
  try {
    return decodeProtectedHeader(token);
  } catch (error) {
    throw invalid(error);
  }
}
