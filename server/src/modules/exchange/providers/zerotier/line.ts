import type { OutboundAnswer, OutboundRequest } from '#kernel/outbound-http.ts';
import { TooLate, TooMuch } from '#kernel/outbound-http.ts';
import { Forbidden, Unreachable } from '#kernel/outbound.ts';
import { Problem } from '#kernel/problem.ts';
import '../../controllers/problems.ts';

export interface Line {
  baseUrl: string;
  headers: Readonly<Record<string, string>>;
  /** The guarded way out. */
  send: (request: OutboundRequest) => Promise<OutboundAnswer>;
  /** Waits. */
  pause: (ms: number) => Promise<void>;
  /** Before each request, to keep to what the other side allows. */
  turn?: () => Promise<void>;
  /** What to do when the controller refuses the token. */
  refusal: string;
}

export interface Reply {
  status: number;
  body: Record<string, unknown> | unknown[] | null;
}

type Method = 'GET' | 'POST' | 'DELETE';

const ATTEMPTS = 4;
const TIMEOUT_MS = 10_000;
const LARGEST = 4 * 1_048_576;
const LONGEST_WAIT_SECONDS = 60;
/** Worth asking again; all others are answers. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** 1, 2, 4 s, a quarter more or less, so that several who wait do not come back at once. */
const backoff = (attempt: number): number => 1_000 * 2 ** attempt * (0.75 + Math.random() / 2);

/** Seconds that the other side asks us to wait, said in seconds or as a date (RFC 9110); undefined when it does not say. */
function retryAfter(headers: OutboundAnswer['headers']): number | undefined {
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

function passing(status: number, detail: string, wait?: number): Problem {
  const extras = wait === undefined ? {} : { retryAfterSeconds: Math.ceil(wait) };
  if (status === 429) return new Problem('controller-rate-limited', `The controller takes no more requests for now${wait === undefined ? '' : `, for ${Math.ceil(wait)} s`}.`, extras); // prettier-ignore
  return new Problem('controller-upstream-error', `The controller answered ${status} ${detail}.`, extras);
}

function bodyOf({ body, status }: OutboundAnswer): Reply['body'] {
  if (body.length === 0) return null;
  let found: unknown;
  try {
    found = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    // What refuses or is absent may say so in any words.
    if (status >= 400) return null;
  }
  if (typeof found !== 'object' || found === null) {
    if (status >= 400) return null;
    throw new Problem('controller-bad-response', `The controller answered ${status} with what is not a JSON object.`);
  }
  return found as Reply['body'];
}

/** Why there was no answer, as a Problem; `undefined` when it is worth asking again. */
function whyNone(error: unknown): Problem | undefined {
  if (error instanceof TooMuch) return new Problem('controller-bad-response', `The answer of the controller was not taken: ${error.message}.`);
  if (error instanceof Forbidden) return new Problem('controller-address-forbidden', `The controller is not called: ${error.message}.`);
  if (error instanceof Unreachable || error instanceof TooLate) return undefined;
  throw error;
}

async function once(line: Line, request: OutboundRequest): Promise<OutboundAnswer | Problem> {
  await line.turn?.();
  try {
    return await line.send(request);
  } catch (error) {
    const why = whyNone(error);
    if (why) throw why;
    return new Problem('controller-unreachable', `The controller cannot be reached: ${(error as Error).message}.`);
  }
}

/** What is to be waited before the next attempt, in milliseconds. Throws when it is longer than anybody waits. */
function waitFor(outcome: OutboundAnswer | Problem, attempt: number): number {
  const asked = outcome instanceof Problem ? undefined : retryAfter(outcome.headers);
  if (asked === undefined) return backoff(attempt);
  if (asked > LONGEST_WAIT_SECONDS) throw passing((outcome as OutboundAnswer).status, 'and asks for a long wait', asked);
  return asked * 1_000;
}

/** Asks, and asks again where that may help. Answers of 2xx and 404; all else is a Problem. Every call may be repeated. */
export async function ask(line: Line, method: Method, path: string, body?: object): Promise<Reply> {
  const request: OutboundRequest = {
    url: line.baseUrl + path,
    method,
    headers: { ...line.headers, accept: 'application/json', 'user-agent': 'Switchyard', ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body && Buffer.from(JSON.stringify(body)),
    timeoutMs: TIMEOUT_MS,
    maxBytes: LARGEST,
    redirects: 0,
  };
  for (let attempt = 0; ; attempt++) {
    const outcome = await once(line, request);
    if (!(outcome instanceof Problem) && !PASSING.has(outcome.status)) return judged(line, outcome);
    if (attempt === ATTEMPTS - 1) throw outcome instanceof Problem ? outcome : passing(outcome.status, `${ATTEMPTS} times`);
    await line.pause(waitFor(outcome, attempt));
  }
}

function judged({ refusal }: Line, answer: OutboundAnswer): Reply {
  const { status } = answer;
  if (status === 401 || status === 403)
    throw new Problem('controller-auth-failed', `The controller refused the token (${status}). ${refusal}`, { remediation: refusal });
  if (status === 404 || (status >= 200 && status < 300)) return { status, body: bodyOf(answer) };
  throw new Problem('controller-bad-response', `The controller answered ${status}, which it never should.`);
}

/** The object that an answer must be. */
export function objectOf({ status, body }: Reply, what: string): Record<string, unknown> {
  if (status === 404) throw new Problem('controller-network-missing', `The controller has no such network (${what}).`);
  if (body === null || Array.isArray(body)) throw new Problem('controller-bad-response', `The controller's answer about ${what} is not an object.`);
  return body;
}
