import { createHash, createHmac, createPrivateKey, createPublicKey, sign, timingSafeEqual, verify } from 'node:crypto';
import { errors, importPKCS8, importSPKI, jwtVerify, SignJWT } from 'jose';
import { NodeError } from '../declare.ts';

type Encoding = 'hex' | 'base64' | 'base64url';
export interface Signing {
  kind: 'hmac' | 'jwt' | 'ed25519';
  algorithm: 'sha256' | 'sha384' | 'sha512';
  encoding: Encoding;
  key: string;
}

const bits = (algorithm: Signing['algorithm']): string => algorithm.slice(3);
const unusable = (cause: unknown): NodeError =>
  new NodeError('config-invalid', 'config', 'the key cannot be read: a PEM is wanted for ed25519, or a key that fits', { cause });

/** In a time that tells nothing of where they differ. */
function same(a: Buffer, b: Buffer): boolean {
  const [first, second] = [a, b].map((one) => createHash('sha256').update(one).digest()) as [Buffer, Buffer];
  return timingSafeEqual(first, second);
}

const isPem = (key: string): boolean => key.includes('-----BEGIN');

async function jwtKey(key: string, algorithm: string, use: 'sign' | 'verify') {
  if (!isPem(key)) return new TextEncoder().encode(key);
  return use === 'sign' ? importPKCS8(key, algorithm) : importSPKI(key, algorithm);
}
/** A PEM means a pair of keys, anything else a shared one. */
const jwtAlgorithm = ({ key, algorithm }: Signing): string => (isPem(key) ? 'EdDSA' : `HS${bits(algorithm)}`);

export type Verdict = { fine: true; claims?: Record<string, unknown> } | { fine: false; reason: string };

async function judgeJwt(signing: Signing, token: string, { issuer, audience }: { issuer?: string | undefined; audience?: string | undefined }, now: Date): Promise<Verdict> {
  const algorithm = jwtAlgorithm(signing);
  let key: Awaited<ReturnType<typeof jwtKey>>;
  try {
    key = await jwtKey(signing.key, algorithm, 'verify');
  } catch (cause) {
    throw unusable(cause);
  }
  try {
    // The algorithm is ours to say, not the token's (RFC 8725, 3.1).
    const { payload } = await jwtVerify(token, key, { algorithms: [algorithm], currentDate: now, ...(issuer ? { issuer } : {}), ...(audience ? { audience } : {}) });
    return { fine: true, claims: payload };
  } catch (error) {
    if (error instanceof errors.JOSEError) return { fine: false, reason: error.message };
    throw error;
  }
} // prettier-ignore

/** Judges a signature over a text. */
export async function judge(signing: Signing, text: string, signature: string, claims: { issuer?: string | undefined; audience?: string | undefined }, now: Date): Promise<Verdict> {
  const { kind, algorithm, encoding, key } = signing;
  if (kind === 'jwt') return judgeJwt(signing, signature, claims, now);
  const given = Buffer.from(signature, encoding);
  if (kind === 'hmac') return same(given, createHmac(algorithm, key).update(text).digest()) ? { fine: true } : { fine: false, reason: 'the signature does not fit' };
  try {
    return verify(null, Buffer.from(text), createPublicKey(key), given) ? { fine: true } : { fine: false, reason: 'the signature does not fit' };
  } catch (cause) {
    throw unusable(cause);
  }
} // prettier-ignore

/** Signs a text; a JWT carries the value itself as its claims. */
export async function signed(signing: Signing, text: string, claims: Record<string, unknown>, now: Date): Promise<string> {
  const { kind, algorithm, encoding, key } = signing;
  try {
    if (kind === 'hmac') return createHmac(algorithm, key).update(text).digest(encoding);
    if (kind === 'ed25519') return sign(null, Buffer.from(text), createPrivateKey(key)).toString(encoding);
    const alg = jwtAlgorithm(signing);
    return await new SignJWT(claims)
      .setProtectedHeader({ alg, typ: 'JWT' })
      .setIssuedAt(now)
      .sign(await jwtKey(key, alg, 'sign'));
  } catch (cause) {
    throw unusable(cause);
  }
}
