import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Without it a value that was cut short would be accepted with a tag of 32 bits, which can be guessed. */
const TAG = { authTagLength: 16 };
const bytesOf = (value: string | Uint8Array): Uint8Array => (typeof value === 'string' ? Buffer.from(value) : value);

/** AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D): nonce | tag | ciphertext, in base64url. */
export function encrypt(key: Uint8Array, plaintext: Uint8Array, aad: string | Uint8Array): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, TAG).setAAD(bytesOf(aad));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** Throws when anything of it, the key or `aad` differs. */
export function decrypt(key: Uint8Array, sealed: string, aad: string | Uint8Array): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), TAG).setAAD(bytesOf(aad)).setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
}
