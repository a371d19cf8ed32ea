import type { Tool } from '@modelcontextprotocol/server';
import type { AnyOperation } from '#kernel/operation.ts';
import { routeOf, toolName } from '#kernel/registry.ts';
import { schemasOf, type JsonSchema } from '../json-schema.ts';

const REMOVAL = /^(delete|remove|revoke|purge|cancel|reset)/;
const MAX_DESCRIPTION = 1_024;

const leavesChange = (operation: AnyOperation): boolean => operation.risk !== 'read' && operation.change !== 'none';
const verbOf = ({ name }: AnyOperation): string => name.slice(name.lastIndexOf('.') + 1);

/** A high-risk tool only plans unless it is told otherwise: an agent has to say that it means it. */
export const plansByDefault = (operation: AnyOperation): boolean => operation.risk === 'high' && leavesChange(operation);

/** Optional arguments beside the input of everything that changes something. */
function envelopeProperties(operation: AnyOperation): Record<string, JsonSchema> {
  if (operation.risk === 'read') return {};
  const always: Record<string, JsonSchema> = {
    comment: { type: 'string', maxLength: 4_096, description: 'Why; shown to approvers and kept in the audit trail' },
    idempotencyKey: {
      type: 'string',
      maxLength: 255,
      description: 'Send the same key again and the first result is answered, nothing is done twice',
    },
    ifMatch: { type: 'string', maxLength: 128, description: 'Version that you have seen; refused when it is not the current one' },
  };
  if (!leavesChange(operation)) return always;
  return {
    dryRun: { type: 'boolean', default: plansByDefault(operation), description: 'true: answer with the plan and do nothing' },
    ...always,
    ticket: { type: 'string', maxLength: 255, description: 'Ticket that this belongs to' },
    draft: { type: 'boolean', default: false, description: 'Keep the Change as a draft until it is submitted' },
    wait: { type: 'integer', minimum: 0, maximum: 30, default: 0, description: 'Seconds to wait for the Change to be settled' },
  };
}

const EFFECT = {
  read: 'Changes nothing.',
  write: 'Changes state of this tenant.',
  high: 'High risk: may cost an outage, data or money, and usually waits for approval by someone else.',
};

function describe(operation: AnyOperation): string {
  const note = `${EFFECT[operation.risk]}${plansByDefault(operation) ? ' Answers with a plan only, unless dryRun is false.' : ''} Needs ${operation.permission}.`;
  const text = [`${operation.summary}.`, operation.description].filter(Boolean).join('\n\n');
  return `${text.slice(0, MAX_DESCRIPTION - note.length - 2)}\n\n${note}`;
}

/** Clients check `structuredContent` against this, refusals included; so those and the answers of Changes are branches of it. */
function outputSchemaOf(operation: AnyOperation): Tool['outputSchema'] {
  const { $defs, ...output } = schemasOf(operation).output;
  if (operation.download || output.type !== 'object') return undefined;
  const marked = (...states: string[]): JsonSchema => ({ type: 'object', properties: { status: { enum: states } }, required: ['status'] });
  const problem: JsonSchema = {
    type: 'object',
    properties: { type: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } },
    required: ['type', 'status', 'detail'],
  };
  return {
    type: 'object',
    anyOf: [output, ...(leavesChange(operation) ? [marked('planned', 'accepted', 'settled')] : []), problem],
    ...($defs ? { $defs } : {}),
  };
}

function toTool(operation: AnyOperation): Tool {
  const { input } = schemasOf(operation);
  const { method } = routeOf(operation);
  const read = operation.risk === 'read';
  const outputSchema = outputSchemaOf(operation);
  return {
    name: toolName(operation),
    title: operation.summary,
    description: describe(operation),
    inputSchema: { ...input, type: 'object', properties: { ...envelopeProperties(operation), ...input.properties } } as Tool['inputSchema'],
    ...(outputSchema ? { outputSchema } : {}),
    annotations: {
      title: operation.summary,
      readOnlyHint: read,
      destructiveHint: !read && (REMOVAL.test(verbOf(operation)) || (operation.risk === 'high' && verbOf(operation) !== 'create')),
      idempotentHint: read || method === 'PUT' || method === 'PATCH' || method === 'DELETE',
      openWorldHint: operation.runs === 'job',
    },
  };
}

const known = new WeakMap<AnyOperation, Tool>();

/** An operation as a tool; built once, since agents list tools at every start. */
export function toolOf(operation: AnyOperation): Tool {
  const found = known.get(operation);
  if (found) return found;
  const tool = toTool(operation);
  known.set(operation, tool);
  return tool;
}

export const isTool = (operation: AnyOperation): boolean => !operation.hiddenFrom?.includes('mcp');
