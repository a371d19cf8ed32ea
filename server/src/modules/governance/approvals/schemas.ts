import { z } from 'zod';
import { Plan } from '#kernel/plan.ts';
import { Via } from '../via.ts';
import { REQUEST_STATES } from './rules.ts';

const Time = z.iso.datetime();
const Person = z.object({ id: z.string(), name: z.string() });
const Action = z.object({ allowed: z.boolean(), reason: z.string().nullable() });

/** What identifies a request: its id, or the id or number of the Change it is about. */
export const ApprovalId = z
  .string()
  .min(1)
  .max(64)
  .meta({ title: 'Request', help: 'Id of the request, or id or number of its Change', examples: ['CHG-12'] });

export const Comment = z.string().max(4000);
export const PlanHash = z
  .string()
  .max(128)
  .meta({ title: 'Plan', help: 'planHash of the plan you have seen; another one is refused', widget: 'hidden' });

export const ApprovalSummary = z.object({
  id: z.uuid(),
  changeId: z.uuid(),
  number: z.string(),
  operation: z.string(),
  summary: z.string(),
  status: z.enum(REQUEST_STATES),
  risk: z.enum(['read', 'write', 'high']),
  riskLevel: z.enum(['low', 'medium', 'high', 'critical']),
  environment: z.string().nullable(),
  requester: Person.extend({ kind: z.string() }),
  requestedAt: Time,
  slaDueAt: Time,
  expiresAt: Time,
  closedAt: Time.nullable(),
  escalationLevel: z.int().meta({ help: '1: backups were turned to, 2: administrators' }),
  reminded: z.boolean(),
  needed: z.int().meta({ help: 'People who must agree at least' }),
  given: z.int(),
  waitingForMe: z.boolean(),
  decided: z.enum(['approved', 'rejected']).nullable().meta({ help: 'What you decided' }),
});
export type ApprovalSummary = z.infer<typeof ApprovalSummary>;

/** The tree, flattened: a node, then what is below it, one deeper. */
const Node = z.object({
  depth: z.int(),
  kind: z.enum(['all', 'any', 'people']),
  text: z.string(),
  rules: z.array(z.string()),
  distinct: z.boolean(),
  count: z.int(),
  met: z.boolean(),
  agreed: z.array(Person),
  mayAgree: z.array(Person).meta({ help: 'The first 20 who may' }),
  mayAgreeCount: z.int(),
});
export type ApprovalNodeView = z.infer<typeof Node>;

export const Decision = z.object({
  by: Person,
  onBehalfOf: Person.nullable(),
  verdict: z.enum(['approved', 'rejected']),
  comment: z.string().nullable(),
  planHash: z.string(),
  surface: z.string(),
  at: Time,
});

export const Delegation = z.object({
  id: z.uuid(),
  from: Person,
  to: Person,
  approvalId: z.uuid().nullable().meta({ help: 'The one request it is about; null for an absence' }),
  scope: z.json().nullable(),
  reason: z.string(),
  validFrom: Time,
  validUntil: Time,
  active: z.boolean(),
});
export type Delegation = z.infer<typeof Delegation>;

export const Approval = ApprovalSummary.extend({
  via: Via.nullable(),
  comment: z.string().nullable(),
  ticket: z.string().nullable(),
  targets: z.array(z.object({ type: z.string(), id: z.string(), name: z.string().optional(), environment: z.string().nullish() })),
  plan: Plan,
  planHash: z.string(),
  rules: z.array(z.object({ name: z.string(), text: z.string() })),
  nodes: z.array(Node),
  decisions: z.array(Decision),
  delegations: z.array(Delegation),
  /** In whose place the caller may decide. */
  standsFor: z.array(Person),
  stepUpSeconds: z.int().nullable().meta({ help: 'Whoever agrees must have proven who they are within so many seconds' }),
  actions: z.object({ approve: Action, reject: Action, delegate: Action, cancel: Action, revoke: Action, escalate: Action }),
});
export type Approval = z.infer<typeof Approval>;
