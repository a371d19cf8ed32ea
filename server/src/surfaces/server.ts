import cookie from '@fastify/cookie';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { API, sendProblem } from './answer.ts';
import { addBodies } from './bodies.ts';
import { fromFramework, MIB, onClientError } from './framework.ts';
import { securityHeaders } from './security-headers.ts';
import { checkOrigin, hostName, isOwnHost, tenantOfHost } from './transport.ts';

export interface ServerOptions {
  log: Logger;
  publicUrl: URL;
  /** Host names (no port) that we are reached by besides that of the public URL. */
  allowedHosts: readonly string[];
  /** Tenant with a host name of its own, by id. */
  tenantOf: (host: string) => Promise<string | undefined>;
  trustedProxies: readonly string[];
  draining: () => boolean;
  observe: ((answer: { method: string; route: string; status: number; seconds: number }) => void) | undefined;
}

const REQUEST_ID = /^[\w.:-]{8,128}$/;

/** Step 0 of the Gate, before any route: who may knock at all. */
async function addTransportChecks(app: FastifyInstance, { publicUrl, allowedHosts, draining, tenantOf }: ServerOptions): Promise<void> {
  const names = [publicUrl.hostname, ...allowedHosts];
  const { forPages, forPrograms } = await securityHeaders(publicUrl.protocol === 'https:');
  const check = (request: FastifyRequest, reply: FastifyReply): void => {
    const program = request.url.startsWith(API) || request.url.startsWith('/mcp');
    void reply.headers(program ? forPrograms : forPages).header('x-request-id', request.id);
    if (request.routeOptions.config.probe) return;
    if (draining()) throw new Problem('shutting-down', 'This process is draining. Try again; another one will answer.', { retryAfterSeconds: 2 });
    checkOrigin(request, [publicUrl.host, request.host]);
  };
  app.addHook('onRequest', (request, reply, done) => {
    try {
      check(request, reply);
    } catch (error) {
      return done(error as Error);
    }
    const host = hostName(request.headers.host);
    if (request.routeOptions.config.probe || isOwnHost(host, names)) return done();
    // The hook waits only for the few hosts that are not ours by name.
    tenantOfHost(host, tenantOf)
      .then((tenant) => void (request.hostTenant = tenant))
      .then(() => done(), done); // oxlint-disable-line promise/no-callback-in-promise -- Fastify's hooks are callbacks
  });
}

function addRequestLog(app: FastifyInstance, { observe }: ServerOptions): void {
  app.addHook('onResponse', (request, reply, done) => {
    done();
    // The route's pattern, never the address: ids and searches stay out of logs and metrics.
    const route = request.routeOptions.url ?? 'unmatched';
    const { statusCode: status, elapsedTime } = reply;
    observe?.({ method: request.method, route, status, seconds: elapsedTime / 1000 });
    if (request.routeOptions.config.probe) return;
    const decisionId = reply.getHeader('x-switchyard-decision');
    request.log.info({ requestId: request.id, method: request.method, route, status, ms: Math.round(elapsedTime), decisionId }, 'request');
  });
}

/** Fastify with our JSON, our problems, our headers and the checks that come before every route; no route yet. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = options.log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger for each request costs more than its one line; the lines name the request themselves.
    childLoggerFactory: (logger) => logger,
    bodyLimit: MIB,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    requestIdHeader: false,
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId();
    },
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => void sendProblem(request, reply, fromFramework(error, request)),
    clientErrorHandler: onClientError,
  });
  app.decorate('secure', options.publicUrl.protocol === 'https:');
  app.decorateRequest('hostTenant', undefined);
  await addBodies(app);
  await app.register(cookie);
  await addTransportChecks(app, options);
  addRequestLog(app, options);
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(request, reply, fromFramework(error, request)));
  return app;
}
