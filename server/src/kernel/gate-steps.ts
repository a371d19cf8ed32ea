import type { Actor, Browser, Context, ReadContext } from './context.ts';
import type { Database } from './database.ts';
import type { AnyOperation, Envelope, Risk, Surface, Target } from './operation.ts';
import type { FullPlan } from './plan.ts';
import type { Problem } from './problem.ts';
import type { Reach } from './scope.ts';

/** What came with a call to prove who sends it. `bearer` is an API key or session token from the Authorization header, `session` the cookie. */
export type Credentials = { kind: 'bearer' | 'session'; token: string } | null;

/** The node of a workflow's run through which a call came; kept with the Change that it makes. */
export interface Via {
  workflowId: string;
  workflow: string;
  /** Null for a test run of the draft. */
  version: number | null;
  executionId: string;
  nodeId: string;
  node: string;
  /** Place in loops: empty, `3`, `3.0`. */
  iteration: string;
  /** Turn of the agent that called it as a tool, from 1. */
  agentStep?: number;
  /** Pays for models that the call asks (`AiAccounts`). */
  accountId?: string;
}

export interface Call {
  surface: Surface;
  credentials: Credentials;
  /** Slug or id of the tenant that is wanted; the session's or key's own when left out. */
  tenant?: string | undefined;
  /** Tenant whose host name the call was sent to, by id. */
  hostTenant?: string | undefined;
  browser?: Browser | undefined;
  /** Address of the MCP endpoint that was called: the audience that an agent's token must be for (RFC 8707). */
  endpoint?: string | undefined;
  /**
   * Somebody whom a part of the system knows by another proof than a credential, as they are now. Set in process alone: no surface
   * reads it from a request.
   */
  as?: Actor | undefined;
  /** Set in process alone, like `as`. */
  via?: Via | undefined;
  ip: string | null;
  requestId: string;
  envelope: Envelope;
}

export interface RateState {
  limit: number;
  remaining: number;
  resetSeconds: number;
  /** Name of the quota that is nearest to its end. */
  policy: string;
}

/** One thing that must be agreed before a Change may run, and the rule that asks for it. */
export interface Requirement {
  rule: string;
  text: string;
  need: ApprovalNode;
  /** One person counts for one leaf of `need` only. */
  distinct?: boolean;
  /** How long the request may wait; 24 h when left out (1 h to 168 h). */
  expiresInSeconds?: number;
  /** When it should have been decided; 4 h when left out (15 min to 72 h), and whom to turn to when it has not. */
  sla?: { dueInSeconds: number; backup?: Group; widenEligibility?: boolean };
  /** Whoever agrees must have proven who they are within so many seconds. */
  stepUpSeconds?: number;
  /** No emergency sets it aside. */
  breakGlass?: 'never';
  /** A rule of the installation asks for it: nothing that a tenant agrees to beforehand stands for it. */
  installation?: true;
}

/** Who must agree: all of several, any of several, or so many people of one kind. */
export type ApprovalNode = { all: ApprovalNode[] } | { any: ApprovalNode[] } | ApprovalLeaf;
export interface ApprovalLeaf {
  /** `scopeApprovers`: whoever may decide over all targets; `resourceOwner`: whoever answers for every target. */
  who: 'scopeApprovers' | 'resourceOwner' | Group;
  /** Distinct people. */
  count: number;
  /** At least one of them is in no team of the requester. */
  otherTeam?: boolean;
}
/** People by role key, by slug of a team of people, or by id. */
export type Group = { role: string } | { team: string } | { users: string[] };

export interface PolicyFacts {
  phase: 'request' | 'plan' | 'apply';
  decisionId: string;
  actor: Actor;
  operation: AnyOperation;
  input: Record<string, unknown>;
  inputHash: string;
  risk: Risk;
  targets: readonly Target[];
  plan: FullPlan | undefined;
  /** The Change that is about to run; null before there is one. */
  changeId: string | null;
  envelope: Envelope;
  surface: Surface;
  via?: Via | undefined;
  now: Date;
  /** What the step itself said of this call in the phase before. */
  before: Verdict | undefined;
}

/** Of many targets so many go first, or so many of a hundred, whichever is more; then there is a pause, and a look at them. */
export interface CanaryDemand {
  /** Rules that ask for it. */
  rules: readonly string[];
  targets?: number;
  percent?: number;
  pauseSeconds?: number;
}

/** What rules demand of the caller beside approvals; a form asks for it before the call is made. */
export interface Demands {
  comment?: { minLength: number; patterns: readonly string[] };
  ticket?: { patterns: readonly string[] };
  stepUp?: { withinSeconds: number; amr?: readonly string[] };
  dryRun?: { maxAgeSeconds: number };
  canary?: CanaryDemand;
}

