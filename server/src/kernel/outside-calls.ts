import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Log } from './log.ts';
import { whereabouts, type Whereabouts } from './whereabouts.ts';

/** A call to an outside system that is over. Neither paths nor parameters, headers or bodies are in it: each of them may be a credential. */
export interface OutsideCall {
  outside: 'http' | 'ssh';
  /** Host, and port where it is not the usual one. */
  to: string;
  ms: number;
  method?: string;
  status?: number;
  /** What the other side calls the call, by which its people find it in their log. */
  outsideId?: string;
  /** Why there is no answer. */
  fault?: string;
  routeServer?: string;
  verb?: string;
  code?: number;
  /** Our end of the connection, which an SSH server writes into its own log. */
  session?: string;
}

const OURS = 'switchyard:outside-call';
const told = channel(OURS);

/** Says that a call is over, for protocols that Node says nothing of. */
export const tellOutsideCall = (call: OutsideCall): void => told.publish(call);

/** Names of headers by which services answer what they call a request. */
const NAMES = ['x-request-id', 'x-correlation-id', 'request-id', 'x-amzn-requestid', 'x-amz-request-id', 'cf-ray', 'x-trace-id'];
const ID = /^[\w.:/+=-]{1,128}$/;

function outsideIdOf(headers: Readonly<Record<string, unknown>>): { outsideId?: string } {
  const found = NAMES.map((name) => headers[name]).find((value) => typeof value === 'string' && ID.test(value));
  return found === undefined ? {} : { outsideId: found as string };
}

/** Headers as undici has them: names and values in turn. */
const inPairs = (raw: readonly Buffer[]): Record<string, string> =>
  Object.fromEntries(
    raw.flatMap((name, at) => (at % 2 === 0 ? [[name.toString('latin1').toLowerCase(), raw[at + 1]?.toString('latin1') ?? '']] : [])),
  );

interface Begun {
  from: number;
  place: Whereabouts;
  to: string;
  method: string;
}
interface UndiciRequest {
  origin: string | URL;
  method: string;
}
const faultOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: string };
  return typeof code === 'string' ? code : (name ?? 'Error');
};

/**
 * Writes a line for each call to an outside system, by whatever library it is made: Node says what its HTTP clients do. `except` are hosts
 * of which nothing is written, such as the collector of traces. Answers what ends it.
 */
export function logOutsideCalls(log: Pick<Log, 'info' | 'warn'>, except: readonly string[] = []): () => void {
  const begun = new WeakMap<object, Begun>();
  const write = (place: Whereabouts, call: OutsideCall): void =>
    log[call.fault === undefined ? 'info' : 'warn']({ ...place, ...call }, 'outside call');
  const begin = (request: object, to: string, method: string): void => {
    if (!except.includes(to)) begun.set(request, { from: performance.now(), place: whereabouts(), to, method });
  };
  const end = (request: object, more: Pick<OutsideCall, 'status' | 'outsideId' | 'fault'>): void => {
    const found = begun.get(request);
    if (!found) return;
    begun.delete(request);
    const { from, place, to, method } = found;
    write(place, { outside: 'http', to, method, ms: Math.round(performance.now() - from), ...more });
  };
  const heard: Record<string, (message: unknown) => void> = {
    'http.client.request.start': (message) => {
      const { request } = message as { request: ClientRequest };
      begin(request, String(request.getHeader('host') ?? request.host), request.method);
    },
    'http.client.response.finish': (message) => {
      const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
      end(request, { status: response.statusCode ?? 0, ...outsideIdOf(response.headers) });
    },
    'http.client.request.error': (message) => {
      const { request, error } = message as { request: ClientRequest; error: unknown };
      end(request, { fault: faultOf(error) });
    },
    'undici:request:create': (message) => {
      const { request } = message as { request: UndiciRequest };
      begin(request, new URL(request.origin).host, request.method);
    },
    'undici:request:headers': (message) => {
      const { request, response } = message as { request: UndiciRequest; response: { statusCode: number; headers: Buffer[] } };
      end(request, { status: response.statusCode, ...outsideIdOf(inPairs(response.headers)) });
    },
    'undici:request:error': (message) => {
      const { request, error } = message as { request: UndiciRequest; error: unknown };
      end(request, { fault: faultOf(error) });
    },
    [OURS]: (message) => write(whereabouts(), message as OutsideCall),
  };
  for (const [name, hear] of Object.entries(heard)) subscribe(name, hear);
  return () => {
    for (const [name, hear] of Object.entries(heard)) unsubscribe(name, hear);
  };
}
