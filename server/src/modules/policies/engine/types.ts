import type { ApprovalLeaf, Group } from '#kernel/gate-steps.ts';
import type { Effect } from './ruling.ts';

/** JSON as it stands in documents and facts. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type Phase = 'request' | 'plan' | 'apply';
/** `warn` answers with a warning, `audit` only records that the rule matched. */
export type Enforcement = 'enforce' | 'warn' | 'audit';
export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';
/** Who wrote a set: what an outer layer demands, an inner one cannot take away unless the outer set is `overridable`. */
export type Layer = 'platform' | 'tenant' | 'team';
export const LAYERS: readonly Layer[] = ['platform', 'tenant', 'team'];

/** Something wrong with a document. `line` and `column` count from 1, as editors do; `pointer` is a JSON Pointer (RFC 6901) into it. */
export interface Fault {
  line: number;
  column: number;
  pointer: string;
  message: string;
  severity: 'error' | 'warning';
}

/** An approval tree as it is written, with conditions still in it. */
export type ApprovalTree = { all: ApprovalTree[]; when?: string } | { any: ApprovalTree[]; when?: string } | (ApprovalLeaf & { when?: string });

export interface ResourceMatch {
  types?: string[];
  ids?: string[];
  groups?: string[];
  /** Globs on the value of each label; every one given must match. */
  labels?: Record<string, string>;
}

/** Values inside a list are alternatives, the lists must all fit. What is left out does not restrict. */
export interface Match {
  operations?: string[];
  risk?: string[];
  environments?: string[];
  surfaces?: string[];
  actors?: string[];
  roles?: string[];
  teams?: string[];
  users?: string[];
  resources?: ResourceMatch;
}

export interface Window {
  /** ISO weekdays, 1 = Monday. */
  days: number[];
  /** Minutes after midnight; `to` not after `from` ends on the next day. */
  from: number;
  to: number;
}

interface Common {
  id: string;
  description?: string;
  enabled: boolean;
  enforcement: Enforcement;
  severity: Severity;
  phases: Phase[];
  match: Match;
  when?: string;
  unless?: string;
  breakGlass: 'allowed' | 'never';
  message?: string;
  messageExpr?: string;
  /** Left out: `deny` for write and high, `ignore` for read. */
  onError?: 'deny' | 'ignore';
}
interface Approval {
  tree: ApprovalTree;
  distinct?: boolean;
  expiresInSeconds?: number;
  sla?: { dueInSeconds: number; backup?: Group; widenEligibility?: boolean };
}
interface RateLimitRule {
  limit: number;
  windowSeconds: number;
  key: RateKey[];
  algorithm: 'sliding' | 'fixed';
  /** The problem of a call that is over it: 429 or 403. */
  onExceeded: 'rate-limited' | 'policy-denied';
}
export type RateKey = 'user' | 'tenant' | 'operation' | 'environment' | 'resource' | 'team' | 'surface' | 'client';
export interface TimeWindow {
  mode: 'deny' | 'allow-only';
  /** IANA name, or a fixed offset such as `UTC-05:00`. */
  timezone: string;
  windows: Window[];
  calendars: string[];
  allowOverrun: boolean;
}

export type Policy = Common &
  (
    | { type: 'approval-required'; approval: Approval }
    | { type: 'require-comment'; comment: { minLength: number; ticketPattern?: string; pattern?: string } }
    | { type: 'require-ticket'; ticket: { pattern?: string } }
    | { type: 'rate-limit'; rateLimit: RateLimitRule }
    | { type: 'time-window'; timeWindow: TimeWindow }
    | { type: 'require-step-up'; stepUp: { withinSeconds: number; amr?: string[] } }
    | { type: 'require-dry-run'; dryRun: { maxAgeSeconds: number } }
    | { type: 'limit-targets'; limitTargets: { max: number; per: 'change' } }
    | { type: 'notify'; notify: { to: string[]; channels?: string[] } }
    | { type: 'canary'; canary: { targets?: number; percent?: number; pauseSeconds?: number } }
    | { type: 'deny' }
    | { type: 'allow-only' }
  );
export type PolicyType = Policy['type'];

/** A context to decide in and what must come of it, kept beside the rules. */
export interface PolicyTest {
  name: string;
  given: Given;
  expect: Expectation;
  /** Where it stands in the document. */
  pointer: string;
}
/** Facts that matter to a test; the rest is filled in (see test-facts.ts). Facts as EngineFacts has them, plus shorthands. */
export type Given = Record<string, Json>;
export interface Expectation {
  effect?: Effect;
  matched?: string[];
  notMatched?: string[];
  /** Slug of the problem the caller gets. */
  problem?: string;
  approval?: { groups?: string[]; count?: number };
}

/** A document that has been read: defaults filled in, short forms spelt out, nothing but JSON. */
export interface PolicySet {
  name: string;
  owner?: string;
  description?: string;
  enforcement: Enforcement;
  overridable: boolean;
  /** Zone of `time` in expressions of rules without a time window; UTC unless it says. */
  timezone: string;
  requireTests: boolean;
  params: Record<string, Json>;
  policies: Policy[];
  tests: PolicyTest[];
  /** Line and column of what stands in the document, by JSON Pointer. */
  positions: Record<string, readonly [line: number, column: number]>;
}
