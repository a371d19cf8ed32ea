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

/** A source of approvers: `team` is a team of people by slug, `role` the slug of a role. */
export type Group = { team: string } | { role: string } | { users: string[] };
export type ApprovalNode = { all: ApprovalNode[] } | { any: ApprovalNode[] } | ApprovalLeaf;
export interface ApprovalLeaf {
  who: 'scopeApprovers' | 'resourceOwner' | { role: string } | { team: string } | { users: string[] };
  count: number;
  otherTeam?: boolean;
}
/** What one matching rule of type approval-required asks for: the kernel's Requirement. */
export interface ApprovalRequirement {
  /** `set/policy`. */
  rule: string;
  text: string;
  need: ApprovalNode;
  distinct?: boolean;
  expiresInSeconds?: number;
  sla?: { dueInSeconds: number; backup?: Group; widenEligibility?: boolean };
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
  /** Plans of the tenant; what the short form calls `tier`. */
  plans?: string[];
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
export interface Approval {
  tree: ApprovalTree;
  distinct?: boolean;
  expiresInSeconds?: number;
  sla?: { dueInSeconds: number; backup?: Group; widenEligibility?: boolean };
}
export interface RateLimitRule {
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
    | { type: 'canary'; canary: { targets: number; pauseSeconds?: number } }
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

/** What the engine must know of an Operation to type `input`: its name and the JSON Schema of its input. */
export interface CatalogueEntry {
  name: string;
  risk?: string;
  input?: Record<string, unknown>;
}
export type Catalogue = readonly CatalogueEntry[];

export interface CompileOptions {
  /** Shown with every match, e.g. the number of the version. */
  version?: string;
  layer?: Layer;
  /** Slug of the team the set belongs to (layer team): it holds for calls of its members. */
  team?: string;
}

export interface ResourceFacts {
  type: string;
  id: string;
  name?: string | null;
  environment?: string | null;
  labels?: Record<string, string>;
  groups?: string[];
  owner?: string | null;
  health?: string | null;
  capabilities?: string[];
  /** RFC 3339. */
  lastChangeAt?: string | null;
}

/** Everything a decision rests on, as plain JSON: kept with the decision, so that it can be taken again. */
export interface EngineFacts {
  user: {
    id: string;
    email?: string | null;
    name?: string | null;
    /** Slugs. */
    roles: string[];
    teams: string[];
    attributes?: Record<string, Json>;
    /** Age of the last step-up; null when there was none. */
    mfaAgeSeconds?: number | null;
    /** How the last step-up was proven (RFC 8176): `hwk`, `otp`, `pwd` … */
    amr?: string[];
    isServiceAccount?: boolean;
  };
  actor: {
    kind: 'user' | 'apiKey' | 'service' | 'agent' | 'workflow' | 'system';
    clientId?: string | null;
    agentName?: string | null;
    chain?: string[];
    ip?: string | null;
    country?: string | null;
    surface: 'rest' | 'mcp' | 'cli' | 'ui' | 'workflow' | 'schedule';
  };
  tenant: { id: string; slug: string; plan?: string | null; settings?: Record<string, Json> };
  operation: { name: string; module?: string; risk: 'read' | 'write' | 'high'; permission: string; idempotent?: boolean };
  resources: ResourceFacts[];
  /** Taken from the resources when left out: their common one, or `mixed`. */
  environment?: string | null;
  /** Validated, with `"<secret>"` in place of secrets. */
  input?: Record<string, Json>;
  plan?: {
    riskScore?: number;
    findings?: Json[];
    steps?: Json[];
    counts?: { add?: number; update?: number; remove?: number };
    reversible?: boolean;
    estimatedSeconds?: number;
    /** Minor units of the tenant's currency, per month. */
    costDelta?: number;
    conflicts?: Json[];
  };
  change?: {
    id?: string | null;
    comment?: string | null;
    ticket?: string | null;
    emergency?: boolean;
    requester?: string | null;
    approvals?: Json[];
    ageSeconds?: number;
    /** Age of the last dry run of the same Operation and input by the same actor; null when there was none. */
    dryRunAgeSeconds?: number | null;
    /** The call itself is a dry run: nothing will be done. */
    dryRun?: boolean;
  };
  /** RFC 3339; the only clock there is. */
  now: string;
  quota?: Record<string, number>;
  history?: { count24h?: number; failures30d?: number };
  /** Freezes and other calendars by name: spans that have not ended. RFC 3339. */
  calendars?: Record<string, { from: string; until: string }[]>;
  exemptions?: Exemption[];
}

/** Takes a caller or resources out of policies of sets that are `overridable`, until a moment. */
export interface Exemption {
  id: string;
  /** `set/policy`, or the bare id of a policy in any set. */
  policies: string[];
  /** RFC 3339, exclusive. */
  until: string;
  /** Ids of users; left out: everybody. */
  users?: string[];
  /** Ids of resources, all of which a call must stay within; left out: whatever it acts on. */
  resources?: string[];
  reason?: string;
}

export type Effect = 'allow' | 'warn' | 'require' | 'deny';

/** A refusal as the caller is told it. `extras` are further members of the problem document. */
export interface Refusal {
  /** `set/policy`. */
  rule: string;
  text: string;
  slug:
    'policy-denied' | 'outside-window' | 'comment-required' | 'ticket-required' | 'step-up-required' | 'dry-run-required' | 'target-limit-exceeded';
  extras?: Record<string, Json>;
}

/** What all matching rules together demand of a call; left out where none does. */
export interface Demands {
  comment?: { rules: string[]; minLength: number; patterns: string[] };
  ticket?: { rules: string[]; patterns: string[] };
  /** `amr` empty means that no method satisfies all rules; left out, any does. */
  stepUp?: { rules: string[]; withinSeconds: number; amr?: string[] };
  dryRun?: { rules: string[]; maxAgeSeconds: number };
  limitTargets?: { rules: string[]; max: number };
  canary?: { rules: string[]; targets: number; pauseSeconds?: number };
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
  requirements: ApprovalRequirement[];
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
