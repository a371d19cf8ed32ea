import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { API, sendProblem } from './answer.ts';
import { fromFramework, MIB, onClientError } from './framework.ts';
import { parseJson } from './json.ts';
import { checkHost, checkOrigin } from './transport.ts';

export interface ServerOptions {
  log: Logger;
  publicUrl: URL;
  /** Host names (no port) that we are reached by besides that of the public URL. */
  allowedHosts: readonly string[];
  trustedProxies: readonly string[];
  draining: () => boolean;
  observe: ((answer: { method: string; route: string; status: number; seconds: number }) => void) | undefined;
}

const REQUEST_ID = /^[\w.:-]{8,128}$/;

const policy = (secure: boolean): Record<string, string[]> => ({
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
});

/** Step 0 of the Gate, before any route: who may knock at all. */
function addTransportChecks(app: FastifyInstance, { publicUrl, allowedHosts, draining }: ServerOptions): void {
  const names = [publicUrl.hostname, ...allowedHosts];
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('X-Request-Id', request.id);
    if (request.url.startsWith(API) || request.url.startsWith('/mcp')) void reply.header('Cache-Control', 'no-store');
    if (request.routeOptions.config.probe) return;
    if (draining()) throw new Problem('shutting-down', 'This process is draining. Try again; another one will answer.', { retryAfterSeconds: 2 });
    checkHost(request.headers.host, { names });
    checkOrigin(request, [publicUrl.host, request.host]);
  });
}

function addRequestLog(app: FastifyInstance, { observe }: ServerOptions): void {
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, never the address: ids and searches stay out of logs and metrics.
    const route = request.routeOptions.url ?? 'unmatched';
    observe?.({ method: request.method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
    if (request.routeOptions.config.probe) return;
    const decisionId = reply.getHeader('x-switchyard-decision');
    request.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), decisionId }, 'request');
  });
}

/** Fastify with our JSON, our problems, our headers and the checks that come before every route; no route yet. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const secure = options.publicUrl.protocol === 'https:';
  const loggerInstance: FastifyBaseLogger = options.log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
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
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body: Buffer, done) => {
    try {
      done(null, body.length === 0 ? undefined : parseJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy(secure) },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
  });
  addTransportChecks(app, options);
  addRequestLog(app, options);
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(request, reply, fromFramework(error, request)));
  return app;
}
