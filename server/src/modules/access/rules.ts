import type { Risk } from '#kernel/operation.ts';
import { scopeCovers, type Reach, type Scope } from '#kernel/scope.ts';
import type { Target } from '#kernel/operation.ts';
import { matchesAny, withinCap } from './patterns.ts';

/** A role as one grant brings it to a person. Rights of different grants are never mixed. */
export interface Right {
  grantId: string;
  role: string;
  level: number;
  patterns: readonly string[];
  maxRisk: Risk;
  scope: Scope;
  validFrom: Date;
  validUntil: Date | null;
}

/** What a person may not do, whatever they hold. */
export interface Deny {
  id: string;
  patterns: readonly string[];
  validUntil: Date | null;
}

/** What has to be decided about: the operation as the registry declares it. */
export interface Wanted {
  name: string;
  permission: string;
  risk: Risk;
  access?: 'public' | 'self';
}

const RANK: Record<Risk, number> = { read: 0, write: 1, high: 2 };
export const riskWithin = (risk: Risk, ceiling: Risk): boolean => RANK[risk] <= RANK[ceiling];

export const isValid = (right: Pick<Right, 'validFrom' | 'validUntil'>, at: Date): boolean =>
  right.validFrom <= at && (right.validUntil === null || at < right.validUntil);

/** The denies in force that hold the permission. */
export const deniesHolding = (denies: readonly Deny[], permission: string, at: Date): Deny[] =>
  denies.filter((deny) => (deny.validUntil === null || at < deny.validUntil) && matchesAny(deny.patterns, permission));

export type Verdict =
  | { allowed: true; reach: Reach }
  /** `deny`: said of this person. `token`: the key was made for less. `permission`: no valid grant holds it. `risk`: the roles that hold it may not go this far. */
  | { allowed: false; stage: 'deny'; denies: readonly Deny[] }
  | { allowed: false; stage: 'token' }
  | { allowed: false; stage: 'permission' }
  | { allowed: false; stage: 'risk'; grants: readonly Right[] };

/** May this be called at all, and how far does it reach? Order of platform.md 6.1: deny, token, grant, risk; targets come later. */
export function decide(rights: readonly Right[], cap: readonly string[] | null, wanted: Wanted, at: Date, denies: readonly Deny[] = []): Verdict {
  const against = deniesHolding(denies, wanted.permission, at);
  if (against.length > 0) return { allowed: false, stage: 'deny', denies: against };
  if (!withinCap(cap, wanted.permission)) return { allowed: false, stage: 'token' };
  const holding = rights.filter((right) => isValid(right, at) && matchesAny(right.patterns, wanted.permission));
  if (holding.length === 0) return { allowed: false, stage: 'permission' };
  const daring = holding.filter((right) => riskWithin(wanted.risk, right.maxRisk));
  if (daring.length === 0) return { allowed: false, stage: 'risk', grants: holding };
  return { allowed: true, reach: daring.map(({ grantId, scope }) => ({ grantId, scope })) };
}

/** Which grant comes nearest to covering the targets, and what it leaves out. */
export function nearestCover(reach: Reach, targets: readonly Target[]): { grantId: string; uncovered: Target[] } | undefined {
  const candidates = reach.map(({ grantId, scope }) => ({ grantId, uncovered: targets.filter((target) => !scopeCovers(scope, target)) }));
  return candidates.sort((a, b) => a.uncovered.length - b.uncovered.length)[0];
}

interface RoleRights {
  key: string;
  level: number;
  patterns: readonly string[];
  maxRisk: Risk;
}

/** Keys of the roles that would allow the operation, the least powerful first. */
export const rolesHolding = (roles: readonly RoleRights[], wanted: Wanted): string[] =>
  roles
    .filter((role) => matchesAny(role.patterns, wanted.permission) && riskWithin(wanted.risk, role.maxRisk))
    .sort((a, b) => b.level - a.level || (a.key < b.key ? -1 : 1))
    .map((role) => role.key);
