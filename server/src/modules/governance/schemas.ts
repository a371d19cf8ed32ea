import { z } from 'zod';
import { Conflict, Plan } from '#kernel/plan.ts';
import { REQUEST_STATES } from './approvals/rules.ts';
import { EmergencyUse } from './emergency/schemas.ts';
import { CHANGE_STATES } from './rules.ts';
import { STAGE_STATES, TARGET_STATES } from './stages/rules.ts';
import { Via } from './via.ts';

const Person = z.object({ kind: z.string(), id: z.string(), name: z.string() });
const Time = z.iso.datetime();
const Action = z.object({ allowed: z.boolean(), reason: z.string().nullable() });

/** What identifies a Change on every surface: its id, or its number in the tenant. */
export const ChangeId = z
  .string()
  .min(1)
  .max(64)
  .meta({ title: 'Change', help: 'Id, or number such as CHG-12', examples: ['CHG-12'] });

/** Targets that are acted on one after the other; nothing of a later stage is begun before this one is done. */
const Stage = z.object({
  kind: z
    .enum(['canary', 'rest', 'all'])
    .meta({ help: '`canary` goes first by a rule, `rest` follows when it is well, `all` where no rule asks for a canary' }),
  status: z.enum(STAGE_STATES).meta({
    help: '`watching`: done, and watched before the others follow. `held`: something is not well, or a rule forbids it now; a person decides',
  }),
  targets: z.array(
    z.object({ id: z.string(), name: z.string(), status: z.enum(TARGET_STATES), code: z.string().nullable(), text: z.string().nullable() }),
  ),
  refused: z
    .object({ code: z.string(), text: z.string() })
    .nullish()
    .meta({ help: 'What keeps it from beginning: permission, Scope and rules are asked again before each stage but the first' }),
  startedAt: Time.nullable(),
  watchUntil: Time.nullable(),
  endedAt: Time.nullable(),
  continuedBy: z.object({ id: z.string(), name: z.string(), comment: z.string(), at: Time }).nullable(),
});
/** What rules want of how it is carried out. */
const Canary = z.object({
  rules: z.array(z.string()),
  targets: z.int().optional(),
  percent: z.int().optional(),
  pauseSeconds: z.int().optional(),
});

export const Approval = z.object({
  id: z.uuid(),
  status: z.enum(REQUEST_STATES),
  count: z.int(),
  given: z.int(),
  rule: z.object({ name: z.string(), text: z.string() }),
  expiresAt: Time,
  decisions: z.array(
    z.object({
      by: z.object({ id: z.string(), name: z.string() }),
      verdict: z.enum(['approved', 'rejected']),
      comment: z.string().nullable(),
      at: Time,
    }),
  ),
});

export const ChangeSummary = z.object({
  id: z.uuid(),
  number: z.string(),
  operation: z.string(),
  summary: z.string(),
  state: z.enum(CHANGE_STATES),
  risk: z.enum(['read', 'write', 'high']),
  environment: z.string().nullable(),
  requester: Person,
  surface: z.string(),
  via: Via.nullable(),
  progress: z.int(),
  waitingForMe: z.boolean(),
  /** It went without the approvals and past the time windows that rules ask for. */
  emergency: z.boolean(),
  deadlineAt: Time.nullable(),
  createdAt: Time,
  endedAt: Time.nullable(),
});
export type ChangeSummary = z.infer<typeof ChangeSummary>;

export const Change = ChangeSummary.extend({
  comment: z.string().nullable(),
  ticket: z.string().nullable(),
  input: z.record(z.string(), z.json()),
  targets: z.array(z.object({ type: z.string(), id: z.string(), name: z.string().optional(), environment: z.string().nullish() })),
  plan: Plan,
  planHash: z.string(),
  decisionId: z.uuid().meta({ help: 'How the rules decided when it was asked for' }),
  /** As of now, while it is still ahead. */
  conflicts: z.array(Conflict),
  implementer: Person.nullable(),
  approval: Approval.nullable(),
  /** The template that agreed to it in the place of people. */
  template: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  autoApproved: z.boolean(),
  emergencyUse: EmergencyUse.nullable(),
  job: z
    .object({
      state: z.string(),
      progress: z.int(),
      message: z.string().nullable(),
      attempt: z.int(),
      steps: z.array(
        z.object({
          key: z.string(),
          title: z.string(),
          status: z.enum(['running', 'done', 'failed', 'undone']),
          startedAt: Time,
          endedAt: Time.nullable(),
        }),
      ),
    })
    .nullable(),
  canary: Canary.nullable(),
  /** Of a Change that acts on many targets, once it runs. */
  stages: z.array(Stage).nullable(),
  outcome: z.json().nullable(),
  problem: z.record(z.string(), z.json()).nullable(),
  rollbackOf: z.uuid().nullable(),
  rolledBackBy: z.uuid().nullable(),
  submittedAt: Time.nullable(),
  approvedAt: Time.nullable(),
  startedAt: Time.nullable(),
  actions: z.object({
    approve: Action,
    reject: Action,
    submit: Action,
    apply: Action,
    resume: Action,
    cancel: Action,
    rollback: Action,
    emergency: Action,
    review: Action,
  }),
});
export type Change = z.infer<typeof Change>;
