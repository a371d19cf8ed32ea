import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';

/** Is there a redis-server on this machine? A suite that needs it is skipped where there is none. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A real Redis on loopback that keeps nothing; `stop` and `start` play its failures. */
export async function startRedis() {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const begin = () => spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no'], { stdio: 'ignore' }); // prettier-ignore
  let child = begin();
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  return {
    url,
    client,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
    async start() {
      child = begin();
      while ((await client.ping().catch(() => '')) !== 'PONG') await pause(20);
    },
    async close() {
      client.disconnect();
      await this.stop();
    },
  };
}
export type TestRedis = Awaited<ReturnType<typeof startRedis>>;
