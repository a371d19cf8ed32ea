import type { Target } from '#kernel/operation.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { whyDenied } from './denial.ts';
import { decide, nearestCover, rolesHolding, type Right, type Wanted } from './rules.ts';

type RoleRights = Parameters<typeof rolesHolding>[0];

export interface Question {
  rights: readonly Right[];
  cap: readonly string[] | null;
  roles: RoleRights;
  wanted: Wanted;
  targets: readonly Target[];
  at: Date;
}

export type Stage = 'token' | 'permission' | 'risk' | 'scope';

export interface Explanation {
  allowed: boolean;
  /** Where it was refused. */
  stage: Stage | null;
  /** The grant that allows it. */
  grantId: string | null;
  steps: { stage: Stage; passed: boolean; text: string }[];
  /** The smallest thing that is missing; null when it is allowed. */
  nearest: {
    missing: 'key' | 'role' | 'scope';
    text: string;
    roles: string[];
    grantId: string | null;
    targets: { type: string; id: string }[];
  } | null;
}

const ORDER: readonly Stage[] = ['token', 'permission', 'risk', 'scope'];

const passedText = (stage: Stage, { wanted, cap, targets }: Question, grantId: string | null): string =>
  ({
    token: cap === null ? 'No API key limits the call' : `The API key includes ${wanted.permission}`,
    permission: `A grant in force holds ${wanted.permission}`,
    risk: `A role with ${wanted.permission} goes up to risk ${wanted.risk}`,
    scope: targets.length === 0 ? 'There is no target to cover' : `Grant ${grantId} covers every target alone`,
  })[stage];

/** The path of the Gate's decision on permission and Scope, step by step, and what comes nearest to allowing it. */
export function explain(question: Question): Explanation {
  const { rights, cap, roles, wanted, targets, at } = question;
  const verdict = decide(rights, cap, wanted, at);
  const grantId = verdict.allowed
    ? targets.length === 0
      ? (verdict.reach[0]?.grantId ?? null)
      : (coveringGrant(verdict.reach, targets) ?? null)
    : null;
  const stage: Stage | null = verdict.allowed ? (grantId === null ? 'scope' : null) : verdict.stage;
  const cover = verdict.allowed ? nearestCover(verdict.reach, targets) : undefined;
  const uncovered = (cover?.uncovered ?? []).map(({ type, id }) => ({ type, id }));
  const refusal = verdict.allowed
    ? `No single grant with ${wanted.permission} covers ${uncovered.map(({ type, id }) => `${type} ${id}`).join(', ')}`
    : whyDenied(verdict, wanted, cap);
  const reached = stage === null ? ORDER : ORDER.slice(0, ORDER.indexOf(stage) + 1);
  const steps = reached.map((one) => ({ stage: one, passed: one !== stage, text: one === stage ? refusal : passedText(one, question, grantId) }));
  if (stage === null) return { allowed: true, stage, grantId, steps, nearest: null };
  const holders = rolesHolding(roles, wanted);
  const missing = stage === 'token' ? 'key' : stage === 'scope' ? 'scope' : 'role';
  const text = {
    key: `An API key that includes ${wanted.permission}`,
    role: `A grant of a role that allows it: ${holders.join(', ') || 'there is none in this tenant'}`,
    scope: `A Scope of grant ${cover?.grantId} that also covers ${uncovered.length} more`,
  }[missing];
  return {
    allowed: false,
    stage,
    grantId: null,
    steps,
    nearest: { missing, text, roles: missing === 'role' ? holders : [], grantId: cover?.grantId ?? null, targets: uncovered },
  };
}
