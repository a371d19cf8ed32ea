import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Call, Credentials } from '#kernel/gate.ts';
import type { Envelope, Surface } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { browserOf } from './browser.ts';
import { cookieOf, SESSION_COOKIE } from './cookies.ts';

/** A 202 is held back no longer than this (RFC 7240 `wait`). */
const MAX_WAIT_SECONDS = 30;

const malformed = (detail: string): Problem => new Problem('malformed-request', detail);

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Bearer token before cookie: a program that sends both means the token. */
export function credentialsOf(request: FastifyRequest): Credentials {
  const authorization = header(request, 'authorization');
  if (authorization !== undefined) {
    const token = /^Bearer +([\x21-\x7e]{1,4096})$/i.exec(authorization)?.[1];
    if (!token) throw new Problem('unauthenticated', 'The Authorization header must read "Bearer" and a token.');
    return { kind: 'bearer', token };
  }
  const token = cookieOf(request, SESSION_COOKIE);
  return token ? { kind: 'session', token } : null;
}

function percentDecoded(request: FastifyRequest, name: string): string | undefined {
  const value = header(request, name);
  if (value === undefined) return undefined;
  try {
    const text = decodeURIComponent(value);
    if (!text.includes('\0') && text.length <= 4_096) return text;
  } catch {
    // falls through: the one answer for every header we cannot read
  }
  throw malformed(`The header ${name} must be percent-encoded UTF-8 of at most 4,096 characters.`);
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = header(request, 'idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key)) throw malformed('Idempotency-Key must be 1 to 255 visible ASCII characters.');
  return key;
}

function flag(request: FastifyRequest, name: 'dryRun' | 'draft' | 'emergency'): boolean | undefined {
  const value = (request.query as Record<string, unknown>)[name];
  if (value === undefined) return undefined;
  if (value === 'true' || value === '') return true;
  if (value === 'false') return false;
  throw malformed(`The query parameter ${name} is either true or false.`);
}

/** Everything that accompanies an input over HTTP. */
export const envelopeOf = (request: FastifyRequest): Envelope => ({
  dryRun: flag(request, 'dryRun'),
  draft: flag(request, 'draft'),
  emergency: flag(request, 'emergency'),
  comment: percentDecoded(request, 'x-switchyard-comment'),
  ticket: percentDecoded(request, 'x-switchyard-ticket'),
  idempotencyKey: idempotencyKey(request),
  ifMatch: header(request, 'if-match')?.replace(/^(?:W\/)?"(.*)"$/, '$1'),
});

/** Seconds that the caller is willing to wait for a Change (`Prefer: wait=10`), within our limit; 0 when it did not ask. */
export function waitOf(request: FastifyRequest): number {
  const wait = /(?:^|[,;\s])wait=(\d{1,6})(?:$|[,;\s])/.exec(header(request, 'prefer') ?? '')?.[1];
  return Math.min(Number(wait ?? 0), MAX_WAIT_SECONDS);
}

/** Only a label for the audit trail: a caller can claim to be the command line, and gains nothing by it. */
function surfaceOf(request: FastifyRequest, credentials: Credentials): Surface {
  if (credentials?.kind === 'session') return 'web';
  return header(request, 'x-switchyard-client')?.startsWith('cli/') ? 'cli' : 'rest';
}

export function callOf(request: FastifyRequest, envelope: Envelope = {}, surface?: Surface): Call {
  const credentials = credentialsOf(request);
  const tenant = header(request, 'x-switchyard-tenant');
  return {
    surface: surface ?? surfaceOf(request, credentials),
    credentials,
    ...(tenant === undefined ? {} : { tenant }),
    ...(request.hostTenant === undefined ? {} : { hostTenant: request.hostTenant }),
    ip: request.ip,
    requestId: request.id,
    envelope,
  };
}

/** The same with the browser at the other end, for operations that sign people in. */
export const browserCall = (request: FastifyRequest, reply: FastifyReply): Call => ({
  ...callOf(request, envelopeOf(request)),
  browser: browserOf(request, reply),
});
