import type { Demands } from '#kernel/gate-steps.ts';

type Join = { [K in keyof Demands]-?: (a: NonNullable<Demands[K]>, b: NonNullable<Demands[K]>) => NonNullable<Demands[K]> };

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];
/** Methods that both know; absent means any. */
const common = (a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined =>
  a && b ? a.filter((one) => b.includes(one)) : (a ?? b);

type Canary = NonNullable<Demands['canary']>;
const largest = (field: 'targets' | 'percent' | 'pauseSeconds', a: Canary, b: Canary): Partial<Canary> => {
  const value = Math.max(a[field] ?? 0, b[field] ?? 0);
  return value > 0 ? { [field]: value } : {};
};

const JOIN: Join = {
  comment: (a, b) => ({ minLength: Math.max(a.minLength, b.minLength), patterns: union(a.patterns, b.patterns) }),
  ticket: (a, b) => ({ patterns: union(a.patterns, b.patterns) }),
  stepUp: (a, b) => {
    const amr = common(a.amr, b.amr);
    return { withinSeconds: Math.min(a.withinSeconds, b.withinSeconds), ...(amr && { amr }) };
  },
  dryRun: (a, b) => ({ maxAgeSeconds: Math.min(a.maxAgeSeconds, b.maxAgeSeconds) }),
  canary: (a, b) => ({ rules: union(a.rules, b.rules), ...largest('targets', a, b), ...largest('percent', a, b), ...largest('pauseSeconds', a, b) }),
};

const joinedOf = <T>(join: (a: T, b: T) => T, a: T | undefined, b: T | undefined): T | undefined => (a && b ? join(a, b) : (a ?? b));

/** What two phases demand, as one: the longer comment, all patterns, the shorter times, the methods that both know, the larger canary. */
export function demandsOfBoth(a: Demands, b: Demands): Demands {
  const [comment, ticket] = [joinedOf(JOIN.comment, a.comment, b.comment), joinedOf(JOIN.ticket, a.ticket, b.ticket)];
  const [stepUp, dryRun] = [joinedOf(JOIN.stepUp, a.stepUp, b.stepUp), joinedOf(JOIN.dryRun, a.dryRun, b.dryRun)];
  const canary = joinedOf(JOIN.canary, a.canary, b.canary);
  return { ...(comment && { comment }), ...(ticket && { ticket }), ...(stepUp && { stepUp }), ...(dryRun && { dryRun }), ...(canary && { canary }) };
}
