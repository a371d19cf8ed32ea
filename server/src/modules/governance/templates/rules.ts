import { scopeCovers, type Scope } from '#kernel/scope.ts';
import type { Requirement } from '#kernel/gate-steps.ts';
import type { Target } from '#kernel/operation.ts';
import type { ChangeState } from '../rules.ts';

export const TEMPLATE_STATES = ['active', 'suspended', 'retired'] as const;
export type TemplateStatus = (typeof TEMPLATE_STATES)[number];

export interface TemplateWindow {
  timezone: string;
  windows: { days: string[]; from: string; to: string }[];
}

/** governance.md 7.4. */
export const TEMPLATE = { longestDays: 180, failures: 2, ofRuns: 20, perTenant: 200 } as const;

/** What decides who may do what, and what has to be agreed, is agreed to each time. */
const NEVER =
  /^(changeTemplates|policies|policyExemptions|calendars|approvals|changes|emergencies|teams|roles|grants|users|groups|denies|permissionBoundary|accessRequests|accessReviews|tenants|apiKeys|serviceAccounts|identityProviders|supportAccess)\./;
export const mayBeTemplated = (operation: string): boolean => !NEVER.test(operation);

/** Whether agreeing once for all can stand for what is asked: neither for what no emergency skips, nor for rules of the installation. */
export const isCoverable = (requirements: readonly Requirement[]): boolean =>
  requirements.length > 0 && requirements.every(({ breakGlass, installation }) => breakGlass !== 'never' && installation !== true);

/** A template about some things never covers a call about none. */
export const coversAll = (scope: Scope, targets: readonly Target[]): boolean =>
  targets.length === 0 ? 'all' in scope : targets.every((target) => scopeCovers(scope, target));

export interface Run {
  state: ChangeState;
  rolledBackBy: string | null;
}
const BAD: readonly ChangeState[] = ['failed', 'partially_succeeded', 'rolling_back', 'rolled_back', 'rollback_failed'];
export const wentWrong = ({ state, rolledBackBy }: Run): boolean => BAD.includes(state) || rolledBackBy !== null;

/** Runs newest first: has the template lost its right? */
export const isSpent = (runs: readonly Run[]): boolean => runs.slice(0, TEMPLATE.ofRuns).filter(wentWrong).length >= TEMPLATE.failures;
