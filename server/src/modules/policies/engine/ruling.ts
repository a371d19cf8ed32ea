import type { Requirement } from '#kernel/gate-steps.ts';
import type { Enforcement, Json, Layer, PolicyType, Severity } from './types.ts';

export type Effect = 'allow' | 'warn' | 'require' | 'deny';

/** A refusal as the caller is told it. `extras` are further members of the problem document. */
export interface Refusal {
  /** `set/policy`. */
  rule: string;
  text: string;
  slug:
    | 'policy-denied'
    | 'outside-window'
    | 'comment-required'
    | 'ticket-required'
    | 'step-up-required'
    | 'dry-run-required'
    | 'target-limit-exceeded';
  extras?: Record<string, Json>;
}

/** What all matching rules together demand of a call; left out where none does. */
export interface Demands {
  /** `patterns` are for the comment, `ticketPatterns` for the ticket beside it. */
  comment?: { rules: string[]; minLength: number; patterns: string[]; ticketPatterns: string[] };
  ticket?: { rules: string[]; patterns: string[] };
  /** `amr` empty means that no method satisfies all rules; left out, any does. */
  stepUp?: { rules: string[]; withinSeconds: number; amr?: string[] };
  dryRun?: { rules: string[]; maxAgeSeconds: number };
  limitTargets?: { rules: string[]; max: number };
  /** So many, or so many of a hundred, whichever is more. */
  canary?: { rules: string[]; targets?: number; percent?: number; pauseSeconds?: number };
}

/** A limit to look up before and to charge after the decision; `key` is unique to the rule and to whom it counts. */
export interface RateLimitCheck {
  rule: string;
  text: string;
  key: string;
  limit: number;
  windowSeconds: number;
  algorithm: 'sliding' | 'fixed';
  onExceeded: 'rate-limited' | 'policy-denied';
  /** With `warn` and `audit` a call over the limit goes on. */
  enforcement: Enforcement;
}

/** The value of one part of an expression, or why it has none. Positions count from 0 within `expression`. */
export interface TraceValue {
  expression: 'when' | 'unless' | 'messageExpr' | 'approval';
  source: string;
  start: number;
  end: number;
  value?: Json;
  error?: string;
  /** Id of the resource it was asked for. */
  resource?: string;
}

export interface Matched {
  /** `set/policy`. */
  policy: string;
  type: PolicyType;
  version: string;
  layer: Layer;
  severity: Severity;
  enforcement: Enforcement;
  /** `none`: the rule fits the call but asks nothing of it now; `exempt` and `emergency`: it was set aside. */
  effect: Effect | 'none' | 'exempt' | 'emergency';
  text: string;
  exemption?: string;
  trace?: TraceValue[];
}

export interface EngineError {
  policy: string;
  message: string;
  /** What was made of it. */
  outcome: 'denied' | 'ignored';
}

/** What all sets say of one call in one phase. The same facts and versions give the same ruling. */
export interface Ruling {
  effect: Effect;
  /** The refusal that decides, if any rule forbids: it is final, whatever else is given. */
  denied?: Refusal;
  /** Every rule that forbids, the deciding one first. */
  refusals: Refusal[];
  /** Demands that the call does not meet yet: the caller can mend these and call again. */
  unmet: Refusal[];
  requirements: Requirement[];
  demands: Demands;
  /** All to be checked first; charged only if the whole decision allows. */
  rateLimits: RateLimitCheck[];
  notify: { rule: string; text: string; to: string[]; channels?: string[] }[];
  warnings: { rule: string; text: string }[];
  matched: Matched[];
  errors: EngineError[];
}

export interface EvaluateOptions {
  /** Record the value of every part of every expression: for simulation and explanation. */
  trace?: boolean;
}

/** One test of a set after it ran. */
export interface TestResult {
  name: string;
  pointer: string;
  passed: boolean;
  /** What was expected and what came, one sentence each. */
  failures: string[];
  ruling: Ruling;
}
export interface TestReport {
  passed: boolean;
  results: TestResult[];
  /** Policies without a matching or without a non-matching test. Counts as a failure where tests are required. */
  uncovered: { policy: string; missing: 'matching' | 'not-matching' }[];
}

/** A difference between two versions of a set, rule by rule. */
export interface SetDifference {
  kind: 'added' | 'removed' | 'changed';
  /** JSON Pointer where policies and tests are named by id: `/spec/policies/prod-approval/when`. */
  path: string;
  before?: Json;
  after?: Json;
  /** Whether calls may be allowed by it that were not: what a reviewer must look at. */
  loosens: boolean;
}
