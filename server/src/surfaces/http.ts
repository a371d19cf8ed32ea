import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import type { McpServerFactory } from '@modelcontextprotocol/server';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Gate } from '#kernel/gate.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Registry } from '#kernel/registry.ts';
import { API, sendProblem } from './answer.ts';
import { createWaiter } from './change.ts';
import { addDocs } from './docs.ts';
import { fromFramework, onClientError } from './framework.ts';
import { parseJson } from './json.ts';
import { createAddressLimits, type AddressLimits } from './limits.ts';
import { addManifest } from './manifest.ts';
import { addMcp } from './mcp/http.ts';
import './problems.ts';
import { addProbes, type Probes } from './probes.ts';
import { addRoutes } from './rest.ts';
import { addNotFound, watchRoutes } from './site.ts';
import { createStreams, type Feeds } from './stream.ts';
import { addStreams } from './streams.ts';
import { checkHost, checkOrigin } from './transport.ts';

export interface HttpConfig {
  /** How people reach us, e.g. `https://switchyard.example`; decides cookies, links and which Host is ours. */
  publicUrl: string;
  /** Further host names (no port) that we are reached by. */
  allowedHosts?: readonly string[];
  /** Proxies whose X-Forwarded-For counts: addresses or ranges; none by default. */
  trustedProxies?: readonly string[];
  version: string;
  addressLimits?: AddressLimits;
}

export interface HttpOptions {
  registry: Registry;
  gate: Gate;
  config: HttpConfig;
  log: Logger;
  feeds: Feeds;
  probes: Probes;
  /** Folder of the built web application; without it only the API is served. */
  webRoot?: string;
  /** Another MCP server behind our door: the conformance suite brings fixtures of its own. */
  mcpServer?: McpServerFactory;
  /** Told of each answer, for metrics. `route` is the pattern, never the path. */
  observe?: (answer: { method: string; route: string; status: number; seconds: number }) => void;
}

export interface Http {
  app: FastifyInstance;
  /** Ends streams with a retry hint and refuses new calls; open ones go on. Call `app.close()` after it. */
  drain: () => void;
  /** Open event streams, for metrics. */
  streams: () => number;
}

const REQUEST_ID = /^[\w.:-]{8,128}$/;
const MIB = 1_048_576;

async function withPlugins(app: FastifyInstance, secure: boolean): Promise<void> {
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        // Components measure and place themselves with inline styles; scripts never are inline.
        'style-src': ["'self'", "'unsafe-inline'"],
        'script-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        'worker-src': ["'self'", 'blob:'],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        ...(secure ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** The HTTP server: everything that a browser, a program or an agent reaches. It decides nothing; it reads the registry and asks the Gate. */
export async function createHttp(options: HttpOptions): Promise<Http> {
  const { registry, gate, config, log, feeds } = options;
  const publicUrl = new URL(config.publicUrl);
  const secure = publicUrl.protocol === 'https:';
  const names = [publicUrl.hostname, ...(config.allowedHosts ?? [])];
  let draining = false;

  const app: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MIB,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    trustProxy: config.trustedProxies?.length ? [...config.trustedProxies] : false,
    requestIdHeader: false,
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId();
    },
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => void sendProblem(request, reply, fromFramework(error, request)),
    clientErrorHandler: onClientError,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body: Buffer, done) => {
    try {
      done(null, body.length === 0 ? undefined : parseJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
  await withPlugins(app, secure);
  const allowed = watchRoutes(app);

  app.addHook('onRequest', async (request, reply) => {
    void reply.header('X-Request-Id', request.id);
    if (request.url.startsWith(API) || request.url.startsWith('/mcp')) void reply.header('Cache-Control', 'no-store');
    if (request.routeOptions.config.probe) return;
    if (draining) throw new Problem('shutting-down', 'This process is draining. Try again; another one will answer.', { retryAfterSeconds: 2 });
    checkHost(request.headers.host, { names });
    checkOrigin(request, [publicUrl.host, request.host]);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    options.observe?.({ method: request.method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
    const decisionId = reply.getHeader('x-switchyard-decision');
    if (!request.routeOptions.config.probe)
      request.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), decisionId }, 'request');
  });
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(request, reply, fromFramework(error, request)));

  const guard = createAddressLimits(config.addressLimits);
  const waiter = createWaiter({ registry, gate, feeds });
  const streams = createStreams();
  const base = { registry, gate, guard };
  addProbes(app, options.probes);
  addRoutes(app, { ...base, waiter, secure });
  addManifest(app, { ...base, version: config.version });
  addStreams(app, { ...base, feeds, streams });
  await addDocs(app, { registry, version: config.version });
  const mcp = addMcp(app, {
    ...base,
    waiter,
    version: config.version,
    publicUrl: publicUrl.origin,
    ...(options.mcpServer ? { factory: options.mcpServer } : {}),
  });
  await addNotFound(app, allowed, options.webRoot);
  app.addHook('onClose', () => mcp.close());

  return {
    app,
    drain() {
      draining = true;
      streams.drain();
      mcp.drain();
    },
    streams: streams.count,
  };
}
