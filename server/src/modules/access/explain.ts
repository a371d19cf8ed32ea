import type { Target } from '#kernel/operation.ts';
import { coveringGrant, type Reach } from '#kernel/scope.ts';
import { whyDenied } from './denial.ts';
import { decide, nearestCover, rolesHolding, type Deny, type Right, type Verdict, type Wanted } from './rules.ts';

type RoleRights = Parameters<typeof rolesHolding>[0];

export interface Question {
  /** With the content of groups in place of their names. */
  rights: readonly Right[];
  denies: readonly Deny[];
  cap: readonly string[] | null;
  roles: RoleRights;
  wanted: Wanted;
  targets: readonly Target[];
  at: Date;
}

type Stage = 'deny' | 'token' | 'permission' | 'risk' | 'scope';

export interface Explanation {
  allowed: boolean;
  /** Where it was refused. */
  stage: Stage | null;
  /** The grant that allows it. */
  grantId: string | null;
  steps: { stage: Stage; passed: boolean; text: string }[];
  /** The smallest thing that is missing; null when it is allowed. */
  nearest: {
    missing: 'deny' | 'key' | 'role' | 'scope';
    text: string;
    roles: string[];
    grantId: string | null;
    targets: { type: string; id: string }[];
  } | null;
}

const ORDER: readonly Stage[] = ['deny', 'token', 'permission', 'risk', 'scope'];

const passedText = (stage: Stage, { wanted, cap, targets }: Question, grantId: string | null): string =>
  ({
    deny: `Nothing denies ${wanted.permission} directly`,
    token: cap === null ? 'No API key limits the call' : `The API key includes ${wanted.permission}`,
    permission: `A grant in force holds ${wanted.permission}`,
    risk: `A role with ${wanted.permission} goes up to risk ${wanted.risk}`,
    scope: targets.length === 0 ? 'There is no target to cover' : `Grant ${grantId} covers every target alone`,
  })[stage];

interface Refusal {
  stage: Stage;
  text: string;
  nearest: NonNullable<Explanation['nearest']>;
}

function outOfScope(reach: Reach, { wanted, targets }: Question): Refusal {
  const cover = nearestCover(reach, targets);
  const uncovered = (cover?.uncovered ?? []).map(({ type, id }) => ({ type, id }));
  const names = uncovered.map(({ type, id }) => `${type} ${id}`).join(', ');
  const text = `A Scope of grant ${cover?.grantId} that also covers ${names}`;
  return {
    stage: 'scope',
    text: `No single grant with ${wanted.permission} covers every target`,
    nearest: { missing: 'scope', text, roles: [], grantId: cover?.grantId ?? null, targets: uncovered },
  };
}

function withoutRight(verdict: Exclude<Verdict, { allowed: true }>, { wanted, cap, roles }: Question): Refusal {
  const text = whyDenied(verdict, wanted, cap);
  const nothing = { grantId: null, targets: [] };
  if (verdict.stage === 'deny')
    return { stage: 'deny', text, nearest: { missing: 'deny', text: `Lifting the direct deny ${verdict.denies[0]?.id}`, roles: [], ...nothing } };
  if (verdict.stage === 'token')
    return { stage: 'token', text, nearest: { missing: 'key', text: `An API key that includes ${wanted.permission}`, roles: [], ...nothing } };
  const holders = rolesHolding(roles, wanted);
  const nearest = `A grant of a role that allows it: ${holders.join(', ') || 'there is none in this tenant'}`;
  return { stage: verdict.stage, text, nearest: { missing: 'role', text: nearest, roles: holders, ...nothing } };
}

/** The path of the Gate's decision on permission and Scope, step by step, and what comes nearest to allowing it. */
export function explain(question: Question): Explanation {
  const { rights, denies, cap, wanted, targets, at } = question;
  const verdict = decide(rights, cap, wanted, at, denies);
  const grantId = verdict.allowed ? coveringGrant(verdict.reach, targets) : undefined;
  if (grantId !== undefined) {
    const steps = ORDER.map((stage) => ({ stage, passed: true, text: passedText(stage, question, grantId) }));
    return { allowed: true, stage: null, grantId, steps, nearest: null };
  }
  const refusal = verdict.allowed ? outOfScope(verdict.reach, question) : withoutRight(verdict, question);
  const passed = ORDER.slice(0, ORDER.indexOf(refusal.stage)).map((stage) => ({ stage, passed: true, text: passedText(stage, question, null) }));
  const steps = [...passed, { stage: refusal.stage, passed: false, text: refusal.text }];
  return { allowed: false, stage: refusal.stage, grantId: null, steps, nearest: refusal.nearest };
}
