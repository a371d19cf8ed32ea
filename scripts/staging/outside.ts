import { outboundRequest, type OutboundRequest } from '../../server/src/kernel/outbound-http.ts';

const TIMEOUT_MS = 15_000;
/** Bytes. */
const MOST = 2 * 1024 * 1024;

export interface Asked {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  /** Sent as a form. */
  form?: Record<string, string>;
}
export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  json: () => Record<string, unknown>;
}
export type Ask = (url: string, asked?: Asked) => Promise<Answer>;

/** Calls of outside systems, by the same guarded way out that the server uses. Redirects are answered, not followed: a secret goes where it was meant to and nowhere else. */
export const outside =
  (allowPrivateTargets: boolean, signal: AbortSignal): Ask =>
  async (url, { method = 'GET', headers = {}, form } = {}) => {
    const request: OutboundRequest = {
      url,
      method,
      headers: { accept: 'application/json', 'user-agent': 'switchyard-staging', ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}), ...headers },
      ...(form ? { body: Buffer.from(new URLSearchParams(form).toString()) } : {}),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MOST,
      redirects: 0,
      signal,
    }; // prettier-ignore
    const host = new URL(url).host;
    const answer = await outboundRequest(request, { exceptions: [], allowPrivateTargets }).catch((error: unknown) => {
      throw new Error(`${host} could not be asked: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    });
    const body = Buffer.from(answer.body).toString('utf8');
    return {
      status: answer.status,
      headers: answer.headers,
      text: body,
      json() {
        try {
          return JSON.parse(body) as Record<string, unknown>;
        } catch {
          throw new Error(`${host} answered ${answer.status}, and not with JSON`);
        }
      },
    };
  };
