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

/** Optional arguments beside the input of everything that changes something. Agents read these fifty times over, so they are short. */
function envelopeProperties(operation: AnyOperation): Record<string, JsonSchema> {
  if (operation.risk === 'read') return {};
  const always: Record<string, JsonSchema> = {
    comment: { type: 'string', maxLength: 4_096, description: 'Why, for approvers and the audit trail' },
    idempotencyKey: { type: 'string', maxLength: 255, description: 'Repeats with the same key are done once' },
    ifMatch: { type: 'string', maxLength: 128, description: 'Only if this is still the version' },
  };
  const trying = { dryRun: { type: 'boolean', default: plansByDefault(operation), description: 'Only plan' } };
  if (!leavesChange(operation)) return operation.handlesDryRun ? { ...trying, ...always } : always;
  return {
    ...trying,
    ...always,
    ticket: { type: 'string', maxLength: 255 },
    draft: { type: 'boolean', default: false, description: 'Keep as a draft until submitted' },
    emergency: { type: 'boolean', default: false, description: 'Break glass: no approval, reviewed afterwards' },
    wait: { type: 'integer', minimum: 0, maximum: 30, default: 0, description: 'Seconds to wait for the end' },
  };
}

/** What forms read and agents do not: a title beside a description says nothing more. */
function lean(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(lean);
  if (node === null || typeof node !== 'object') return node;
  const spoken = typeof (node as JsonSchema).description === 'string';
  const kept = Object.entries(node).filter(
    ([key, value]) => typeof value !== 'string' || !(key === 'help' || key === 'widget' || (key === 'title' && spoken)),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, lean(value)]));
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

/**
 * What a read answers. Clients check `structuredContent` against it, refusals included, so those are a branch of it. What a write
 * answers is told by its `status`; fifty more schemas would only fill an agent's context.
 */
function outputSchemaOf(operation: AnyOperation): Tool['outputSchema'] {
  const { $defs, ...output } = schemasOf(operation).output;
  if (operation.risk !== 'read' || operation.download || output.type !== 'object') return undefined;
  const problem = {
    type: 'object',
    properties: { type: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } },
    required: ['type', 'status', 'detail'],
  };
  return { type: 'object', anyOf: [lean(output), problem], ...($defs ? { $defs: lean($defs) } : {}) };
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
    inputSchema: lean({ ...input, type: 'object', properties: { ...envelopeProperties(operation), ...input.properties } }) as Tool['inputSchema'],
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
