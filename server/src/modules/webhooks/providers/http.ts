import { Agent as HttpAgent, request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { Clock } from '#kernel/clock.ts';
import { bareHost, faultFor, Forbidden, foreignFault, judged, portFault, lookUpHere, urlFault, type Found, type LookUp } from '#kernel/outbound.ts';
import { HIDDEN } from '#kernel/sensitive.ts';
import { formsOf } from '#kernel/taint-forms.ts';
import { retryAfterOf, WEBHOOKS } from '../rules.ts';
import { signedHeaders } from '../signing.ts';
import type { Courier, Message, Sent } from './port.ts';

interface Options {
  allowPrivateTargets: boolean;
  now: Clock;
  /** Looks names up; for tests. */
  look?: LookUp;
  timeoutMs?: number;
  userAgent?: string;
}

/** Milliseconds. Whatever a receiver says after its status is for people to look at, and not worth a place in the queue. */
const LOOK_UP = 5_000;
const BODY = 1_000;
const IDLE = 4_000;
/** Shorter ones stand in any text. */
const LEAST_HIDDEN = 6;
const SHOWN = { headers: 50, value: 500 };

class Late extends Error {}
/** Kept-alive connections may be closed by the other side just when we write: nobody has heard that request. */
class Stale extends Error {}

const KEEP = { keepAlive: true, maxSockets: Infinity, maxFreeSockets: 256, timeout: IDLE, scheduling: 'lifo' } as const;

/** Of a name that leads to several, so many are tried; then the first again, since a connection that was kept open may just have been closed. */
const ADDRESSES = 2;
const UNHEARD: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL']);
/** Nobody has heard the request, so another address may; throws otherwise. */
function worthAnother(error: unknown): undefined {
  if (error instanceof Stale || UNHEARD.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
  throw error;
}

interface Answer {
  response: IncomingMessage;
  body: string;
}

/** Up to 4 KiB for up to a second; then we hang up, since a connection with more to come is of no further use. */
function bodyOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    const end = (isWhole: boolean): void => {
      clearTimeout(late);
      if (!isWhole) response.destroy();
      resolve(Buffer.concat(parts).subarray(0, WEBHOOKS.answerBytes).toString('utf8'));
    };
    const late = setTimeout(() => end(false), BODY);
    response.on('data', (part: Buffer) => {
      parts.push(part);
      size += part.length;
      if (size > WEBHOOKS.answerBytes) end(false);
    });
    response.on('end', () => end(true));
    response.on('error', () => end(false));
    response.on('aborted', () => end(false));
  });
}

function answerTo(request: ClientRequest, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    request.on('response', (response) => {
      isAnswered = true;
      void bodyOf(response).then((text) => resolve({ response, body: text }));
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      // The status is the answer; what breaks behind it takes nothing of that back.
      if (!isAnswered) reject(request.reusedSocket && error.code === 'ECONNRESET' ? new Stale() : error);
    });
    // One that is switched to another protocol (101), which we never ask for, is closed without an answer or an error.
    request.on('close', () => {
      if (!isAnswered) reject(new Error('the connection was closed without an answer'));
    });
    request.end(body);
  });
}

/** Names of headers in small letters; of each the beginning, and not all of a great many. */
const shownHeaders = (response: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(response.headers)
      .slice(0, SHOWN.headers)
      .map(([name, value]) => [name, [value].flat().join(', ').slice(0, SHOWN.value)]),
  );

const within = <T>(work: Promise<T>, ms: number): Promise<T> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Late()), ms);
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });

function failed(error: unknown): Pick<Sent, 'outcome' | 'error'> {
  if (error instanceof Forbidden) return { outcome: 'forbidden', error: `webhook-target-forbidden: ${error.message}` };
  if (error instanceof Late) return { outcome: 'timeout', error: 'no answer in time' };
  const { code, message } = error as NodeJS.ErrnoException;
  return { outcome: 'unreachable', error: code ? `no connection (${code})` : message };
}

function outcomeOf(status: number): Sent['outcome'] {
  if (status >= 200 && status < 300) return 'delivered';
  return status >= 300 && status < 400 ? 'redirected' : 'refused';
}

/** What follows the scheme of an `Authorization` is repeated by itself, too. */
const tellingOf = (value: string): string[] => [value, /^[A-Za-z]+ (\S+)$/.exec(value)?.[1] ?? ''];

