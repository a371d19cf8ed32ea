import { ProtocolError } from '@modelcontextprotocol/server';
import { asProblem, type Problem } from '#kernel/problem.ts';
import type { Exchange, McpDeps } from './deps.ts';

/** Refusals that concern the caller's standing, not the call: they are told on the protocol's level (codes of ours: -32000 to -32019). */
export const PROTOCOL_CODES: Record<string, number> = {
  unauthenticated: -32001,
  'agent-token-required': -32001,
  'insufficient-token-scope': -32003,
  'rate-limited': -32010,
  'concurrency-limited': -32010,
};
const NOT_FOUND = -32602;
const REFUSED = -32000;

/** Writes down what is our fault, and marks the exchange when the whole request has to be refused. Answers the code for the protocol, if it is one of its own. */
export function noted(
  { log }: Pick<McpDeps, 'log'>,
  exchange: Exchange,
  error: unknown,
  what: string,
): { problem: Problem; code: number | undefined } {
  const problem = asProblem(error);
  const { requestId } = exchange.call;
  if (problem.kind.status >= 500) log.error({ err: problem.cause ?? problem, slug: problem.slug, requestId }, `${what} failed`);
  const code = PROTOCOL_CODES[problem.slug];
  if (code !== undefined) exchange.refused = problem;
  return { problem, code };
}

/** For what has no result in which a refusal could be told: resources, prompts and completion. */
export function protocolError(deps: Pick<McpDeps, 'log'>, exchange: Exchange, error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error;
  const { problem, code } = noted(deps, exchange, error, 'MCP request');
  const usual = problem.kind.status === 404 || problem.kind.status === 422 ? NOT_FOUND : REFUSED;
  return new ProtocolError(code ?? usual, problem.message, problem.toJSON(exchange.call.requestId));
}
