import { toWebRequest, type NodeIncomingMessageLike } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest, type AuthInfo, type McpServerFactory, type ServerContext } from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Gate } from '#kernel/gate.ts';
import { asProblem, Problem } from '#kernel/problem.ts';
import type { Registry } from '#kernel/registry.ts';
import { rateHeaders } from '../answer.ts';
import { callOf } from '../call.ts';
import { fromFramework } from '../framework.ts';
import type { Waiter } from '../change.ts';
import type { AddressGuard } from '../limits.ts';
import { checkAgentOrigin } from '../transport.ts';
import { relay } from './relay.ts';
import { productServer, PROTOCOL_CODES, type Exchange } from './server.ts';
import { createSessions } from './sessions.ts';

export interface McpOptions {
  registry: Registry;
  gate: Gate;
  guard: AddressGuard;
  waiter: Waiter;
  version: string;
  publicUrl: string;
  /** Another server behind the same transport: the conformance suite's fixtures. */
  factory?: McpServerFactory;
}

const MAX_BODY = 4_194_304;
const CODES: Record<string, number> = {
  ...PROTOCOL_CODES,
  'malformed-request': -32700,
  'body-too-large': -32600,
  'unsupported-media-type': -32600,
  internal: -32603,
};

const exchangeOf = (ctx: ServerContext): Exchange => ctx.http!.authInfo!.extra!['exchange'] as Exchange;

/** A refusal of the whole request: HTTP status for the transport, JSON-RPC error for the client, the problem for the model. */
function sendRefusal(request: FastifyRequest, reply: FastifyReply, error: unknown, id: unknown = null): FastifyReply {
  const problem = asProblem(error);
  const { status } = problem.kind;
  if (status >= 500) request.log.error({ reqId: request.id, err: problem.cause ?? problem, slug: problem.slug }, 'MCP request failed');
  if (status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="switchyard"');
  if (problem.slug === 'insufficient-token-scope') void reply.header('WWW-Authenticate', 'Bearer realm="switchyard", error="insufficient_scope"');
  if (problem.extras.retryAfterSeconds !== undefined) void reply.header('Retry-After', Math.max(1, Math.ceil(problem.extras.retryAfterSeconds)));
  rateHeaders(reply, (problem as { rate?: never }).rate);
  return reply.code(status).type('application/json').send({ jsonrpc: '2.0', id, error: { code: CODES[problem.slug] ?? -32000, message: problem.message, data: problem.toJSON(request.id) } }); // prettier-ignore
}

/** MCP over Streamable HTTP at `/mcp` and `/mcp/{tenant}`: revision 2026-07-28 without sessions, the 2025 ones with. */
export function addMcp(
  app: FastifyInstance,
  { registry, gate, guard, waiter, version, publicUrl, factory }: McpOptions,
): { drain: () => void; close: () => Promise<void> } {
  const serverFor = factory ?? productServer({ registry, gate, waiter, version, publicUrl, exchangeOf, log: app.log });
  const modern = createMcpHandler(serverFor, {
    legacy: 'reject',
    maxRequestBodySize: MAX_BODY,
    onerror: (error) => app.log.debug({ err: error }, 'MCP'),
  });
  const sessions = createSessions(serverFor);
  const own = new URL(publicUrl).host;

  async function authenticated(request: FastifyRequest): Promise<AuthInfo & { extra: { exchange: Exchange } }> {
    const { tenant } = request.params as { tenant?: string };
    const call = { ...callOf(request, {}, 'mcp'), ...(tenant === undefined ? {} : { tenant }) };
    // A cookie would let any page that a person visits speak for them here.
    if (call.credentials?.kind !== 'bearer') {
      await guard.count('unauthenticated', request.ip);
      throw new Problem('unauthenticated', 'Send an API key or session token as a bearer token in the Authorization header.');
    }
    const actor = await guard.knowing(call, () => gate.actor(call));
    const owner = `${actor.tenantId}/${actor.id}/${actor.credentialId ?? ''}`;
    return { token: call.credentials.token, clientId: owner, scopes: [], extra: { exchange: { call } } };
  }

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> {
    checkAgentOrigin(request, [own, request.host]);
    const authInfo = await authenticated(request);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const body = request.body ?? undefined;
    const web = await toWebRequest(request.raw as NodeIncomingMessageLike, body, { signal: gone.signal, maxRequestBodySize: MAX_BODY });
    const legacy = await isLegacyRequest(web, body);
    const response = legacy ? await sessions.serve(web, body, authInfo) : await modern.fetch(web, { authInfo, parsedBody: body });
    const { exchange } = authInfo.extra;
    return relay({ request, reply, response, refusal: () => exchange.refused, refuse: (problem, id) => sendRefusal(request, reply, problem, id) });
  }

  for (const url of ['/mcp', '/mcp/:tenant']) {
    app.route({
      method: ['GET', 'POST', 'DELETE'],
      url,
      bodyLimit: MAX_BODY,
      exposeHeadRoute: false,
      errorHandler: (error, request, reply) => void sendRefusal(request, reply, fromFramework(error, request)),
      handler: handle,
    });
  }
  return {
    drain: () => void modern.close(),
    close: async () => {
      await Promise.all([modern.close(), sessions.close()]);
    },
  };
}
