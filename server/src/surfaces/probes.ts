import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#kernel/problem.ts';
import { sha256 } from '#kernel/ids.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked by load balancers and scrapers, by address and without a sign-in. */
    probe?: boolean;
  }
}

/** `status` is the HTTP status, 200 or 503. */
export interface ProbeAnswer {
  status: number;
  body: Record<string, unknown>;
}

export interface Probes {
  live: () => Promise<ProbeAnswer>;
  ready: () => Promise<ProbeAnswer>;
  health: () => Promise<ProbeAnswer>;
  metrics: () => Promise<{ contentType: string; body: string }>;
  /** Lets scrapers in from elsewhere; without it metrics are for this machine only. */
  metricsToken?: string;
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token !== undefined) return given !== undefined && timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(token)));
  // A proxy on this machine also comes from loopback, but it says for whom.
  return (
    LOOPBACK.test(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined
  );
}

/** Health at the names that people, containers and orchestrators expect, and Prometheus metrics. */
export function addProbes(app: FastifyInstance, probes: Probes): void {
  const routes: [string, () => Promise<ProbeAnswer>][] = [
    ['/health', probes.health],
    ['/health/live', probes.live],
    ['/health/ready', probes.ready],
    ['/livez', probes.live],
    ['/readyz', probes.ready],
  ];
  for (const [url, probe] of routes) {
    app.get(url, { config: { probe: true } }, async (_request, reply) => {
      const { status, body } = await probe();
      return reply.code(status).header('Cache-Control', 'no-store').send(body);
    });
  }
  app.get('/metrics', { config: { probe: true } }, async (request, reply) => {
    if (!mayReadMetrics(request, probes.metricsToken))
      throw new Problem('unauthenticated', 'Metrics are read from this machine, or with the metrics token as a bearer token.');
    const { contentType, body } = await probes.metrics();
    return reply.header('Cache-Control', 'no-store').type(contentType).send(body);
  });
}
