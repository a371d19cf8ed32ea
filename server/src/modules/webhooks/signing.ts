import { createHmac } from 'node:crypto';

/** `v1,…` of one secret (Standard Webhooks 1.0): HMAC-SHA256 over id, seconds and body. */
function signature(secret: string, signed: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

/** The headers that a message is known by; each secret signs. */
export function signedHeaders(id: string, at: Date, body: string, secrets: readonly string[]): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1_000));
  const signed = `${id}.${seconds}.${body}`;
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': secrets.map((secret) => signature(secret, signed)).join(' ') };
}
