import { pino } from 'pino';
import { createHttp } from '#surfaces/http.ts';
import type { Company } from './company.ts';

/** The REST routes of a company, called without a socket. */
export async function openRest({ registry, gate }: Pick<Company, 'registry' | 'gate'>) {
  const nothing = async () => ({ status: 200, body: {} });
  const { app } = await createHttp({
    registry,
    gate,
    config: { publicUrl: 'http://localhost:8420', version: '0', rateLimitFactor: 1000 },
    log: pino({ level: 'silent' }),
    feeds: { change: () => ({}) as never, tenant: () => ({}) as never },
    probes: { live: nothing, ready: nothing, health: nothing, metrics: async () => ({ contentType: 'text/plain', body: '' }) },
  });
  return {
    post: (path: string, payload: object) =>
      app.inject({ method: 'POST', url: `/api/v1${path}`, remoteAddress: '192.0.2.1', headers: { host: 'localhost:8420' }, payload }),
    close: () => app.close(),
  };
}
export type Rest = Awaited<ReturnType<typeof openRest>>;
