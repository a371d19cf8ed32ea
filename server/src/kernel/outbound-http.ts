import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { Transform } from 'node:stream';
import { egressFault, egressUrlFault, portOf, type EgressRules } from './outbound-egress.ts';
import { bareHost, Forbidden, guardedLookup, lookUpHere, Unreachable, type LookUp } from './outbound.ts';

/** What came is more than was asked to be taken, or has more redirects. */
export class TooMuch extends Error {}
/** No whole answer within the time. */
export class TooLate extends Error {}

export interface OutboundRequest {
  url: string;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: Uint8Array | undefined;
  /** Milliseconds for everything, redirects included. */
  timeoutMs: number;
  /** Of the body, unpacked. */
  maxBytes: number;
  /** So many redirects are followed; 0 answers the first. */
  redirects: number;
  /** PEM texts; `verify: false` takes any certificate. */
  tls?: { verify?: boolean; ca?: string; cert?: string; key?: string } | undefined;
  signal?: AbortSignal | undefined;
}

export interface OutboundAnswer {
  status: number;
  /** Names in small letters; several of one name joined by a comma, except `set-cookie`, by line ends. */
  headers: Record<string, string>;
  body: Uint8Array;
  /** Where it came from, after redirects. */
  url: string;
}

const UNPACK: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};
/** Bytes; what a server may say before its body. */
const HEADERS = 32_768;
const TAKES_NO_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** What may be told to a host that the caller has not named; everything else may be a credential. */
const HARMLESS: ReadonlySet<string> = new Set(['accept', 'accept-encoding', 'accept-language', 'content-type', 'user-agent']);

/** Headers as a host may have them that the caller has not named: nothing that may be a credential. */
export const withoutCredentials = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name.toLowerCase())));

function send(url: URL, options: RequestOptions, body: Uint8Array | undefined): Promise<IncomingMessage> {
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
  return new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
    // One that is switched to another protocol (101), which we never ask for, is closed without an answer or an error.
    request.on('close', () => reject(new Unreachable('the connection was closed without an answer')));
    request.end(body);
  });
}

/** The body as it comes: at most `maxBytes`, counted after unpacking, since a small answer may unpack into a large one. */
export async function* pieces(response: IncomingMessage, maxBytes: number, hasNone: boolean): AsyncGenerator<Buffer, void, undefined> {
  const packing = hasNone ? [] : (response.headers['content-encoding'] ?? '').toLowerCase().split(/\s*,\s*/).filter((name) => name && name !== 'identity'); // prettier-ignore
  if (packing.length > 2 || packing.some((name) => !UNPACK[name])) throw new Unreachable(`the answer is packed in a way that is not known: ${packing.join(', ').slice(0, 60)}`); // prettier-ignore
  const source = packing.toReversed().reduce<IncomingMessage | Transform>((from, name) => {
    const unpack = UNPACK[name]!();
    from.on('error', (error) => unpack.destroy(error));
    return from.pipe(unpack);
  }, response);
  let size = 0;
  try {
    for await (const part of source as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > maxBytes) throw new TooMuch(`the answer is larger than ${maxBytes} bytes`);
      yield part;
    }
  } finally {
    response.destroy();
  }
}

async function bodyOf(response: IncomingMessage, maxBytes: number, hasNone: boolean): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of pieces(response, maxBytes, hasNone)) parts.push(part);
  return Buffer.concat(parts);
}

/** Names in small letters; several of one name joined. */
export const headersOf = (response: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join('\n') : (value ?? '')]));

/** The request that a redirect asks for: GET after 303 and, as everybody does it, after 301 and 302 of a POST. */
function following(request: OutboundRequest, from: URL, status: number, location: string): OutboundRequest {
  if (!URL.canParse(location, from.href)) throw new Forbidden('the redirect leads to what is not an address');
  const to = new URL(location, from);
  if (from.protocol === 'https:' && to.protocol !== 'https:') throw new Forbidden('a redirect leads from https to what is not');
  const turns = status === 303 ? request.method !== 'HEAD' : status < 303 && request.method === 'POST';
  const stays = to.origin === from.origin;
  const kept = stays ? request.headers : withoutCredentials(request.headers);
  const headers = turns ? Object.fromEntries(Object.entries(kept).filter(([name]) => !/^content-/i.test(name))) : kept;
  return {
    ...request,
    url: to.href,
    headers,
    ...(turns ? { method: 'GET', body: undefined } : {}),
    ...(stays ? {} : { tls: withoutKey(request.tls) }),
  };
}
const withoutKey = (tls: OutboundRequest['tls']): OutboundRequest['tls'] =>
  tls && { ...(tls.verify === undefined ? {} : { verify: tls.verify }), ...(tls.ca === undefined ? {} : { ca: tls.ca }) };

