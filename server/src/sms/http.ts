import { SmsFault, type Sms, type SmsFaultReason } from '#kernel/sms.ts';
import { basic, post, waitOf } from './post.ts';

const REASONS: Readonly<Record<number, SmsFaultReason>> = { 400: 'number', 422: 'number', 429: 'busy' };

/** Any gateway that takes `{ to, text }` as JSON and answers 2xx when it has it. `https://user:password@…`, or `https://:token@…` for a bearer token. */
export function createHttpSms(address: URL): Sms {
  const [user, password] = [decodeURIComponent(address.username), decodeURIComponent(address.password)];
  const url = new URL(address);
  url.username = url.password = '';
  const authorization = user ? basic(user, password) : password ? `Bearer ${password}` : undefined;
  const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) };
  return {
    kind: 'http',
    async send({ to, text }) {
      const response = await post(url, headers, JSON.stringify({ to, text }));
      await response.body?.cancel();
      if (!response.ok)
        throw new SmsFault(REASONS[response.status] ?? 'down', `the SMS gateway answered ${response.status}`, waitOf(response.headers));
    },
  };
}
