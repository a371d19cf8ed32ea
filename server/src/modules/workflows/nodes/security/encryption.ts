import { hkdfSync, randomBytes } from 'node:crypto';
import { decrypt, encrypt } from '#kernel/seal-aes.ts';
import type { Json } from '../../graph.ts';
import { NodeError } from '../declare.ts';

/** Says what it is, so that another way can come later. */
const FORMAT = 'sy1';
/** Characters that a key has at least: one that people think up is guessed by whoever holds a value. */
const LEAST_KEY = 32;

function keyFrom(secret: string, salt: Uint8Array): Uint8Array {
  if (secret.length < LEAST_KEY) throw new NodeError('config-invalid', 'config', `the key has at least ${LEAST_KEY} random characters`);
  return new Uint8Array(hkdfSync('sha256', secret, salt, 'switchyard workflow value', 32));
}

/** `sy1.salt.nonce|tag|ciphertext`: AES-256-GCM over the value as JSON, under a key made of the secret and the salt; the context is bound to it. */
export function encrypted(secret: string, value: Json, context: string): string {
  const salt = randomBytes(16);
  return [FORMAT, salt.toString('base64url'), encrypt(keyFrom(secret, salt), Buffer.from(JSON.stringify(value)), context)].join('.');
}

/** The value; undefined for what was not made so, was altered, or belongs to another key or context. Nothing tells which. */
export function decrypted(secret: string, text: string, context: string): { value: Json } | undefined {
  const [format, salt = '', sealed = '', ...more] = text.split('.');
  const key = keyFrom(secret, Buffer.from(salt, 'base64url'));
  if (format !== FORMAT || more.length > 0) return undefined;
  try {
    return { value: JSON.parse(decrypt(key, sealed, context).toString()) as Json };
  } catch {
    return undefined;
  }
}