/** An address without what may be a credential in it: user, password and parameters. */
const shown = (text: string): string => {
  const url = URL.parse(text);
  return (url?.host ? `${url.protocol}//${url.host}${url.pathname}` : text.split(/[?#@]/)[0]!).slice(0, 200);
};

/** One request and the head of its answer, without following where it leads. */
export async function once(request: OutboundRequest, rules: EgressRules, look: LookUp, signal: AbortSignal): Promise<IncomingMessage> {
  const why = egressUrlFault(request.url, rules);
  const url = why === null ? new URL(request.url) : undefined;
  if (!url) throw new Forbidden(`"${shown(request.url)}" must not be called: ${why}`);
  const host = bareHost(url);
  const { verify = true, ...pem } = request.tls ?? {};
  const { body, method } = request;
  const length = body === undefined ? (TAKES_NO_BODY.has(method) ? {} : { 'content-length': '0' }) : { 'content-length': String(body.length) };
  return send(
    url,
    {
      method,
      headers: { 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'Switchyard-Workflows/1', ...request.headers, ...length },
      // Looked up here, once, and connected to what was judged.
      lookup: guardedLookup((address) => egressFault(host, address, portOf(url), rules), look),
      // A connection of its own: one that is kept open would be used again by its name, past the look-up that judges where it leads.
      agent: false,
      maxHeaderSize: HEADERS,
      rejectUnauthorized: verify,
      ...pem,
      signal,
    },
    body,
  );
}

/** Follows redirects until there is an answer. */
async function followed(request: OutboundRequest, rules: EgressRules, look: LookUp, signal: AbortSignal): Promise<OutboundAnswer> {
  let next = request;
  for (let left = request.redirects; ; left--) {
    const response = await once(next, rules, look, signal);
    const status = response.statusCode ?? 502;
    const { location } = response.headers;
    if (!REDIRECTS.has(status) || location === undefined || request.redirects === 0) {
      const hasNone = next.method === 'HEAD' || status === 204 || status === 304;
      return { status, headers: headersOf(response), body: await bodyOf(response, next.maxBytes, hasNone), url: next.url };
    }
    response.destroy();
    if (left === 0) throw new TooMuch(`there were more than ${request.redirects} redirects`);
    next = following(next, new URL(next.url), status, location);
  }
}

const isTold = (error: unknown): boolean => error instanceof Forbidden || error instanceof TooMuch || error instanceof Unreachable;

/** The signal of a request that has a deadline, and what an error on its way means. */
export function bounded({ timeoutMs, signal }: Pick<OutboundRequest, 'timeoutMs' | 'signal'>): { signal: AbortSignal; asTold: (error: unknown) => unknown } {
  const deadline = AbortSignal.timeout(timeoutMs);
  return {
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    asTold(error) {
      if (isTold(error)) return error;
      if (signal?.aborted) return signal.reason;
      if (deadline.aborted) return new TooLate(`no answer within ${timeoutMs / 1_000} s`);
      const { code, message } = error as NodeJS.ErrnoException;
      return new Unreachable(`no answer: ${code ?? message}`, { cause: error });
    },
  };
} // prettier-ignore

/**
 * A request of a tenant, to wherever it may go by `rules`. Each redirect is judged anew; to another host it carries nothing that may be a
 * credential. Throws `Forbidden`, `TooMuch`, `TooLate` or `Unreachable`; any status is an answer.
 */
export async function outboundRequest(request: OutboundRequest, rules: EgressRules, look: LookUp = lookUpHere): Promise<OutboundAnswer> {
  const { signal, asTold } = bounded(request);
  try {
    return await followed(request, rules, look, signal);
  } catch (error) {
    throw asTold(error);
  }
}
