import type { Sent, Slack, SlackMessage, SlackPlace } from './port.ts';

/** Calls an outside address with deadline, size limit and no redirect; throws with `retryAfterSeconds` when the other side said how long to wait. */
export type Fetch = (url: string, init: { method: string; headers: Record<string, string>; body?: string }) => Promise<Response>;

export interface SlackOptions {
  fetch: Fetch;
  /** Where Slack's Web API is, without a slash at its end: `https://slack.com`. */
  url: string;
  /** Why an address must not be called, in words, or null. */
  addressFault: (url: string) => string | null;
}

interface ApiAnswer {
  ok?: boolean;
  error?: string;
  ts?: string;
  user?: { profile?: { email?: string } };
}

/** Errors of the Web API that may be gone in a while; all others are for whoever set the channel up. */
const PASSING = new Set(['ratelimited', 'rate_limited', 'internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

const retry = (error: unknown): Sent => {
  const { retryAfterSeconds } = (error ?? {}) as { retryAfterSeconds?: number };
  return { result: 'retry', code: retryAfterSeconds === undefined ? 'unreachable' : 'rate-limited', retryAfterSeconds };
};
/** Words of the other side, cut to what is a word. */
const wordOf = (text: string): string => /^[\w .-]{1,60}/.exec(text)?.[0] ?? 'refused';

/** Slack, by incoming webhook or by the Web API. Nothing here throws: how it ended is the answer. */
export function createSlack({ fetch, url: base, addressFault }: SlackOptions): Slack {
  async function api(method: string, token: string, body: object): Promise<Sent & { answer?: ApiAnswer }> {
    try {
      const response = await fetch(`${base}/api/${method}`, {
        method: 'POST',
        headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as ApiAnswer;
      if (answer.ok === true) return { result: 'delivered', ...(answer.ts ? { ref: answer.ts } : {}), answer };
      const code = wordOf(answer.error ?? `status ${response.status}`);
      return PASSING.has(code) ? { result: 'retry', code } : { result: 'permanent', code };
    } catch (error) {
      return retry(error);
    }
  }

  async function webhook(message: SlackMessage, url: string): Promise<Sent> {
    const fault = addressFault(url);
    if (fault !== null) return { result: 'permanent', code: 'address not allowed' };
    try {
      const response = await fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(message) });
      if (response.ok) return { result: 'delivered' };
      return { result: 'permanent', code: wordOf(await response.text()) };
    } catch (error) {
      return retry(error);
    }
  }

  return {
    send: (message, place: SlackPlace) =>
      place.kind === 'slack-webhook'
        ? webhook(message, place.url)
        : api('chat.postMessage', place.token, { channel: place.channel, ...message, unfurl_links: false }),
    whisper: (text, { token, channel, user }) => api('chat.postEphemeral', token, { channel, user, text }),
    replace: (message, { token, channel, ref }) => api('chat.update', token, { channel, ts: ref, ...message }),
    addressOf: async (user, token) => (await api('users.info', token, { user })).answer?.user?.profile?.email,
    webhookFault: addressFault,
  };
}
