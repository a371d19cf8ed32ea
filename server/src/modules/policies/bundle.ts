import { compileGlobs } from './engine/glob.ts';
import type { CompiledSet, Exemption, Phase, Policy, PolicySet } from './engine/index.ts';

/** One version of a set, ready to be asked. */
export interface ActiveSet {
  /** Null for sets of the installation, which are no rows. */
  id: string | null;
  name: string;
  version: string;
  set: PolicySet;
  compiled: CompiledSet;
}

/** A version that is being tried beside the active one. */
export interface Trial {
  set: ActiveSet;
  number: number;
  kind: 'shadow' | 'percentage';
  percent: number;
  until: Date | null;
}

/** Everything that is in force for one tenant. */
export interface Bundle {
  platform: readonly ActiveSet[];
  sets: readonly ActiveSet[];
  trials: readonly Trial[];
  /** Names of sets whose active version can no longer be read: whoever would be bound by them may do nothing but mend them. */
  broken: readonly string[];
  exemptions: readonly Exemption[];
  calendars: Readonly<Record<string, { from: string; until: string }[]>>;
  /** Whether any rule may have something to say of such a call; what it answers `false` for need not be asked about. */
  concerns: (phase: Phase, operation: string, risk: string) => boolean;
  /** Words that expressions use, so that what nobody asks for need not be looked up. */
  mentions: ReadonlySet<string>;
}

interface Concern {
  phases: readonly Phase[];
  risks: readonly string[] | undefined;
  operations: (name: string) => boolean;
}

const concernOf = ({ phases, match }: Policy): Concern => ({
  phases,
  risks: match.risk,
  operations: match.operations ? compileGlobs(match.operations, '.') : () => true,
});

/** Whatever looks like a name in the expressions and conditions of a rule; too many are harmless. */
function wordsOf(policy: Policy): string[] {
  const { when = '', unless = '', messageExpr = '', match } = policy;
  const tree = 'approval' in policy ? JSON.stringify(policy.approval.tree) : '';
  const groups = match.resources?.groups ? ['groups'] : [];
  return [...groups, ...`${when} ${unless} ${messageExpr} ${tree}`.matchAll(/[A-Za-z_]\w*/g)].map((word) =>
    typeof word === 'string' ? word : word[0],
  );
}

export type BundleParts = Omit<Bundle, 'concerns' | 'mentions'>;

/** Puts together what is in force, and what can be known of it before any call. */
export function createBundle(parts: BundleParts): Bundle {
  const all = [...parts.platform, ...parts.sets, ...parts.trials.map(({ set }) => set)];
  const policies = all.flatMap(({ set }) => set.policies.filter(({ enabled }) => enabled));
  const concerns = policies.map(concernOf);
  const known = new Map<string, boolean>();
  return {
    ...parts,
    mentions: new Set(policies.flatMap(wordsOf)),
    concerns(phase, operation, risk) {
      const key = `${phase} ${risk} ${operation}`;
      let answer = known.get(key);
      if (answer === undefined) {
        answer = concerns.some(
          ({ phases, risks, operations }) => phases.includes(phase) && (risks === undefined || risks.includes(risk)) && operations(operation),
        );
        known.set(key, answer);
      }
      return answer;
    },
  };
}

const replaced = new WeakMap<Bundle, Map<string, Bundle>>();

/** The same with one version in place of that of its set, as if it were active and nothing were on trial. */
export function withVersion(bundle: Bundle, set: ActiveSet): Bundle {
  let known = replaced.get(bundle);
  if (!known) replaced.set(bundle, (known = new Map()));
  const key = `${set.name} ${set.version}`;
  const found = known.get(key);
  if (found && found.sets.includes(set)) return found;
  const made = createBundle({
    ...bundle,
    sets: [...bundle.sets.filter(({ name }) => name !== set.name), set],
    trials: [],
    broken: bundle.broken.filter((name) => name !== set.name),
  });
  known.set(key, made);
  return made;
}
