import type { Demands } from '#kernel/gate-steps.ts';

type Join = { [K in keyof Demands]-?: (a: NonNullable<Demands[K]>, b: NonNullable<Demands[K]>) => NonNullable<Demands[K]> };

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];
/** Methods that both know; absent means any. */
const common = (a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined =>
  a && b ? a.filter((one) => b.includes(one)) : (a ?? b);

const JOIN: Join = {
  comment: (a, b) => ({ minLength: Math.max(a.minLength, b.minLength), patterns: union(a.patterns, b.patterns) }),
  ticket: (a, b) => ({ patterns: union(a.patterns, b.patterns) }),
  stepUp(a, b) {
    const amr = common(a.amr, b.amr);
    return { withinSeconds: Math.min(a.withinSeconds, b.withinSeconds), ...(amr ? { amr } : {}) };
  },
  dryRun: (a, b) => ({ maxAgeSeconds: Math.min(a.maxAgeSeconds, b.maxAgeSeconds) }),
};

function joinedOf<K extends keyof Demands>(key: K, a: Demands, b: Demands): Pick<Demands, K> {
  const [one, other] = [a[key], b[key]];
  const joined = one && other ? JOIN[key](one, other) : (one ?? other);
  return (joined === undefined ? {} : { [key]: joined }) as Pick<Demands, K>;
}

/** What two phases demand, as one: the longer comment, all patterns, the shorter times, the methods that both know. */
export const demandsOfBoth = (a: Demands, b: Demands): Demands => ({
  ...joinedOf('comment', a, b),
  ...joinedOf('ticket', a, b),
  ...joinedOf('stepUp', a, b),
  ...joinedOf('dryRun', a, b),
});
