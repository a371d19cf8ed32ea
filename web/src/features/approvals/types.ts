import type { ACTS, REQUEST_STATES } from './search.ts';
import type { Actor, Named, Plan, Risk, Target, Via } from '#lib/types.ts';

export type RequestStatus = (typeof REQUEST_STATES)[number];

/** A request as lists show it. */
export interface ApprovalSummary {
  id: string;
  changeId: string;
  number: string;
  operation: string;
  summary: string;
  status: RequestStatus;
  risk: Risk;
  riskLevel: 'low' | 'medium' | 'high' | 'critical';
  environment: string | null;
  requester: Actor;
  requestedAt: string;
  slaDueAt: string;
  expiresAt: string;
  closedAt: string | null;
  /** 1: backups were turned to, 2: administrators. */
  escalationLevel: number;
  reminded: boolean;
  needed: number;
  given: number;
  waitingForMe: boolean;
  decided: 'approved' | 'rejected' | null;
}

/** One line of the tree of agreements; what is below it follows, one deeper. */
export interface TreeNode {
  depth: number;
  kind: 'all' | 'any' | 'people';
  text: string;
  rules: string[];
  distinct: boolean;
  count: number;
  met: boolean;
  agreed: Named[];
  mayAgree: Named[];
  mayAgreeCount: number;
}
export interface RequestDecision {
  by: Named;
  onBehalfOf: Named | null;
  verdict: 'approved' | 'rejected';
  comment: string | null;
  surface: string;
  at: string;
}
export interface Delegation {
  id: string;
  from: Named;
  to: Named;
  approvalId: string | null;
  scope: unknown;
  reason: string;
  validFrom: string;
  validUntil: string;
  active: boolean;
}
export type ApprovalAct = (typeof ACTS)[number];

export interface ApprovalRequest extends ApprovalSummary {
  via: Via | null;
  comment: string | null;
  ticket: string | null;
  targets: Target[];
  plan: Plan;
  planHash: string;
  rules: { name: string; text: string }[];
  nodes: TreeNode[];
  decisions: RequestDecision[];
  delegations: Delegation[];
  standsFor: Named[];
  stepUpSeconds: number | null;
  actions: Record<ApprovalAct, { allowed: boolean; reason: string | null }>;
}
