import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Passed, RateState } from '#kernel/gate.ts';
import { isMaking, type AnyOperation } from '#kernel/operation.ts';
import { asProblem } from '#kernel/problem.ts';
import { clearCookie, cookieOf, SESSION_COOKIE, setCookie } from './cookies.ts';

export const API = '/api/v1';

/** Both the IETF draft's fields and the older names; `X-RateLimit-Reset` is an epoch second, as the older names have it. */
export function rateHeaders(reply: FastifyReply, rate: RateState | null | undefined): void {
  if (!rate) return;
  const name = JSON.stringify(rate.policy.replace(/[^\x20-\x7e]/g, '?'));
  void reply.headers({
    'RateLimit-Policy': `${name};q=${rate.limit}`,
    RateLimit: `${name};r=${rate.remaining};t=${rate.resetSeconds}`,
    'X-RateLimit-Limit': rate.limit,
    'X-RateLimit-Remaining': rate.remaining,
    'X-RateLimit-Reset': Math.floor(Date.now() / 1000) + rate.resetSeconds,
  });
}

/** What rules say of a call that they let pass: percent-encoded, since a header holds ASCII only, and separated by commas. */
export function warningHeader(reply: FastifyReply, warnings: readonly string[]): void {
  if (warnings.length > 0) void reply.header('X-Switchyard-Warnings', warnings.slice(0, 20).map((text) => encodeURIComponent(text.slice(0, 500))).join(', ')); // prettier-ignore
}

