import { createHash, createPrivateKey, createPublicKey, sign as signWith, verify as verifyWith, type JsonWebKey } from 'node:crypto';
import { canonicalJson } from '#kernel/ids.ts';
import type { Kept } from '../tables.ts';

/** What an anchor says: the chain of this tenant had this head at this time. */
export interface AnchorClaim {
  tenantId: string;
  seq: number;
  /** Hex. */
  hash: string;
  at: string;
  /** SHA-256 of the signature of the anchor before, in hex; empty for the first. */
  previous: string;
}
/** What retention let go: every entry of this kind before this time. */
export interface PurgeClaim {
  tenantId: string;
  kept: Kept;
  until: string;
  removed: number;
  at: string;
}

export interface Signer {
  keyId: string;
  publicKey: JsonWebKey;
  sign: (text: string) => string;
}

export const anchorText = (claim: AnchorClaim): string => canonicalJson({ type: 'switchyard-audit-anchor', version: 1, ...claim });
export const purgeText = (claim: PurgeClaim): string => canonicalJson({ type: 'switchyard-audit-purge', version: 1, ...claim });
/** By what the next anchor names this one. */
export const nameOf = (signature: string): string => createHash('sha256').update(signature).digest('hex');

/** Before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Ed25519 (RFC 8032) from a secret of 32 bytes. */
export function createSigner(seed: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'jwk' });
  // As RFC 7638 makes a thumbprint, so that anybody can work the name of a key out from the key.
  const keyId = createHash('sha256').update(canonicalJson({ crv: publicKey.crv, kty: publicKey.kty, x: publicKey.x })).digest('base64url'); // prettier-ignore
  return { keyId, publicKey, sign: (text) => signWith(null, Buffer.from(text), key).toString('base64url') };
}

export type CheckSignature = (keyId: string, text: string, signature: string) => boolean;
export function checkerOf(keys: readonly { keyId: string; publicKey: JsonWebKey }[]): CheckSignature {
  const known = new Map(keys.map(({ keyId, publicKey }) => [keyId, createPublicKey({ key: publicKey, format: 'jwk' })]));
  return (keyId, text, signature) => {
    const key = known.get(keyId);
    return key !== undefined && verifyWith(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  };
}
