import { domainToASCII } from 'node:url';

export type DomainState = 'pending' | 'verified' | 'live' | 'stale';

/** What one server said about the proof. */
export interface ServerAnswer {
  /** `authoritative ns1.example.net` or `resolver 192.0.2.53`. */
  server: string;
  answer: string;
  ok: boolean;
}
export interface Looked {
  proof: ServerAnswer[];
  /** Whether traffic for the name comes to us. */
  traffic: ServerAnswer[];
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A claim that is not proven within a week, and a stale one that does not come back, end. */
export const KEPT_MS = 7 * DAY;
const MISSES_BEFORE_STALE = 3;

export const challengeName = (domain: string): string => `_switchyard-challenge.${domain}`;
export const challengeValue = (token: string): string => `sy-verify=${token}`;

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const NOT_FOR_CUSTOMERS = new Set(['localhost', 'local', 'internal', 'invalid', 'test', 'example', 'onion', 'arpa', 'home', 'lan', 'corp']);

/** A host name as DNS carries it, in lower case and punycode; undefined for what is none. */
export function normalDomain(text: string): string | undefined {
  const name = domainToASCII(text.trim().replace(/\.$/, '')).toLowerCase();
  const labels = name.split('.');
  const good = name.length <= 230 && labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
  return good ? name : undefined;
}

const within = (domain: string, parent: string): boolean => domain === parent || domain.endsWith(`.${parent}`);

/** Why a name cannot be claimed, in words; undefined when it can. `own`: names of the installation itself. */
export function domainFault(domain: string, own: readonly string[], allowSpecial: boolean): string | undefined {
  if (own.some((name) => within(domain, name))) return 'This name belongs to the installation itself';
  if (!allowSpecial && NOT_FOR_CUSTOMERS.has(domain.split('.').at(-1)!)) return 'Names below this top-level domain are not in the public DNS';
  return undefined;
}

/** The authoritative servers and the resolvers all have to show the proof (platform.md 5.4). */
export const proves = ({ proof }: Looked): boolean => proof.length > 0 && proof.every(({ ok }) => ok);
const reaches = ({ traffic }: Looked): boolean => traffic.some(({ ok }) => ok);

export interface Claim {
  state: DomainState;
  misses: number;
  checks: number;
  verifiedAt: Date | null;
  endsAt: Date | null;
}

const PENDING_PAUSES = [1, 5, 15, 60];

/** When to look again: soon after the claim, then every six hours; once proven, once a day. */
export function nextCheck({ state, checks }: Pick<Claim, 'state' | 'checks'>, at: Date): Date {
  const minutes = state === 'pending' || state === 'stale' ? (PENDING_PAUSES[checks - 1] ?? 360) : 24 * 60;
  return new Date(at.getTime() + minutes * MINUTE);
}

/** What a claim becomes after a look. `stale`: the proof was missing three times; traffic works for seven more days. */
export function afterLook(claim: Claim, looked: Looked, at: Date): Claim & { nextCheckAt: Date } {
  const checks = claim.checks + 1;
  const settled = (next: Omit<Claim, 'checks'>): Claim & { nextCheckAt: Date } => {
    const restarted = next.state !== claim.state && next.state === 'stale' ? 1 : checks;
    return { ...next, checks: restarted, nextCheckAt: nextCheck({ state: next.state, checks: restarted }, at) };
  };
  if (proves(looked)) {
    const state = reaches(looked) ? 'live' : 'verified';
    return settled({ state, misses: 0, verifiedAt: claim.state === 'verified' || claim.state === 'live' ? claim.verifiedAt : at, endsAt: null });
  }
  if (claim.state === 'pending' || claim.state === 'stale') return settled({ ...claim, misses: claim.misses + 1 });
  const misses = claim.misses + 1;
  if (misses < MISSES_BEFORE_STALE) return settled({ ...claim, misses });
  return settled({ state: 'stale', misses, verifiedAt: claim.verifiedAt, endsAt: new Date(at.getTime() + KEPT_MS) });
}
