import { Problem, unreachable } from './problem.ts';
import type { Preview, ProblemBody } from './types.ts';

export type Query = Record<string, string | number | boolean | null | undefined | readonly string[]>;
export interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  file?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** An answer "not signed in" is expected and ends nothing: pages that work with and without a person. */
  quiet?: boolean;
}
/** What accompanies an input: see the Gate's envelope. */
export interface Envelope {
  dryRun?: boolean;
  comment?: string | undefined;
  ticket?: string | undefined;
  idempotencyKey?: string;
  ifMatch?: string | number;
}
/** How an Operation ended: it is done, or a Change carries it. */
export type Outcome<T> =
  | { status: 'done'; output: T; changeNumber: string | null }
  | { status: 'accepted'; change: { id: string; number: string; state: string; operation: string } };

const BASE = '/api/v1';
export const urlOf = (path: string, query: Query = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return `${BASE}${path}${text ? `?${text}` : ''}`;
};

let tenant: string | null = null;
/**
 * The tenant (slug) that this page shows. The session may meanwhile have moved on in another tab; a page says with each call
 * which tenant it means, so that nothing is done in one that is not in sight.
 */
export const workIn = (slug: string | null): void => void (tenant = slug);

interface Listeners {
  /** The session is over. */
  signedOut: () => void;
  /** Only setting up a second factor is possible from now on. */
  enrolment: () => void;
  /** Asks for a fresh proof of who one is; true when there is one, and the call is made again. */
  proof: (problem: Problem) => Promise<boolean>;
  /** Rules let an act pass and have something to say of it. */
  warned: (texts: string[]) => void;
}
const deaf: Listeners = { signedOut: () => {}, enrolment: () => {}, proof: () => Promise.resolve(false), warned: () => {} };
let listeners = deaf;
/** Who is told of refusals that concern the whole page rather than one call. */
export const listen = (to: Partial<Listeners>): void => void (listeners = { ...deaf, ...to });

/** Refusals that mean there is no session any more; other 401 answers speak of a wrong password or code. */
const OVER = new Set(['unauthenticated', 'session-expired', 'session-revoked', 'token-invalid', 'token-expired', 'http-401']);

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as ProblemBody | null;
  const instance = response.headers.get('x-request-id') ?? undefined;
  const seconds = Number(response.headers.get('retry-after')) || undefined;
  const known = body && typeof body.title === 'string';
  return new Problem({
    ...(known ? body : { type: `http-${response.status}`, title: `HTTP ${response.status} ${response.statusText}`.trim() }),
    status: response.status,
    ...(instance && !body?.instance ? { instance } : {}),
    ...(seconds ? { retryAfterSeconds: seconds } : {}),
  });
}

const ask = (method: string, path: string, { query, body, file, headers, signal }: RequestOptions): Promise<Response> =>
  fetch(urlOf(path, query), {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'x-requested-with': 'switchyard',
      ...(tenant && !path.startsWith('/auth/') ? { 'x-switchyard-tenant': tenant } : {}),
      ...(file ? { 'content-type': file.type } : body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(file ? { body: file } : body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw unreachable(cause);
  });

async function send(method: string, path: string, options: RequestOptions, again = false): Promise<Response> {
  const response = await ask(method, path, options);
  if (response.ok) {
    const warnings = response.headers.get('x-switchyard-warnings');
    if (warnings && method !== 'GET') listeners.warned(warnings.split(', ').map(decodeURIComponent));
    return response;
  }
  const problem = await problemOf(response);
  // One repetition: a server that is still not content says so to the page.
  if (problem.slug === 'step-up-required' && !again && (await listeners.proof(problem))) return send(method, path, options, true);
  if (problem.slug === 'mfa-enrolment-required') listeners.enrolment();
  if (OVER.has(problem.slug) && !options.quiet && path !== '/auth/login') listeners.signedOut();
  throw problem;
}

/** One call below /api/v1; throws Problem. Answers without a body give undefined. */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

const envelopeHeaders = ({ comment, ticket, idempotencyKey, ifMatch }: Envelope): Record<string, string> => ({
  // Percent-encoded, because header values carry no UTF-8.
  ...(comment ? { 'x-switchyard-comment': encodeURIComponent(comment) } : {}),
  ...(ticket ? { 'x-switchyard-ticket': encodeURIComponent(ticket) } : {}),
  ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
  ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
});

const isOnItsWay = (body: unknown): body is { change: { id: string; number: string; state: string; operation: string } } =>
  typeof body === 'object' && body !== null && 'change' in body;

/** Run an Operation. POST gets an idempotency key, so a retry after a lost answer cannot act twice. */
export async function run<T>(method: string, path: string, options: RequestOptions = {}, envelope: Envelope = {}): Promise<Outcome<T>> {
  const key = envelope.idempotencyKey ?? (method === 'POST' ? crypto.randomUUID() : undefined);
  const headers = { ...envelopeHeaders({ ...envelope, ...(key ? { idempotencyKey: key } : {}) }), ...options.headers };
  const response = await send(method, path, { ...options, headers });
  const text = await response.text();
  const body: unknown = text ? JSON.parse(text) : undefined;
  // Without a Change it is an answer like any other: what was asked for comes by mail.
  if (response.status === 202 && isOnItsWay(body)) return { status: 'accepted', ...body };
  return { status: 'done', output: body as T, changeNumber: response.headers.get('x-switchyard-change') };
}

/** The plan of an Operation, without doing it. */
export const preview = (method: string, path: string, options: RequestOptions = {}, envelope: Envelope = {}): Promise<Preview> =>
  request<Preview>(method, path, {
    ...options,
    query: { ...options.query, dryRun: true },
    headers: { ...envelopeHeaders(envelope), ...options.headers },
  });
