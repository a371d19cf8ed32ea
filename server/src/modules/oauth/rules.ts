import { createHash, timingSafeEqual } from 'node:crypto';
import type { Risk } from '#kernel/operation.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 86_400 * SECOND;
/** Milliseconds. A code is for a redirect that happens now; a lost answer to a refresh may be asked for again within `grace`. */
export const LIVES = { request: 10 * MINUTE, code: 60 * SECOND, access: 60 * MINUTE, refresh: 30 * DAY, grace: 10 * SECOND, unusedClient: 30 * DAY } as const; // prettier-ignore

const RISKS: readonly Risk[] = ['read', 'write', 'high'];
const RANK: Record<Risk, number> = { read: 0, write: 1, high: 2 };

/** Scopes of a token that goes so far: each implies the lower ones, which are spelt out for clients that compare them. */
export const scopesOf = (risk: Risk): string[] => RISKS.slice(0, RANK[risk] + 1).map((one) => `switchyard.${one}`);
export const ALL_SCOPES: readonly string[] = scopesOf('high');

/** How far a scope parameter goes: reads when it is left out. Undefined for a scope that is not ours; `offline_access` asks for what is given anyway. */
export function riskOf(scope: string | undefined): Risk | undefined {
  const asked = (scope ?? '').split(' ').filter((one) => one !== '' && one !== 'offline_access');
  const risks = asked.map((one) => RISKS.find((risk) => one === `switchyard.${risk}`));
  if (risks.includes(undefined)) return undefined;
  return risks.reduce<Risk>((highest, one) => (RANK[one!] > RANK[highest] ? one! : highest), 'read');
}
export const isWithin = (risk: Risk, most: Risk): boolean => RANK[risk] <= RANK[most];
export const lower = (a: Risk, b: Risk): Risk => (isWithin(a, b) ? a : b);

/** RFC 7636, S256: 43 characters of base64url. `plain` is not offered, so it cannot be fallen back to. */
export const isChallenge = (text: string | undefined): text is string => text !== undefined && /^[\w-]{43}$/.test(text);
export function verifierFits(verifier: string, challenge: string): boolean {
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const made = createHash('sha256').update(verifier).digest('base64url');
  return timingSafeEqual(Buffer.from(made), Buffer.from(challenge.padEnd(made.length).slice(0, made.length)));
}

/** RFC 8252, 7.3: a program on the person's own machine listens on whatever port is free. */
const isLoopback = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && (hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost'); // prettier-ignore
/** Browsers carry these out, or read files with them, instead of handing them to a program. */
const NEVER = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:', 'filesystem:', 'view-source:', 'ws:', 'wss:', 'ftp:', 'mailto:', 'tel:', 'sms:']); // prettier-ignore

/** Why an answer must not be sent to this address, or null: https, http on this machine, or a scheme of a program's own (RFC 8252, 7.1). */
export function redirectFault(text: string): string | null {
  if (text.length > 2_000 || !URL.canParse(text)) return 'it is not an address';
  const url = new URL(text);
  if (text.includes('#')) return 'it has a fragment';
  if (url.username !== '' || url.password !== '') return 'it carries a password';
  if (url.protocol === 'https:' || isLoopback(url)) return null;
  if (url.protocol === 'http:') return 'plain http is for this machine only';
  return NEVER.has(url.protocol) ? `${url.protocol} is no program` : null;
}

const withoutPort = (url: URL): string => `${url.protocol}//${url.hostname}${url.pathname}${url.search}`;

/** To the letter, but for the port of a loopback address. */
export function isRegistered(registered: readonly string[], presented: string): boolean {
  if (registered.includes(presented)) return redirectFault(presented) === null;
  if (redirectFault(presented) !== null || !isLoopback(new URL(presented))) return false;
  const wanted = withoutPort(new URL(presented));
  return registered.some((one) => URL.canParse(one) && isLoopback(new URL(one)) && withoutPort(new URL(one)) === wanted);
}

/** Whether whoever answers at this address is who it says: a name in the DNS with a certificate, and no port or scheme that anybody on the machine may take. */
export const isProvenRedirect = (uri: string): boolean => new URL(uri).protocol === 'https:';

/** A client id that is the address of a document about the client: https, with a path, and nothing that could lead elsewhere. */
export function isDocumentId(clientId: string): boolean {
  if (!clientId.startsWith('https://') || clientId.length > 500 || !URL.canParse(clientId)) return false;
  const url = new URL(clientId);
  const dotted = /(^|\/)\.{1,2}(\/|$)/.test(clientId.slice('https://'.length));
  return url.pathname !== '/' && url.hash === '' && url.username === '' && url.password === '' && !dotted && url.href === clientId;
}

/** What a client calls itself, as far as people may read it: one line, nothing that turns the text around it. */
export function shownName(name: unknown, fallback: string): string {
  const text = typeof name === 'string' ? name.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').replaceAll(/\s+/g, ' ').trim() : ''; // prettier-ignore
  return (text === '' ? fallback : text).slice(0, 60);
}

/** Where the answer goes, in words that tell one program from another: a host name, a scheme, or the person's own machine. */
export function hostOf(redirectUri: string): string {
  const url = new URL(redirectUri);
  if (isLoopback(url)) return 'localhost';
  return url.protocol === 'https:' ? url.host : url.protocol;
}

/** The MCP endpoint of a tenant, or that of all: what tokens are made for (RFC 8707). */
export const endpointOf = (publicUrl: string, slug: string | null): string => `${publicUrl}/mcp${slug === null ? '' : `/${slug}`}`;

/** Which endpoint a `resource` names; undefined when it is none of ours. Case and a slash at the end of the host do not count (RFC 3986). */
export function resourceOf(publicUrl: string, resource: string | undefined): { slug: string | null } | undefined {
  if (resource === undefined) return { slug: null };
  if (!URL.canParse(resource)) return undefined;
  const url = new URL(resource);
  if (url.origin !== new URL(publicUrl).origin || url.hash !== '' || url.search !== '' || url.username !== '') return undefined;
  const found = /^\/mcp(?:\/([a-z0-9][a-z0-9-]{0,62}))?\/?$/.exec(url.pathname);
  return found ? { slug: found[1] ?? null } : undefined;
}
