import {
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type CallToolResult,
  type McpRequestContext,
  type ServerContext,
  type Tool,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Call, Gate } from '#kernel/gate.ts';
import type { AnyOperation, Envelope } from '#kernel/operation.ts';
import { asProblem, Problem, type FieldError } from '#kernel/problem.ts';
import { toolName, type Registry } from '#kernel/registry.ts';
import { isTerminal, type Waiter } from '../change.ts';
import { defectOf } from '../json.ts';
import { passedResult, problemResult, settled } from './results.ts';
import { isTool, plansByDefault, toolOf } from './tools.ts';

/** One request of an agent: who calls, and what became of it when the answer is not a tool result. */
export interface Exchange {
  call: Call;
  /** Set when the transport has to refuse the whole request (401, 403, 429). */
  refused?: Problem;
}

export interface McpDeps {
  registry: Registry;
  gate: Gate;
  waiter: Waiter;
  version: string;
  publicUrl: string;
  log: { error: (fields: object, message: string) => void };
  /** The exchange that a request belongs to. */
  exchangeOf: (ctx: ServerContext) => Exchange;
}

/** Refusals that concern the caller's standing, not the call: they are told on the protocol's level (codes of ours: -32000 to -32019). */
export const PROTOCOL_CODES: Record<string, number> = { unauthenticated: -32001, 'insufficient-token-scope': -32003, 'rate-limited': -32010 };

const INSTRUCTIONS = `Switchyard governs changes to infrastructure. Tools are operations; those you may not call are not listed.
A call that changes something leaves a Change (CHG-…). Read its plan first: dryRun true answers with the plan and does nothing; tools of high risk do so by default and act only with dryRun false.
status "planned": nothing was done. status "accepted": the Change waits for approval or for its job; follow it with changes_get. An approval is always given by someone else.
Errors carry a problem with slug, detail and fields: correct the input, or tell the person what is missing.`;

const Arguments = z.object({
  dryRun: z.boolean().optional(),
  draft: z.boolean().optional(),
  comment: z.string().max(4_096).optional(),
  ticket: z.string().max(255).optional(),
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters').optional(),
  ifMatch: z.string().max(128).optional(),
  wait: z.int().min(0).max(30).optional(),
}); // prettier-ignore

interface Read {
  input: Record<string, unknown>;
  envelope: Envelope;
  wait: number;
}

/** Parts the arguments into the operation's own and those that accompany it. */
function readArguments(operation: AnyOperation, given: Record<string, unknown>): Read {
  const defect = defectOf(given);
  if (defect) throw new Problem('malformed-request', `The arguments cannot be used: ${defect}.`);
  if (operation.risk === 'read') return { input: given, envelope: {}, wait: 0 };
  const names = Object.keys(toolOf(operation).inputSchema.properties ?? {}).filter(
    (name) => name in Arguments.shape && !(name in operation.input.shape),
  );
  const parsed = Arguments.safeParse(Object.fromEntries(names.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]])));
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue): FieldError => ({ pointer: `/${issue.path.join('/')}`, message: issue.message }));
    throw new Problem('validation-failed', `${operation.name}: ${errors[0]!.pointer}: ${errors[0]!.message}.`, { errors });
  }
  const { wait = 0, ...envelope } = parsed.data;
  const input = Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
  return { input, wait, envelope: { ...envelope, dryRun: envelope.dryRun ?? (plansByDefault(operation) && !envelope.draft) } };
}

/** The tool surface: what one agent may call, and its calls. Holds no state, so one set of handlers serves any server instance. */
export function createTools(deps: McpDeps) {
  const { registry, gate, waiter, publicUrl } = deps;
  const byTool = new Map([...registry.operations.values()].filter(isTool).map((operation) => [toolName(operation), operation]));

  async function list(ctx: ServerContext): Promise<{ tools: Tool[] }> {
    const offered = await gate.offered(await gate.actor(deps.exchangeOf(ctx).call));
    return { tools: offered.filter(isTool).map(toolOf).sort((a, b) => (a.name < b.name ? -1 : 1)) }; // prettier-ignore
  }

  async function carryOut(operation: AnyOperation, given: Record<string, unknown>, caller: Call, signal: AbortSignal): Promise<CallToolResult> {
    const { input, envelope, wait } = readArguments(operation, given);
    const as = { ...caller, envelope };
    const passed = await gate.pass(operation, input, as);
    if (passed.status === 'accepted' && wait > 0) {
      const change = await waiter(as, { changeId: passed.change.id, seconds: wait, signal });
      if (change && isTerminal(change)) return settled(change);
    }
    return passedResult(operation, passed, publicUrl);
  }

  async function call(
    { name, arguments: given = {} }: { name: string; arguments?: Record<string, unknown> | undefined },
    ctx: ServerContext,
  ): Promise<CallToolResult> {
    const operation = byTool.get(name);
    if (!operation) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${name.slice(0, 100)}`);
    const exchange = deps.exchangeOf(ctx);
    try {
      return await carryOut(operation, given, exchange.call, ctx.mcpReq.signal);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.kind.status >= 500)
        deps.log.error({ err: problem.cause ?? problem, slug: problem.slug, reqId: exchange.call.requestId }, 'tool call failed');
      const code = PROTOCOL_CODES[problem.slug];
      if (code === undefined) return problemResult(problem, exchange.call.requestId);
      exchange.refused = problem;
      throw new ProtocolError(code, problem.message, problem.toJSON(exchange.call.requestId));
    }
  }

  return { list, call };
}

/** A server for one request (2026-07-28) or one session (2025). */
export function productServer(deps: McpDeps): (ctx: McpRequestContext) => McpServer {
  const tools = createTools(deps);
  return () => {
    const mcp = new McpServer(
      { name: 'switchyard', title: 'Switchyard', version: deps.version },
      { capabilities: { tools: {} }, instructions: INSTRUCTIONS, cacheHints: { 'tools/list': { ttlMs: 300_000, cacheScope: 'private' } } },
    );
    mcp.server.setRequestHandler('tools/list', (_request, ctx) => tools.list(ctx));
    mcp.server.setRequestHandler('tools/call', ({ params }, ctx) => tools.call(params, ctx));
    return mcp;
  };
}
