import type { Json } from '#lib/types.ts';

export type Enforcement = 'enforce' | 'warn' | 'audit';
export interface Author {
  kind: string;
  id: string;
  name: string;
}
export interface Trial {
  version: number;
  mode: 'shadow' | 'percentage';
  percent: number | null;
  until: string | null;
}
export interface PolicySet {
  id: string;
  name: string;
  description: string;
  owner: string | null;
  team: string | null;
  status: 'draft' | 'active' | 'retired';
  version: number;
  activeVersion: number | null;
  trial: Trial | null;
  isProtected: boolean;
  updatedAt: string;
}
/** A set as the list shows it. */
export interface PolicySetSummary extends PolicySet {
  enforcement: Enforcement | null;
  policies: number;
  lastActivatedAt: string | null;
  /** The last seven days. */
  lately: { matches: number; violations: number } | null;
}
export interface Version {
  number: number;
  hash: string;
  message: string;
  author: Author;
  status: 'draft' | 'candidate' | 'active' | 'retired';
  createdAt: string;
}
/** Line and column count from 1. */
export interface Fault {
  line: number;
  column: number;
  message: string;
  severity: 'error' | 'warning';
}
export interface PolicySummary {
  id: string;
  type: string;
  enabled: boolean;
  enforcement: Enforcement;
  severity: string;
  message: string | null;
}
export interface VersionDetail extends Version {
  document: string;
  policies: PolicySummary[];
  tests: number;
}
export interface Activation {
  id: string;
  version: number | null;
  mode: 'now' | 'shadow' | 'percentage' | 'ended' | 'retired';
  percent: number | null;
  until: string | null;
  replaced: number | null;
  changeId: string | null;
  by: Author;
  at: string;
}
export interface PolicySetDetail extends PolicySet {
  newest: VersionDetail;
  active: VersionDetail | null;
  activations: Activation[];
}

export interface TestResult {
  name: string;
  passed: boolean;
  failures: string[];
  effect: string;
}
export interface TestReport {
  passed: boolean;
  required: boolean;
  results: TestResult[];
  uncovered: { policy: string; missing: 'matching' | 'not-matching' }[];
}
export interface Lint {
  valid: boolean;
  name: string | null;
  faults: Fault[];
  policies: PolicySummary[];
  tests: TestReport | null;
}
export interface VersionDiff {
  from: { number: number; document: string };
  to: { number: number; document: string };
  loosens: boolean;
  differences: { kind: 'added' | 'removed' | 'changed'; path: string; loosens: boolean }[];
}

export interface Refusal {
  rule: string;
  text: string;
  slug: string;
}
/** The value of one part of an expression. Positions count from 0 within the whole. */
export interface TraceValue {
  expression: string;
  source: string;
  start: number;
  end: number;
  value?: Json;
  error?: string;
  resource?: string;
}
export interface Match {
  policy: string;
  type: string;
  version: string;
  layer: string;
  enforcement: Enforcement;
  effect: string;
  text: string;
  exemption?: string;
  trace?: TraceValue[];
}
export interface Ruling {
  effect: 'allow' | 'warn' | 'require' | 'deny';
  denied: Refusal | null;
  refusals: Refusal[];
  unmet: Refusal[];
  requirements: { rule: string; text: string; need: Json }[];
  warnings: { rule: string; text: string }[];
  matched: Match[];
  errors: { policy: string; message: string; outcome: 'denied' | 'ignored' }[];
}
export interface Simulation {
  refusal: Refusal | null;
  ruling: Ruling;
  facts: Record<string, Json>;
  versions: { name: string; version: string; layer: 'platform' | 'tenant' }[];
  notes: string[];
}
/** What `policies.explain` says of one decision. */
export interface Explanation {
  decisionId: string;
  at: string;
  operation: string;
  actorId: string;
  phase: string;
  dryRun: boolean;
  reasons: string[];
  ruling: Ruling;
  facts: Record<string, Json>;
}

export interface Outcome {
  refused: string | null;
  rule: string | null;
  approvals: { rule: string; need: Json }[];
}
export interface ReplayExample {
  decisionId: string;
  at: string;
  operation: string;
  actorId: string;
  before: Outcome;
  after: Outcome;
}
export interface ReplayFound {
  count: number;
  examples: ReplayExample[];
}
export interface ReplayResult {
  set: { name: string; version: string };
  from: string;
  to: string;
  recorded: number;
  replayed: number;
  same: number;
  newlyDenied: ReplayFound;
  newlyAllowed: ReplayFound;
  changedApprovals: ReplayFound;
  undecided: number;
}
export interface ShadowDifference {
  id: string;
  at: string;
  version: number;
  decisionId: string;
  operation: string;
  actorId: string;
  change: 'stricter' | 'looser' | 'other';
  active: Ruling;
  candidate: Ruling;
}
export interface Exemption {
  id: string;
  policies: string[];
  users: string[] | null;
  resources: string[] | null;
  reason: string;
  status: 'active' | 'expired' | 'revoked';
  validUntil: string;
  changeId: string | null;
  createdBy: Author;
}
