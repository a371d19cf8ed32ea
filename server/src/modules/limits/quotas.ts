import type { Quota } from '#kernel/counters.ts';

/** What a quota can be set for. */
export const SUBJECT_KINDS = ['role', 'user', 'key', 'tenant'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Calls per minute (each request), and operations per hour and day (interactive reads of a browser are free). */
export interface Allowance {
  perMinute: number;
  perHour: number;
  perDay: number;
}
/** What a tenant has set for one subject; null keeps the default. */
export interface Override {
  kind: SubjectKind;
  subject: string;
  perMinute: number | null;
  perHour: number | null;
  perDay: number | null;
}

const BURST = 600;
/** Agents call in loops; a tighter burst shows a runaway one early. */
const AGENT_BURST = 300;
const allowance = (perHour: number, perDay: number): Allowance => ({ perMinute: BURST, perHour, perDay });

/** governance.md 5.2 and 9. Roles of a tenant's own get what Operations gets. */
export const ROLE_DEFAULTS: Readonly<Record<string, Allowance>> = {
  owner: allowance(200, 2_000),
  admin: allowance(200, 2_000),
  developer: allowance(500, 5_000),
  ops_rw: allowance(500, 5_000),
  member: allowance(500, 5_000),
  approver: allowance(100, 1_000),
  support: allowance(1_000, 10_000),
  auditor: allowance(500, 5_000),
  billing_admin: allowance(200, 2_000),
  viewer: allowance(1_000, 10_000),
  read_only: allowance(1_000, 10_000),
};
export const OWN_ROLE = allowance(500, 5_000);
export const SERVICE_ACCOUNT = allowance(2_000, 20_000);
/** For somebody with no role: their own affairs only. */
const NO_ROLE = allowance(100, 1_000);
export const TENANT_PER_HOUR = 50_000;
/** A network whose callers are not known here; sign-in has tighter limits of its own. */
const STRANGER_PER_MINUTE = 1_800;

/** Who calls, as far as limits look at them. */
export interface Caller {
  personId: string;
  credentialId: string | null;
  /** An API key or a token of an agent, rather than a session. */
  kind: 'session' | 'key' | 'agent' | 'stranger';
  isServiceAccount: boolean;
  roles: readonly string[];
  ip: string | null;
}

const overridden = (base: Allowance, override: Override | undefined): Allowance => ({
  perMinute: override?.perMinute ?? base.perMinute,
  perHour: override?.perHour ?? base.perHour,
  perDay: override?.perDay ?? base.perDay,
});
const most = (one: Allowance, other: Allowance): Allowance => ({
  perMinute: Math.max(one.perMinute, other.perMinute),
  perHour: Math.max(one.perHour, other.perHour),
  perDay: Math.max(one.perDay, other.perDay),
});

/** What a caller may use: the most that any role gives, then what is set for the person. */
export function allowanceOf({ personId, isServiceAccount, roles }: Caller, overrides: readonly Override[]): Allowance {
  const of = (kind: SubjectKind, subject: string): Override | undefined => overrides.find((one) => one.kind === kind && one.subject === subject);
  const ofRole = (role: string): Allowance => overridden(ROLE_DEFAULTS[role] ?? OWN_ROLE, of('role', role));
  const byRole = isServiceAccount
    ? SERVICE_ACCOUNT
    : roles.map(ofRole).reduce(most, roles.length === 0 ? NO_ROLE : { perMinute: 0, perHour: 0, perDay: 0 });
  return overridden(byRole, of('user', personId));
}

/** A database counts to two thousand million; a load test multiplies quotas beyond it. */
const scaled = (limit: number, factor: number): number => Math.min(2_000_000_000, Math.max(1, Math.round(limit * factor)));

/** What is set for the key or agent itself, beside the person's quotas: those of a key are spent on top of them. */
function quotasOfKey(own: string, ofKey: Override | undefined): Quota[] {
  const set = [
    { key: own, name: 'key-hour', limit: ofKey?.perHour, seconds: 3_600 },
    { key: own, name: 'key-day', limit: ofKey?.perDay, seconds: 86_400 },
  ];
  return set.flatMap(({ limit, ...rest }) => (limit ? [{ ...rest, limit }] : []));
}

/** The counters that one call is charged to. A call that is free (`cost` 0) counts towards the burst and the tenant only. */
export function quotasFor(caller: Caller, cost: 0 | 1, overrides: readonly Override[], factor: number): [Quota, ...Quota[]] {
  const within = (quota: Quota): Quota => ({ ...quota, limit: scaled(quota.limit, factor) });
  const { personId, credentialId, kind, ip } = caller;
  if (kind === 'stranger') return [within({ key: `ip:${ip ?? 'unknown'}`, name: 'burst', limit: STRANGER_PER_MINUTE, seconds: 60 })];
  const { perMinute, perHour, perDay } = allowanceOf(caller, overrides);
  const ofKey = overrides.find((one) => one.kind === 'key' && one.subject === credentialId);
  const ofTenant = overrides.find((one) => one.kind === 'tenant')?.perHour ?? TENANT_PER_HOUR;
  // A person's sessions count as one; each key and each agent has a burst of its own, so that one gone wild stops nothing else.
  const own = kind === 'session' ? personId : `${kind}:${credentialId ?? personId}`;
  const burst = ofKey?.perMinute ?? (kind === 'agent' ? Math.min(AGENT_BURST, perMinute) : perMinute);
  const charged: Quota[] = [
    { key: personId, name: 'hour', limit: perHour, seconds: 3_600 },
    { key: personId, name: 'day', limit: perDay, seconds: 86_400 },
    ...quotasOfKey(own, ofKey),
  ];
  return [
    within({ key: own, name: 'burst', limit: burst, seconds: 60 }),
    within({ key: 'tenant', name: 'tenant', limit: ofTenant, seconds: 3_600 }),
    ...(cost === 0 ? [] : charged.map(within)),
  ];
}
