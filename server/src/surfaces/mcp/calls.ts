import { isDecision, isTool } from '#kernel/agent-tools.ts';
import { ProtocolError, ProtocolErrorCode, type CallToolResult, type InputRequiredResult, type Tool } from '@modelcontextprotocol/server';
import type { Actor } from '#kernel/context.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { requireProof } from '#kernel/proof.ts';
import { publishedName } from '#kernel/published.ts';
import { toolName } from '#kernel/registry.ts';
import { isTerminal } from '../change.ts';
import { readArguments } from './arguments.ts';
import type { Asking } from './asking.ts';
import type { Ctx, Exchange, Instance, McpDeps, Naming } from './deps.ts';
import { noted, protocolError } from './refusals.ts';
import { passedResult, problemResult, settled } from './results.ts';
import { isListed, isOpenTo } from './rules.ts';
import { toolOf } from './tools.ts';

type Given = Record<string, unknown>;
/** A decision over MCP is as good as one in the browser only if it is as sure who gives it. */
const DECISION_PROOF_SECONDS = 300;

/** The tool under the name that the client asked to have tools under. */
const named = (operation: AnyOperation, naming: Naming): Tool =>
  naming === 'dots' ? { ...toolOf(operation), name: operation.name } : toolOf(operation);

/** What is listed for one agent, by name. */
async function toolsFor({ gate, rulesFor }: McpDeps, { call, naming }: Exchange): Promise<{ tools: Tool[] }> {
  const actor = await gate.actor(call);
  const rules = await rulesFor(actor.tenantId);
  const offered = (await gate.offered(actor)).filter((operation) => isTool(operation) && isOpenTo(operation, actor, rules) && isListed(operation, rules)); // prettier-ignore
  return { tools: offered.map((operation) => named(operation, naming)).sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** The tool surface: what one agent may call, and its calls. Holds no state, so one set of handlers serves any server instance. */
export function createTools(deps: McpDeps, asking: Asking) {
  const { registry, gate, waiter, publicUrl } = deps;
  const byTool = new Map([...registry.operations.values()].filter(isTool).flatMap((operation) => [[toolName(operation), operation] as const, [operation.name as string, operation] as const])); // prettier-ignore

  async function list(ctx: Ctx): Promise<{ tools: Tool[] }> {
    const exchange = deps.exchangeOf(ctx);
    return toolsFor(deps, exchange).catch((error: unknown) => {
      throw protocolError(deps, exchange, error);
    });
  }

  async function carryOut(operation: AnyOperation, given: Given, { call }: Exchange, signal: AbortSignal): Promise<CallToolResult> {
    const { input, envelope, wait } = readArguments(operation, given);
    const as = { ...call, envelope };
    const passed = await gate.pass(operation, input, as);
    if (passed.status !== 'accepted') return passedResult(operation, { passed, given, publicUrl });
    const change = await waiter(as, { changeId: passed.change.id, seconds: wait, signal }).catch(() => undefined);
    return change && wait > 0 && isTerminal(change) ? settled(change) : passedResult(operation, { passed, given, publicUrl, change });
  }

  /** The operation behind the name, if it exists for this caller. */
  async function operationFor(name: string, { call }: Exchange): Promise<{ operation: AnyOperation; actor: () => Promise<Actor> }> {
    const unknown = (): ProtocolError => new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${name.slice(0, 100)}`);
    const actor = (): Promise<Actor> => gate.actor(call);
    const published = publishedName(name);
    const operation = published === undefined ? byTool.get(name) : await gate.published((await actor()).tenantId, published);
    if (!operation) throw unknown();
    if (isDecision(operation)) {
      const who = await actor();
      if (!isOpenTo(operation, who, await deps.rulesFor(who.tenantId))) throw unknown();
      requireProof(who, DECISION_PROOF_SECONDS, operation.name, new Date());
    }
    return { operation, actor };
  }

  async function answer(
    mcp: Instance,
    { name, arguments: given = {} }: { name: string; arguments?: Given | undefined },
    ctx: Ctx,
  ): Promise<CallToolResult | InputRequiredResult> {
    const exchange = deps.exchangeOf(ctx);
    try {
      const { operation, actor } = await operationFor(name, exchange);
      const answered = asking.answered(operation, given, ctx);
      try {
        return await carryOut(operation, answered, exchange, ctx.mcpReq.signal);
      } catch (error) {
        const { problem } = noted(deps, exchange, error, 'tool call');
        if (exchange.refused) throw error;
        const about = { operation, given, actor: await actor(), capabilities: mcp.server.getClientCapabilities() };
        return (await asking.question(problem, about, ctx)) ?? problemResult(problem, exchange.call.requestId);
      }
    } catch (error) {
      if (error instanceof ProtocolError) throw error;
      const { problem, code } = noted(deps, exchange, error, 'tool call');
      if (code === undefined) return problemResult(problem, exchange.call.requestId);
      throw new ProtocolError(code, problem.message, problem.toJSON(exchange.call.requestId));
    }
  }

  return { list, call: answer };
}
