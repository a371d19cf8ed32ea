import { z } from 'zod';
import { Plan } from '#kernel/plan.ts';
import { tidy, type JsonSchema } from './json-schema.ts';

type Json = Record<string, unknown>;

export const ref = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` });
export const json = (schema: unknown): Json => ({ 'application/json': { schema } });
const string = (description: string): JsonSchema => ({ type: 'string', description });
const header = (name: string, description: string, schema: JsonSchema = { type: 'string' }): Json => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});

const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem details; `type` names a page of its own.',
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: string('What happened, why, and what to do next'),
    instance: string('Request id'),
    decisionId: string('Record of the decision; see `GET /decisions/{id}`'),
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: string('JSON pointer into the input'), message: { type: 'string' }, code: { type: 'string' } },
        required: ['pointer', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail'],
};

/** What may accompany an input, as parameters. */
export const ENVELOPE: Record<string, Json> = {
  IdempotencyKey: header('Idempotency-Key', 'Same key and input within 24 h: the first result again', { type: 'string', maxLength: 255 }),
  IfMatch: header('If-Match', 'Version you have seen, from `ETag`; 412 when it is not the current one'),
  Comment: header('X-Switchyard-Comment', 'Why, percent-encoded; shown to approvers and kept in the audit trail'),
  Ticket: header('X-Switchyard-Ticket', 'Ticket that this belongs to, percent-encoded'),
  Prefer: header('Prefer', '`wait=N` holds a 202 back for up to 30 s, until the Change is settled'),
  DryRun: { name: 'dryRun', in: 'query', required: false, description: 'Answer with the plan and do nothing', schema: { type: 'boolean' } },
  Draft: {
    name: 'draft',
    in: 'query',
    required: false,
    description: 'Keep the Change as a draft until it is submitted',
    schema: { type: 'boolean' },
  },
  Emergency: {
    name: 'emergency',
    in: 'query',
    required: false,
    description:
      'Skip approvals and time windows; needs `changes:emergency`, a fresh proof, a comment of 20 characters and a ticket, and is reviewed',
    schema: { type: 'boolean' },
  },
  Tenant: header('X-Switchyard-Tenant', 'Slug of the tenant to work in, when the credential is good for several'),
};

/** Statuses that any call may answer with, and those of calls that change something. */
export const REFUSALS = ['400', '401', '403', '404', '422', '429', '503'];
export const CHANGE_REFUSALS = ['409', '412'];

/** Schemas that belong to no operation. */
export const COMPONENTS: Record<string, JsonSchema> = {
  Problem: PROBLEM,
  Plan: tidy(z.toJSONSchema(Plan, { io: 'output', unrepresentable: 'any' })) as JsonSchema,
  Planned: { type: 'object', description: 'Answer to a dry run: nothing was changed', properties: { plan: ref('schemas', 'Plan'), risk: { enum: ['read', 'write', 'high'] }, planHash: { type: 'string' }, requirements: { type: 'array', items: ref('schemas', 'Requirement') }, demands: ref('schemas', 'Demands') }, required: ['plan', 'risk', 'planHash', 'requirements', 'demands'] },
  Demands: { type: 'object', description: 'What rules ask of the caller beside approvals', properties: { comment: { type: 'object', properties: { minLength: { type: 'integer' }, patterns: { type: 'array', items: { type: 'string' } } }, required: ['minLength', 'patterns'] }, ticket: { type: 'object', properties: { patterns: { type: 'array', items: { type: 'string' } } }, required: ['patterns'] }, stepUp: { type: 'object', properties: { withinSeconds: { type: 'integer' }, amr: { type: 'array', items: { type: 'string' } } }, required: ['withinSeconds'] }, dryRun: { type: 'object', properties: { maxAgeSeconds: { type: 'integer' } }, required: ['maxAgeSeconds'] } } },
  Requirement: { type: 'object', description: 'One thing that must be agreed, and the rule that asks for it', properties: { rule: { type: 'string' }, text: { type: 'string' }, need: ref('schemas', 'ApprovalNode'), distinct: { type: 'boolean', description: 'One person counts for one leaf only' }, expiresInSeconds: { type: 'integer' }, sla: { type: 'object', properties: { dueInSeconds: { type: 'integer' }, backup: ref('schemas', 'ApprovalGroup'), widenEligibility: { type: 'boolean' } }, required: ['dueInSeconds'] }, breakGlass: { const: 'never', description: 'No emergency sets it aside' } }, required: ['rule', 'text', 'need'] },
  ApprovalNode: { description: 'All of several, any of several, or so many people of one kind', anyOf: [
    { type: 'object', properties: { all: { type: 'array', items: ref('schemas', 'ApprovalNode') } }, required: ['all'] },
    { type: 'object', properties: { any: { type: 'array', items: ref('schemas', 'ApprovalNode') } }, required: ['any'] },
    { type: 'object', properties: { who: { anyOf: [{ enum: ['scopeApprovers', 'resourceOwner'] }, ref('schemas', 'ApprovalGroup')] }, count: { type: 'integer' }, otherTeam: { type: 'boolean', description: 'At least one of them is in no team of the requester' } }, required: ['who', 'count'] },
  ] },
  ApprovalGroup: { description: 'People by role, by team or by id', anyOf: [
    { type: 'object', properties: { role: { type: 'string' } }, required: ['role'] },
    { type: 'object', properties: { team: { type: 'string' } }, required: ['team'] },
    { type: 'object', properties: { users: { type: 'array', items: { type: 'string' } } }, required: ['users'] },
  ] },
  Accepted: { type: 'object', description: 'A Change carries this out, or waits for approval', properties: { change: { type: 'object', properties: { id: { type: 'string', format: 'uuid' }, number: { type: 'string', examples: ['CHG-1042'] }, state: { type: 'string' }, operation: { type: 'string' } }, required: ['id', 'number', 'state', 'operation'] } }, required: ['change'] },
}; // prettier-ignore
