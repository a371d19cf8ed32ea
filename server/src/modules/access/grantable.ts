import type { Risk } from '#kernel/operation.ts';
import type { Scope } from '#kernel/scope.ts';
import { matchesAny, withinCap } from './patterns.ts';
import { deniesHolding, isValid, riskWithin, type Deny, type Right, type Wanted } from './rules.ts';
import { scopeOfBoth, scopeWithin } from './scopes.ts';

/** A role that somebody wants to hand out, with the Scope and the end it would have. */
export interface Offer {
  role: { key: string; level: number; patterns: readonly string[]; maxRisk: Risk; assignable: boolean };
  scope: Scope;
  validUntil: Date | null;
}

/** Somebody with what they hold: Scopes as they were given, with groups by name. */
export interface Giver {
  rights: readonly Right[];
  denies?: readonly Deny[];
  cap: readonly string[] | null;
  scopeCap?: Scope | undefined;
}

/** Level 1 has the most power; nobody gives or takes a role above the best of their own. */
export const lowestLevel = (rights: readonly Right[], at: Date): number =>
  Math.min(...rights.filter((right) => isValid(right, at)).map((right) => right.level), Number.POSITIVE_INFINITY);

/** A right that ends soon cannot give one that stays. */
const outlives = (offer: Offer, right: Right): boolean =>
  right.validUntil !== null && (offer.validUntil === null || offer.validUntil > right.validUntil);

const holds = (giver: Giver, offer: Offer, wanted: Wanted, at: Date): boolean =>
  deniesHolding(giver.denies ?? [], wanted.permission, at).length === 0 &&
  withinCap(giver.cap, wanted.permission) &&
  giver.rights.some(
    (right) =>
      isValid(right, at) &&
      matchesAny(right.patterns, wanted.permission) &&
      riskWithin(wanted.risk, right.maxRisk) &&
      scopeWithin(offer.scope, giver.scopeCap ? scopeOfBoth(right.scope, giver.scopeCap) : right.scope) &&
      !outlives(offer, right),
  );

/** Operations that a role opens. */
export const opensOf = ({ patterns, maxRisk }: Pick<Offer['role'], 'patterns' | 'maxRisk'>, catalogue: readonly Wanted[]): Wanted[] =>
  catalogue.filter((wanted) => matchesAny(patterns, wanted.permission) && riskWithin(wanted.risk, maxRisk));

const listed = (permissions: readonly string[]): string => {
  const named = [...new Set(permissions)].sort();
  return `${named.slice(0, 5).join(', ')}${named.length > 5 ? ` and ${named.length - 5} more` : ''}`;
};

/**
 * Why the giver may not hand this out; undefined when they may. Every operation that the role opens must be one that a single
 * grant of the giver opens over at least that Scope and for at least that long (platform.md 6.4).
 */
export function escalation(giver: Giver, offer: Offer, catalogue: readonly Wanted[], at: Date): string | undefined {
  if (!offer.role.assignable) return `The role ${offer.role.key} is not given by a grant; it changes hands by transfer only.`;
  if (offer.role.level < lowestLevel(giver.rights, at)) return `The role ${offer.role.key} stands above every role you hold.`;
  const missing = opensOf(offer.role, catalogue).filter((wanted) => !holds(giver, offer, wanted, at));
  if (missing.length === 0) return undefined;
  return `You cannot give what you do not hold with this Scope and for this long: ${listed(missing.map((wanted) => wanted.permission))}.`;
}
