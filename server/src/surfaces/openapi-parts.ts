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
  Tenant: header('X-Switchyard-Tenant', 'Slug of the tenant to work in, when the credential is good for several'),
};

/** Statuses that any call may answer with, and those of calls that change something. */
export const REFUSALS = ['400', '401', '403', '404', '422', '429', '503'];
export const CHANGE_REFUSALS = ['409', '412'];

/** Schemas that belong to no operation. */
export const COMPONENTS: Record<string, JsonSchema> = {
  Problem: PROBLEM,
  Plan: tidy(z.toJSONSchema(Plan, { io: 'output', unrepresentable: 'any' })) as JsonSchema,
  Planned: { type: 'object', description: 'Answer to a dry run: nothing was changed', properties: { plan: ref('schemas', 'Plan'), risk: { enum: ['read', 'write', 'high'] }, planHash: { type: 'string' }, requirements: { type: 'array', items: { type: 'object', properties: { rule: { type: 'string' }, text: { type: 'string' }, count: { type: 'integer' } }, required: ['rule', 'text', 'count'] } } }, required: ['plan', 'risk', 'planHash', 'requirements'] },
  Accepted: { type: 'object', description: 'A Change carries this out, or waits for approval', properties: { change: { type: 'object', properties: { id: { type: 'string', format: 'uuid' }, number: { type: 'string', examples: ['CHG-1042'] }, state: { type: 'string' }, operation: { type: 'string' } }, required: ['id', 'number', 'state', 'operation'] } }, required: ['change'] },
}; // prettier-ignore