/** Some receivers answer with what they were sent, as JSON perhaps; values of the webhook's own headers are shown to nobody. */
function hiding(headers: Message['headers']): (text: string) => string {
  const values = Object.values(headers).flatMap(tellingOf).filter(({ length }) => length >= LEAST_HIDDEN); // prettier-ignore
  const forms = [...new Set(values.flatMap((value) => [...formsOf(value)]))].toSorted((a, b) => b.length - a.length);
  return (text) => forms.reduce((left, form) => left.replaceAll(form, HIDDEN), text);
}

/** What an answer means. */
function saidIn({ response, body }: Answer, at: Date, hide: (text: string) => string): Omit<Sent, 'at' | 'ms' | 'requestHeaders'> {
  const status = response.statusCode!;
  const asksToWait = status === 429 || status === 503;
  return {
    outcome: outcomeOf(status),
    status,
    error: null,
    responseHeaders: Object.fromEntries(Object.entries(shownHeaders(response)).map(([name, value]) => [name, hide(value)])),
    responseBody: hide(body),
    retryAfterMs: asksToWait ? retryAfterOf(response.headers['retry-after'], at.getTime()) : 0,
    abort: response.headers['webhook-delivery'] === 'abort-message',
  };
}

/** Looked up once by however many attempts ask in the same moment; judged by each. */
function together(look: LookUp): LookUp {
  const asking = new Map<string, Promise<Found[]>>();
  return (host) => {
    let found = asking.get(host);
    if (!found) asking.set(host, (found = look(host).finally(() => asking.delete(host))));
    return found;
  };
}

/**
 * Messages over HTTPS, to addresses that were judged for this very attempt: the connection is made to the address, not to the name, so
 * one that is kept open leads where it was judged to lead. Follows no redirect, knows no proxy, and gives up after 15 s.
 */
export function createCourier({ allowPrivateTargets, now, look = lookUpHere, timeoutMs = WEBHOOKS.timeout, userAgent = 'Switchyard-Webhooks/1' }: Options): Courier & { close: () => void } {
  const options = { addressFault: foreignFault, allowPrivateTargets };
  const fault = faultFor(options, 'tenant');
  const agents = { 'http:': new HttpAgent(KEEP), 'https:': new HttpsAgent(KEEP) };
  const lookUp = together(look);

  const faultOf = (address: string): string | null => urlFault(address, options, 'tenant', 'anywhere') ?? portFault(new URL(address));

  async function attempt(message: Message, headers: Record<string, string>, signal: AbortSignal): Promise<Answer> {
    const why = faultOf(message.url);
    if (why !== null) throw new Forbidden(`the address must not be called: ${why}`);
    const url = new URL(message.url);
    const host = bareHost(url);
    const found = await within(judged(host, fault, lookUp), LOOK_UP);
    const isSecure = url.protocol === 'https:';
    const place = {
      port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port), path: `${url.pathname}${url.search}`,
      method: 'POST', headers: { ...headers, host: url.host }, signal, agent: agents[url.protocol as 'https:'], ...(isIP(host) === 0 ? { servername: host } : {}),
    }; // prettier-ignore
    const ask = (address: string): Promise<Answer> => answerTo((isSecure ? requestHttps : requestHttp)({ ...place, host: address }), message.body);
    for (const { address } of found.slice(0, ADDRESSES)) {
      const answer = await ask(address).catch(worthAnother);
      if (answer) return answer;
    }
    return ask(found[0]!.address);
  }

  return {
    urlFault: faultOf,
    async send(message, stop) {
      const at = now();
      const from = performance.now();
      const ours = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(message.body)),
        'user-agent': userAgent,
        ...signedHeaders(message.id, at, message.body, message.secrets),
      };
      const deadline = AbortSignal.timeout(timeoutMs);
      const done = { at, requestHeaders: { ...ours, ...Object.fromEntries(Object.keys(message.headers).map((name) => [name, HIDDEN])) } };
      const nothing = { status: null, responseHeaders: null, responseBody: null, retryAfterMs: 0, abort: false };
      try {
        const signal = stop ? AbortSignal.any([stop, deadline]) : deadline;
        const answer = await attempt(message, { ...ours, ...message.headers }, signal);
        return { ...done, ms: Math.round(performance.now() - from), ...saidIn(answer, at, hiding(message.headers)) };
      } catch (error) {
        return { ...done, ...nothing, ms: Math.round(performance.now() - from), ...failed(deadline.aborted ? new Late() : error) };
      }
    },
    close: () => Object.values(agents).forEach((agent) => agent.destroy()),
  };
} // prettier-ignore
