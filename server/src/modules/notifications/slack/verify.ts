import { createHmac, timingSafeEqual } from 'node:crypto';

/** Older and newer than this is somebody's copy of a request. Seconds; as Slack's documentation has it. */
export const SKEW_SECONDS = 300;

export interface Signed {
  /** The bytes as they came. */
  body: string;
  timestamp: string | undefined;
  signature: string | undefined;
}

/** Slack's request signature, version 0: HMAC-SHA-256 over `v0:{timestamp}:{body}`, compared in constant time. */
export function isFromSlack({ body, timestamp, signature }: Signed, secret: string, now: Date): boolean {
  if (timestamp === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > SKEW_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest();
  return timingSafeEqual(expected, Buffer.from(signature.slice(3), 'hex'));
}
