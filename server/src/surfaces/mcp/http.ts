import { toWebRequest, type NodeIncomingMessageLike } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  isLegacyRequest,
  ProtocolError,
  type AuthInfo,
  type McpServerFactory,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asProblem, Problem } from '#kernel/problem.ts';
import { rateHeaders } from '../answer.ts';
import { callOf } from '../call.ts';
import { fromFramework } from '../framework.ts';
import type { AddressGuard } from '../limits.ts';
import { challenge } from '../oauth-metadata.ts';
import { watchful, type Doubts, type Feeds } from '../stream.ts';
import { checkAgentOrigin } from '../transport.ts';
import type { Exchange, McpDeps, Naming } from './deps.ts';
import { listening } from './listening.ts';
import { PROTOCOL_CODES } from './refusals.ts';
import { relay } from './relay.ts';
import { createResources } from './resources.ts';
import { productServer } from './server.ts';
import { createSessions } from './sessions.ts';
import { createWatches } from './watches.ts';

export interface McpOptions extends Omit<McpDeps, 'exchangeOf' | 'log'> {
  guard: AddressGuard;
  feeds: Feeds;
  /** Told when sessions, keys, agents or rights change anywhere. */
  doubts: Doubts;
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

const tenantIn = (request: FastifyRequest): string | undefined => (request.params as { tenant?: string }).tenant;
const namingOf = (request: FastifyRequest): Naming => ((request.query as Record<string, unknown>)['names'] === 'dots' ? 'dots' : 'underscore');

/** What a client without a good token, or with one for less, is told on the level of HTTP (RFC 6750, RFC 9728). */
function challengeFor(request: FastifyRequest, { slug, kind, extras }: Problem, publicUrl: string): string | undefined {
  const tenant = tenantIn(request);
  if (kind.status === 401) return challenge(publicUrl, tenant, request.headers.authorization === undefined ? {} : { error: 'invalid_token' });
  if (slug !== 'insufficient-token-scope') return undefined;
  const scopes = extras['scopes'] as string[] | undefined;
  return scopes ? challenge(publicUrl, tenant, { error: 'insufficient_scope', scopes }) : 'Bearer realm="switchyard", error="insufficient_scope"';
}

/** A refusal of the whole request: HTTP status for the transport, JSON-RPC error for the client, the problem for the model. */
const refusing =
  (publicUrl: string) =>
  (request: FastifyRequest, reply: FastifyReply, error: unknown, id: unknown = null): FastifyReply => {
    const problem = asProblem(error);
    const { status } = problem.kind;
    if (status >= 500) request.log.error({ requestId: request.id, err: problem.cause ?? problem, slug: problem.slug }, 'MCP request failed');
    const asked = challengeFor(request, problem, publicUrl);
    if (asked !== undefined) void reply.header('WWW-Authenticate', asked);
    if (problem.extras.retryAfterSeconds !== undefined) void reply.header('Retry-After', Math.max(1, Math.ceil(problem.extras.retryAfterSeconds)));
    rateHeaders(reply, (problem as { rate?: never }).rate);
    return reply.code(status).type('application/json').send({ jsonrpc: '2.0', id, error: { code: CODES[problem.slug] ?? -32000, message: problem.message, data: problem.toJSON(request.id) } }); // prettier-ignore
  };

/** MCP over Streamable HTTP at `/mcp` and `/mcp/{tenant}`: revision 2026-07-28 without sessions, the 2025 ones with. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function addMcp(
  app: FastifyInstance,
  { guard, feeds, doubts, factory, ...options }: McpOptions,
): { drain: () => void; close: () => Promise<void> } {
  const { gate, publicUrl } = options;
  const deps: McpDeps = { ...options, exchangeOf, log: app.log };
  const sendRefusal = refusing(publicUrl);
  const watches = createWatches(feeds);
  const serverFor = factory ?? productServer(deps, watches);
  const modern = createMcpHandler(serverFor, {
    legacy: 'reject',
    maxRequestBodySize: MAX_BODY,
    onerror: (error) => app.log.debug({ err: error }, 'MCP'),
  });
  const listen = listening({ resources: createResources(deps), watches, notify: (uri) => modern.notify.resourceUpdated(uri) });
  const sessions = createSessions(serverFor);
  const own = new URL(publicUrl).host;

  async function authenticated(request: FastifyRequest): Promise<AuthInfo & { extra: { exchange: Exchange } }> {
    const tenant = tenantIn(request);
    const endpoint = `${publicUrl}/mcp${tenant === undefined ? '' : `/${tenant}`}`;
    const call = { ...callOf(request, {}, 'mcp'), ...(tenant === undefined ? {} : { tenant }), endpoint };
    // A cookie would let any page that a person visits speak for them here.
    if (call.credentials?.kind !== 'bearer') {
      await guard.count('unauthenticated', request.ip);
      throw new Problem('unauthenticated', 'Connect the agent (its client opens a browser), or send an API key or session token as a bearer token.');
    }
    const actor = await guard.knowing(call, () => gate.actor(call));
    const owner = `${actor.tenantId}/${actor.id}/${actor.credentialId ?? ''}`;
    return { token: call.credentials.token, clientId: owner, scopes: [], extra: { exchange: { call, naming: namingOf(request) } } };
  }

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> {
    checkAgentOrigin(request, [own, request.host]);
    const authInfo = await authenticated(request);
    const gone = new AbortController();
    const { exchange } = authInfo.extra;
    const body = request.body ?? undefined;
    const streams = request.method === 'GET' || (factory === undefined && listen.isListening(body));
    // A stream outlives the look at its credential, so it ends when that is over.
    const stopLooking = streams
      ? watchful(
          () => gate.actor(exchange.call),
          doubts,
          () => reply.raw.destroy(),
        )
      : () => undefined;
    reply.raw.once('close', () => {
      stopLooking();
      gone.abort();
    });
    if (streams && request.method === 'POST') await listen.begin(body, { exchange, owner: authInfo.clientId }, gone.signal);
    const web = await toWebRequest(request.raw as NodeIncomingMessageLike, body, { signal: gone.signal, maxRequestBodySize: MAX_BODY });
    const legacy = await isLegacyRequest(web, body);
    const response = legacy ? await sessions.serve(web, body, authInfo) : await modern.fetch(web, { authInfo, parsedBody: body });
    return relay({ request, reply, response, refusal: () => exchange.refused, refuse: (problem, id) => sendRefusal(request, reply, problem, id) });
  }

  for (const url of ['/mcp', '/mcp/:tenant']) {
    app.route({
      method: ['GET', 'POST', 'DELETE'],
      url,
      bodyLimit: MAX_BODY,
      exposeHeadRoute: false,
      errorHandler: (error, request, reply) => {
        const inBand = (error as unknown) instanceof ProtocolError ? (error as unknown as ProtocolError) : undefined;
        const id = (request.body as { id?: unknown } | null | undefined)?.id ?? null;
        if (inBand)
          void reply.type('application/json').send({ jsonrpc: '2.0', id, error: { code: inBand.code, message: inBand.message, data: inBand.data } }); // prettier-ignore
        else sendRefusal(request, reply, fromFramework(error, request));
      },
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
