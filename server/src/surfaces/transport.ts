import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { Problem } from '#kernel/problem.ts';
import { cookieOf, SESSION_COOKIE } from './cookies.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** Host name without port; an IPv6 address keeps its brackets. */
export const hostName = (host: string | undefined): string => /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec((host ?? '').trim().toLowerCase())?.[1] ?? '';

const isAddress = (name: string): boolean => isIP(name.replace(/^\[|\]$/g, '')) !== 0;

/**
 * DNS rebinding: a page on evil.example may point its own name at our address and then counts as same-origin. It cannot do so
 * with a name that we know, a tenant's own, or a plain address, so those are all we answer to. Answers the tenant whose name it is.
 */
export async function tenantOfHost(name: string, tenantOf: (host: string) => Promise<string | undefined>): Promise<string> {
  const tenant = await tenantOf(name);
  if (tenant !== undefined) return tenant;
  throw new Problem(
    'host-denied',
    `This installation is not served as "${name.slice(0, 100)}". Whoever runs it can add the name to its public URL or allowed hosts.`,
  );
}

/** Ours without asking anybody; no tenant has such a name. */
export const isOwnHost = (name: string, names: readonly string[]): boolean =>
  name === '' || LOOPBACK.has(name) || isAddress(name) || names.includes(name);

/** Host and port of an origin, or the empty string when it is opaque ("null") or broken. */
function authorityOf(origin: string): string {
  try {
    return new URL(origin).host;
  } catch {
    return '';
  }
}

/**
 * Step 0 of the Gate for browsers. A request that changes something and rests on a cookie, or on nothing (sign-in), must come
 * from a page of our own; with a bearer token no browser adds anything by itself, so there is nothing to forge.
 */
export function checkOrigin(request: FastifyRequest, own: readonly string[]): void {
  if (SAFE_METHODS.has(request.method) || request.headers.authorization !== undefined || request.routeOptions.config.form === 'cross') return;
  const { origin } = request.headers;
  if (origin !== undefined && own.includes(authorityOf(origin))) return;
  if (origin === undefined && request.headers['sec-fetch-site'] === 'same-origin') return;
  const hasSession = cookieOf(request, SESSION_COOKIE) !== undefined;
  if (origin === undefined && !hasSession && request.headers['sec-fetch-site'] === undefined) return;
  throw new Problem('origin-denied', origin === undefined
    ? 'A change with a session cookie needs an Origin header of this site. Programs use an API key in the Authorization header instead.'
    : 'The request comes from a page of another site. Use the web application at its own address, or an API key.'); // prettier-ignore
}

/** A stream that rests on a cookie must be asked for by a page of our own: a browser opens a WebSocket for any page, cookie and all. */
export function isOwnOrigin({ headers: { origin, 'sec-fetch-site': site } }: FastifyRequest, own: readonly string[]): boolean {
  return origin === undefined ? site === undefined || site === 'same-origin' : own.includes(authorityOf(origin));
}

/** An agent's request that comes from a browser page must come from ours or from this machine, bearer token or not (MCP, security of transports). */
export function checkAgentOrigin(request: FastifyRequest, own: readonly string[]): void {
  const { origin } = request.headers;
  if (origin === undefined || own.includes(authorityOf(origin)) || LOOPBACK.has(hostName(authorityOf(origin)))) return;
  throw new Problem('origin-denied', 'The request comes from a page of another site.');
}