export interface Verdict {
  /** The rule that forbids, if one does; the problem is `policy-denied` unless it says otherwise. */
  denied?: { rule: string; text: string; slug?: string; extras?: Record<string, unknown> } | undefined;
  requirements: readonly Requirement[];
  /** Rules that matched, with the version that was in force: for the decision record. */
  rules: readonly string[];
  warnings?: readonly string[];
  demands?: Demands;
  /** Rules that an emergency set aside. */
  skipped?: readonly string[];
  /** Charges the limits that rules set. The Gate calls it once, when the whole decision allows; it throws when another call was faster. */
  settle?: () => Promise<void>;
  /** For the step itself, when it is asked about the same call again. */
  kept?: unknown;
}

/** The outcome of one call as the audit trail keeps it; also the decision record that `X-Switchyard-Decision` names. */
export interface AuditEntry {
  decisionId: string;
  requestId: string;
  actor: Actor;
  surface: Surface;
  operation: string;
  permission: string;
  risk: Risk;
  sensitive: boolean;
  result: 'success' | 'failure' | 'denied' | 'pending' | 'error';
  /** `policyId`: the rule that refused, as `set/rule`. */
  reason: { stage: string; code: string; text: string; policyId?: string } | null;
  targets: readonly Target[];
  grantId: string | null;
  rules: readonly string[];
  inputHash: string;
  changeId: string | null;
  /** The request that was decided on, or that let the Change run. */
  approvalId?: string | null;
  /** Who agreed to the Change that was carried out. */
  approverIds?: readonly string[];
  /** The job that carried it out. */
  jobId?: string | null;
  comment: string | null;
  at: Date;
  durationMs: number;
  /** Milliseconds spent in each step. */
  timings: Record<string, number>;
}

export interface NewChange {
  operation: AnyOperation;
  input: Record<string, unknown>;
  inputHash: string;
  targets: readonly Target[];
  plan: FullPlan;
  planHash: string;
  risk: Risk;
  requirements: readonly Requirement[];
  skipped: readonly string[];
  demands: Demands;
  reach: Reach;
  /** `running` (inline, in this transaction), `queued` (a job carries it out), or `draft` (kept until it is submitted). */
  start: 'inline' | 'job' | 'draft';
}
export interface OpenedChange {
  id: string;
  number: string;
  state: string;
}

/** Every step belongs to a module and is wired in `app.ts`; the kernel fixes their order. */
export interface Steps {
  /** Throws `unauthenticated` or `tenant-not-found`. */
  authenticate: (call: Pick<Call, 'credentials' | 'tenant' | 'ip' | 'surface' | 'endpoint'>) => Promise<Actor>;
  /** Throws `rate-limited`. */
  rateLimit: (actor: Actor, operation: AnyOperation, call: Call) => Promise<RateState | null>;
  /** Before it is counted: waits until one more call of the actor may run, and answers what to do when it has. Throws `concurrency-limited`. */
  enter?: (actor: Actor) => Promise<() => void>;
  /**
   * What the actor reaches with the operation's permission; throws `permission-denied` or `insufficient-token-scope`. Asked about
   * `access: 'self'` only for an API key with a cap: one's own affairs need no grant, but the key must have been made for them.
   */
  permit: (db: Database, actor: Actor, operation: { name: string; permission: string; risk: Risk; access?: 'public' | 'self' }) => Promise<Reach>;
  policy: (db: Database, facts: PolicyFacts) => Promise<Verdict>;
  changes: {
    /** Stores the Change, with its approval request or its job, in the caller's transaction. */
    open: (ctx: Context, change: NewChange) => Promise<OpenedChange>;
    /** Throws unless the caller may declare an emergency: for a call that leaves a Change, over all its targets. */
    emergency: (ctx: Context, call: { operation: AnyOperation; targets: readonly Target[]; envelope: Envelope }) => Promise<void>;
    /** The plan with what it would get in the way of. */
    conflicts: (ctx: ReadContext, made: { plan: FullPlan; targets: readonly Target[]; changeId: string | null }) => Promise<FullPlan>;
    /** The inline effect is done. */
    succeeded: (ctx: Context, changeId: string, output: unknown) => Promise<void>;
  };
  audit: {
    /** In the caller's transaction; a failure here undoes the effect. */
    write: (db: Database, entry: AuditEntry) => Promise<void>;
    /** Within a second, in batches: for reads. Blocks when the queue is full. */
    later: (entry: AuditEntry) => Promise<void>;
  };
  /** Told after a 404 to somebody signed in, with the input as it came: what they named may be another tenant's. Must neither throw nor be waited for. */
  missed?: (attempt: { actor: Actor; operation: AnyOperation; call: Call; raw: unknown }) => void;
  /** Told of each decision: metrics and logs. Must not throw. */
  observe: (entry: AuditEntry, problem: Problem | undefined) => void;
}
