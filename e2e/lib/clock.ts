import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection, embeddedUrl } from './canary-database.ts';
import type { Product } from './product.ts';

interface Queue {
  on: (event: 'error', hear: (error: Error) => void) => void;
  start: () => Promise<unknown>;
  send: (queue: string, data: object) => Promise<unknown>;
  stop: (options: { graceful: boolean }) => Promise<void>;
}
const { PgBoss } = createRequire(new URL('../../server/package.json', import.meta.url))('pg-boss') as {
  PgBoss: new (options: Record<string, unknown>) => Queue;
};

async function urlOf({ home }: Pick<Product, 'home'>): Promise<string> {
  const url = process.env['DATABASE_URL'] ?? (await embeddedUrl(home));
  if (url === undefined) throw new Error('the database of the product does not run');
  return url;
}

/** What the product would do in the next minute of its clock it does now, every two seconds until what is waited for is there. */
export async function byTheClock<T>(product: Pick<Product, 'home'>, work: string, seen: Promise<T>): Promise<T> {
  const connectionString = await urlOf(product);
  const boss = new PgBoss({ connectionString, max: 1, migrate: false, createSchema: false, supervise: false, schedule: false });
  boss.on('error', () => undefined); // what matters is thrown by the calls below
  await boss.start();
  let waits = true;
  const there = seen.finally(() => (waits = false));
  there.catch(() => undefined); // thrown in the end
  try {
    while (waits) {
      await boss.send('clock', { tenantId: 'system', name: work });
      await Promise.race([there.catch(() => undefined), pause(2_000)]);
    }
    return await there;
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Time that a journey need not wait for: what stands in the database is from earlier, or for now. */
export async function timePasses(product: Pick<Product, 'home'>, sql: string): Promise<void> {
  const client = new Connection({ connectionString: await urlOf(product) });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
