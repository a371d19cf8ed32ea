import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import type { Call, Gate } from '#kernel/gate.ts';
import type { Problem } from '#kernel/problem.ts';
import type { Registry } from '#kernel/registry.ts';
import type { Waiter } from '../change.ts';
import type { AgentRules } from './rules.ts';

/** How tools are called: `servers_list` (the usual), or `servers.list` as the operation is. */
export type Naming = 'underscore' | 'dots';

/** One request of an agent: who calls, and what became of it when the answer is not a tool result. */
export interface Exchange {
  call: Call;
  naming: Naming;
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
  /** What the tenant asks of agents. */
  rulesFor: (tenantId: string) => Promise<AgentRules>;
  /** Seals what a client carries between two rounds of one call; the same in all processes. 32 bytes or more. */
  stateKey: Uint8Array;
}

export type Instance = McpServer;
export type Ctx = ServerContext;
