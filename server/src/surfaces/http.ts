import { randomBytes } from 'node:crypto';
import type { McpServerFactory } from '@modelcontextprotocol/server';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Gate } from '#kernel/gate.ts';
import type { Hooks } from '#kernel/hooks.ts';
import type { Registry } from '#kernel/registry.ts';
import { createWaiter } from './change.ts';
import { requireDeclared } from './declared.ts';
import { addDocs } from './docs.ts';
import type { ExecutionFeeds } from './execution-feed.ts';
import { addExecutionStreams } from './execution-streams.ts';
import { addHooks } from './hooks.ts';
import { createAddressLimits, scaledAddressLimits, type AddressLimits } from './limits.ts';
import { addManifest } from './manifest.ts';
import type { McpDeps } from './mcp/deps.ts';
import { addMcp } from './mcp/http.ts';
import { USUAL_RULES } from './mcp/rules.ts';
import { addOAuth } from './oauth.ts';
import './problems.ts';
import { addProbes, type Probes } from './probes.ts';
import { addRoutes } from './rest.ts';
import { createServer, type ServerOptions } from './server.ts';
import { addNotFound, watchRoutes } from './site.ts';
import { createStreams, type Doubts, type Feeds } from './stream.ts';
import { addStreams } from './streams.ts';

export interface HttpConfig {
  /** How people reach us, e.g. `https://switchyard.example`; decides cookies, links and which Host is ours. */
  publicUrl: string;
  /** Further host names (no port) that we are reached by. */
  allowedHosts?: readonly string[];
  /** Proxies whose X-Forwarded-For counts: addresses or ranges; none by default. */
  trustedProxies?: readonly string[];
  version: string;
  addressLimits?: AddressLimits;
  /** Agents may register themselves (RFC 7591). */
  agentRegistration?: boolean;
  /** Multiplies the usual limits by address. */
  rateLimitFactor?: number;
}

export interface HttpOptions {
  registry: Registry;
  gate: Gate;
  config: HttpConfig;
  log: Logger;
  feeds: Feeds;
  /** What executions of workflows say; without it there are no streams of them. */
  executions?: ExecutionFeeds;
  probes: Probes;
  /** Folder of the built web application; without it only the API is served. */
  webRoot?: string;
  /** Another MCP server behind our door: the conformance suite brings fixtures of its own. */
  mcpServer?: McpServerFactory;
  /** Told when sessions, keys or rights change anywhere, so that open streams end with what allowed them. */
  doubts?: Doubts;
  /** What a tenant asks of agents. */
  agentRules?: McpDeps['rulesFor'];
  /** Seals what agents carry between two rounds of one call; 32 bytes, the same in all processes. */
  agentStateKey?: Uint8Array;
  /** Public documents below `/.well-known/`, such as the keys that sign access tokens. */
  wellKnown?: Record<string, () => Promise<unknown>>;
  /** Tenant that is reached by a host name of its own (subdomain or custom domain), by id. */
  tenantOf?: (host: string) => Promise<string | undefined>;
  /** What listens at `/hooks/…`; without it there is nothing. */
  hooks?: Hooks;
  /** Told of each answer, for metrics. `route` is the pattern, never the path. */
  observe?: ServerOptions['observe'];
}

export interface Http {
  app: FastifyInstance;
  /** Ends streams with a retry hint and refuses new calls; open ones go on. Call `app.close()` after it. */
  drain: () => void;
  /** Open event streams, for metrics. */
  streams: () => number;
  /** Of these, the ones that follow an execution over a socket. */
  followers: () => number;
}

/** What MCP needs besides the rest, with what is usual where nothing is said. */
const forAgents = ({ doubts, agentRules, agentStateKey, mcpServer }: HttpOptions) => ({
  doubts: doubts ?? (() => () => undefined),
  rulesFor: agentRules ?? (async () => USUAL_RULES),
  stateKey: agentStateKey ?? randomBytes(32),
  ...(mcpServer ? { factory: mcpServer } : {}),
});

/** The HTTP server: everything that a browser, a program or an agent reaches. It decides nothing; it reads the registry and asks the Gate. */
export async function createHttp(options: HttpOptions): Promise<Http> {
  const { registry, gate, config, log, feeds } = options;
  const publicUrl = new URL(config.publicUrl);
  let draining = false;
  const app = await createServer({
    log,
    publicUrl,
    allowedHosts: config.allowedHosts ?? [],
    tenantOf: options.tenantOf ?? (async () => undefined),
    trustedProxies: config.trustedProxies ?? [],
    draining: () => draining,
    observe: options.observe,
  });
  const allowed = watchRoutes(app);
  requireDeclared(app, registry);
  const waiter = createWaiter({ registry, gate, feeds });
  const streams = createStreams(options.doubts);
  const base = {
    registry,
    gate,
    guard: createAddressLimits(config.addressLimits ?? scaledAddressLimits(config.rateLimitFactor ?? 1)),
    version: config.version,
  };

  addProbes(app, options.probes);
  addRoutes(app, { ...base, waiter });
  for (const [path, answer] of Object.entries(options.wellKnown ?? {})) app.get(`/.well-known/${path}`, answer);
  if (options.hooks && registry.modules.some(({ name }) => name === 'workflows')) await addHooks(app, { hooks: options.hooks, guard: base.guard });
  addManifest(app, base);
  addStreams(app, { ...base, feeds, streams });
  const forMcp = forAgents(options);
  const sockets = await addExecutionStreams(app, options.executions, { ...base, streams, doubts: forMcp.doubts, publicHost: publicUrl.host });
  await addDocs(app, base);
  addOAuth(app, { ...base, publicUrl: publicUrl.origin, registration: config.agentRegistration ?? false });
  const mcp = addMcp(app, { ...base, ...forMcp, waiter, feeds, publicUrl: publicUrl.origin });
  await addNotFound(app, allowed, options.webRoot);
  app.addHook('onClose', () => mcp.close());

  return {
    app,
    drain() {
      draining = true;
      streams.drain();
      sockets.drain();
      mcp.drain();
    },
    streams: () => streams.count() + sockets.count(),
    followers: sockets.count,
  };
}
