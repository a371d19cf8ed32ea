import { SmsFault } from '#kernel/sms.ts';

const DEADLINE_MS = 10_000;

/** Seconds of a Retry-After header, when it gives a number of them. */
export function waitOf(headers: Headers): { retryAfterSeconds?: number } {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterSeconds: Math.ceil(seconds) } : {};
}

/** One try: whether a text of which no answer came has left is unknown, and a second one would cost and confuse. */
export async function post(url: URL, headers: Record<string, string>, body: string | URLSearchParams): Promise<Response> {
  try {
    return await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });
  } catch (cause) {
    throw new SmsFault('down', 'the SMS carrier does not answer', { cause });
  }
}

export const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
