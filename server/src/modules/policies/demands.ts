import type { Demands } from '#kernel/gate-steps.ts';

type Join = { [K in keyof Demands]-?: (a: NonNullable<Demands[K]>, b: NonNullable<Demands[K]>) => NonNullable<Demands[K]> };

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];
/** Methods that both know; absent means any. */
const common = (a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined =>
  a && b ? a.filter((one) => b.includes(one)) : (a ?? b);

const JOIN: Join = {
  comment: (a, b) => ({ minLength: Math.max(a.minLength, b.minLength), patterns: union(a.patterns, b.patterns) }),
  ticket: (a, b) => ({ patterns: union(a.patterns, b.patterns) }),
  stepUp: (a, b) => {
    const amr = common(a.amr, b.amr);
    return { withinSeconds: Math.min(a.withinSeconds, b.withinSeconds), ...(amr && { amr }) };
  },
  dryRun: (a, b) => ({ maxAgeSeconds: Math.min(a.maxAgeSeconds, b.maxAgeSeconds) }),
};

const joinedOf = <T>(join: (a: T, b: T) => T, a: T | undefined, b: T | undefined): T | undefined => (a && b ? join(a, b) : (a ?? b));

/** What two phases demand, as one: the longer comment, all patterns, the shorter times, the methods that both know. */
export function demandsOfBoth(a: Demands, b: Demands): Demands {
  const [comment, ticket] = [joinedOf(JOIN.comment, a.comment, b.comment), joinedOf(JOIN.ticket, a.ticket, b.ticket)];
  const [stepUp, dryRun] = [joinedOf(JOIN.stepUp, a.stepUp, b.stepUp), joinedOf(JOIN.dryRun, a.dryRun, b.dryRun)];
  return { ...(comment && { comment }), ...(ticket && { ticket }), ...(stepUp && { stepUp }), ...(dryRun && { dryRun }) };
}