/** Any refusal or failure as RFC 9457; the cause of an unexpected one goes to the log and nowhere else. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const problem = asProblem(error);
  const { status } = problem.kind;
  if (status >= 500)
    request.log.error(
      { requestId: request.id, err: problem.cause ?? problem, slug: problem.slug, decisionId: problem.extras['decisionId'] },
      'request failed',
    );
  if (status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="switchyard"');
  const { retryAfterSeconds, decisionId } = problem.extras as { retryAfterSeconds?: number; decisionId?: string };
  if (retryAfterSeconds !== undefined) void reply.header('Retry-After', Math.max(1, Math.ceil(retryAfterSeconds)));
  if (decisionId !== undefined) void reply.header('X-Switchyard-Decision', decisionId);
  rateHeaders(reply, (problem as { rate?: RateState }).rate);
  // What Fastify refuses by itself has passed no hook.
  void reply.header('X-Request-Id', request.id);
  return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(problem.toJSON(request.id));
}

/** RFC 6266 with an ASCII fallback; nothing of the name can end the header or leave the folder. */
export function disposition(filename: string): string {
  const name = filename.replace(/[/\\\p{Cc}]/gu, '_').slice(0, 200);
  const plain = name.replace(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

interface FileOutput {
  /** A stream is sent as it is read. */
  content: string | Uint8Array | Readable;
  mediaType: string;
  filename?: string;
  encoding?: 'base64';
}

/** A picture that somebody uploaded: shown in pages, never run, and kept by nobody between us and the browser. */
const SHOWN = { 'Content-Disposition': 'inline', 'Content-Security-Policy': "default-src 'none'; sandbox", 'Cache-Control': 'private, max-age=300' };

interface SessionOutput {
  token?: string;
  /** Of a session that goes on elsewhere; the input says it when one is opened. */
  tokenType?: 'cookie' | 'bearer' | 'pair';
  /** For so long the browser keeps the cookie when it is closed. */
  keptSeconds?: number;
}

/** When a browser that was asked to keep its session lets go of it, in epoch seconds; it outlives the tokens that follow one another. */
const KEPT_COOKIE = 'sy_kept';

/** Without a time the browser forgets the cookie when it is closed. The session itself ends when the server says so, whatever is kept. */
function setSession(reply: FastifyReply, token: string, keptSeconds: number | undefined): void {
  const now = Math.floor(Date.now() / 1_000);
  if (keptSeconds !== undefined) setCookie(reply, KEPT_COOKIE, String(now + keptSeconds), { maxAgeSeconds: keptSeconds });
  const left = keptSeconds ?? Number(cookieOf(reply.request, KEPT_COOKIE) ?? now) - now;
  setCookie(reply, SESSION_COOKIE, token, left > 0 ? { maxAgeSeconds: left } : {});
}

/** Moves the token of a new session into the cookie, or clears the cookie; answers what is left for the body. */
function withSession(operation: AnyOperation, input: Record<string, unknown>, output: unknown, reply: FastifyReply): unknown {
  // Who ended only their other sessions goes on in this one.
  if (operation.session === 'end' && (output as { ended?: boolean }).ended !== false)
    for (const name of [SESSION_COOKIE, KEPT_COOKIE]) clearCookie(reply, name);
  if (operation.session !== 'start') return output;
  const { token, ...rest } = output as SessionOutput;
  if ((rest.tokenType ?? input['tokenType']) === 'bearer') return output;
  if (token !== undefined) setSession(reply, token, rest.keptSeconds);
  return rest;
}

export interface Answered {
  operation: AnyOperation;
  input: Record<string, unknown>;
  passed: Passed<unknown>;
  /** Path of what was created, when it can be read by its id. */
  locationOf?: ((id: string) => string) | undefined;
}

const field = (output: unknown, name: string): unknown =>
  output !== null && typeof output === 'object' ? (output as Record<string, unknown>)[name] : undefined;

/** One item per line; what comes after this page is in a header. */
function sendLines(reply: FastifyReply, { items, nextCursor = null }: { items: unknown[]; nextCursor?: string | null }): FastifyReply {
  if (nextCursor !== null) void reply.header('X-Next-Cursor', nextCursor);
  return reply.type('application/x-ndjson').send(items.map((item) => `${JSON.stringify(item)}\n`).join(''));
}

type Done = Extract<Passed<unknown>, { status: 'done' }>;

function sendFile(reply: FastifyReply, { name, download }: AnyOperation, { content, mediaType, filename, encoding }: FileOutput): FastifyReply {
  const bytes = encoding === 'base64' ? Buffer.from(content as string, 'base64') : content;
  const placed = download === 'inline' ? SHOWN : { 'Content-Disposition': disposition(filename ?? `${name}.txt`) };
  return reply.headers({ 'Content-Type': mediaType, ...placed }).send(bytes);
}

/** Status and place of what was made or begun. */
function sayMade(reply: FastifyReply, { output }: Done, { operation, locationOf }: Pick<Answered, 'operation' | 'locationOf'>): void {
  const { accepted, location } = operation;
  const id = field(output, 'id');
  const place = location?.(output);
  if (isMaking(operation)) {
    if (locationOf && typeof id === 'string') void reply.header('Location', locationOf(id));
    void reply.code(201);
  }
  if (place !== undefined) void reply.header('Location', API + place);
  if (typeof accepted === 'function' ? accepted(output) : accepted) void reply.code(202);
}

const wantsLines = (reply: FastifyReply, { lines }: AnyOperation): boolean =>
  lines === true && (reply.request.headers.accept ?? '').includes('application/x-ndjson');

function sendDone(reply: FastifyReply, passed: Done, { operation, input, locationOf }: Answered): FastifyReply {
  if (passed.changeNumber !== null) void reply.header('X-Switchyard-Change', passed.changeNumber);
  if (passed.replayed) void reply.header('Idempotency-Replayed', 'true');
  const output = withSession(operation, input, passed.output, reply);
  if (operation.download) return sendFile(reply, operation, output as FileOutput);
  if (wantsLines(reply, operation)) return sendLines(reply, output as { items: unknown[] });
  if (operation.redirect) return reply.header('Cache-Control', 'no-store').redirect((output as { location: string }).location, 302);
  const version = field(output, 'version');
  if (typeof version === 'number' || typeof version === 'string') void reply.header('ETag', `"${version}"`);
  sayMade(reply, passed, { operation, locationOf });
  return reply.send(output ?? {});
}

/** The REST form of what the Gate let pass: 200, 201, 202, a plan, or a file. */
export function sendPassed(reply: FastifyReply, answered: Answered): FastifyReply {
  const { passed } = answered;
  if (passed.status === 'done') return sendDone(reply, passed, answered);
  if (passed.status === 'planned') {
    const { plan, risk, planHash, requirements, demands } = passed;
    return reply.send({ plan, risk, planHash, requirements, demands });
  }
  const { change } = passed;
  return reply
    .code(202)
    .headers({ Location: `${API}/changes/${change.id}`, 'X-Switchyard-Change': change.number })
    .send({ change });
}
