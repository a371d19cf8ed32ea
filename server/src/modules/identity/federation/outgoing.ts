import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { createBerths } from '#kernel/berths.ts';
import { faultFor, Forbidden, guardedLookup, Unreachable, urlFault, type OutgoingOptions, type Trust } from '#kernel/outbound.ts';

/** Milliseconds and bytes. A person waits in front of a browser; a discovery document has a few kilobytes. */
const OUTGOING = { connect: 3_000, total: 10_000, bytes: 524_288, atOnce: 4 } as const;

export { Forbidden, Unreachable, urlFault, type OutgoingOptions, type Trust } from '#kernel/outbound.ts';

interface Init {
  method?: string;
  headers?: Record<string, string> | Headers;
  body?: unknown;
  signal?: AbortSignal | undefined;
}
/** Fits where openid-client wants a `fetch`; follows no redirect. Throws `Unreachable` or `Forbidden`. */
export type Fetch = (url: string, init?: Init) => Promise<Response>;

async function bodyOf(response: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > OUTGOING.bytes) throw new Unreachable('the answer is too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function send(url: URL, options: RequestOptions, body: string | undefined): Promise<IncomingMessage> {
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
  return new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
    // One that is switched to another protocol (101), which we never ask for, is closed without an answer or an error.
    request.on('close', () => reject(new Unreachable('the connection was closed without an answer')));
    request.on('socket', (socket) => {
      if (!socket.connecting) return;
      const late = setTimeout(() => request.destroy(new Unreachable('no connection in time')), OUTGOING.connect);
      for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(late));
    });
    request.end(body);
  });
}

const asText = (body: unknown): string | undefined =>
  body === undefined || body === null ? undefined : typeof body === 'string' ? body : body instanceof URLSearchParams ? body.toString() : refuse();
const refuse = (): never => {
  throw new TypeError('only text is sent to identity providers');
};

async function answerOf(found: IncomingMessage): Promise<Response> {
  const status = found.statusCode ?? 502;
  // Their trouble, not the caller's; 429 is a request to come back later.
  if (status >= 500 || status === 429) {
    const wait = Number(found.headers['retry-after']);
    throw Object.assign(new Unreachable(`the answer was ${status}`), wait > 0 ? { retryAfterSeconds: wait } : {});
  }
  const bytes = await bodyOf(found);
  const headers = Object.entries(found.headers).flatMap(([name, value]): [string, string][] => [value].flat().map((one) => [name, one ?? '']));
  return new Response([204, 205, 304].includes(status) ? null : Buffer.from(bytes), { status, headers });
}

const isOurs = (error: unknown): boolean => error instanceof Unreachable || error instanceof Forbidden || error instanceof TypeError;

/**
 * Requests to identity providers: to allowed addresses only, over TLS, without redirects, with deadlines and a size limit. Only a few
 * at once to one origin, so that one that hangs cannot hold up everybody else's sign-in.
 */
export function createOutgoing(options: OutgoingOptions): (trust: Trust) => Fetch {
  const berth = createBerths({ each: OUTGOING.atOnce }, () => new Unreachable('too many calls to it are under way'));
  return (trust) => {
    const fault = faultFor(options, trust);
    return async (address, { method = 'GET', headers = {}, body, signal } = {}) => {
      const why = urlFault(address, options, trust);
      if (why !== null) throw new Forbidden(`"${address.slice(0, 200)}" must not be called: ${why}`);
      const url = new URL(address);
      const text = asText(body);
      const deadline = AbortSignal.timeout(OUTGOING.total);
      const request = {
        method,
        headers: { ...Object.fromEntries(new Headers(headers)), ...(text === undefined ? {} : { 'content-length': Buffer.byteLength(text) }) },
        lookup: guardedLookup(fault),
        // A connection of its own: one that is kept open would be used again by its name, past the look-up that judges where it leads.
        agent: false,
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      };
      return berth(url.origin, async () => answerOf(await send(url, request, text))).catch((error: unknown) => {
        throw isOurs(error) ? error : new Unreachable('it does not answer', { cause: error });
      });
    };
  };
}

/** Keeps the newest; what tenants make us ask for must not fill the memory. */
export function keepNewest<V>(kept: Map<string, V>, key: string, value: V, max = 500): void {
  kept.delete(key);
  kept.set(key, value);
  if (kept.size > max) kept.delete(kept.keys().next().value!);
}
