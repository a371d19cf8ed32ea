import { z } from 'zod';
import { appendEvents } from '#kernel/events.ts';
import { defineModule } from '#kernel/module.ts';
import { provide } from '#kernel/port.ts';
import { createWorld, type Person, type World, type WorldOptions } from '#test/world.ts';
import { webhooks as module, webhooksCreate } from './index.ts';
import { createCourier } from './providers/http.ts';
import { Courier } from './providers/port.ts';

/** Something to hear of. */
const lamps = defineModule({
  name: 'lamps',
  operations: [],
  events: {
    'lamp.lit': { summary: 'A lamp was lit', data: z.object({ lampId: z.string(), environment: z.string().optional() }) },
    'lamp.seen': { summary: 'Somebody saw a lamp', audience: 'person' },
  },
});

/** A world whose receivers may be on loopback, with a clock that tests turn. */
export async function createWebhookWorld(options: Partial<WorldOptions> & { timeoutMs?: number } = {}) {
  const { timeoutMs, ...rest } = options;
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  const courier = createCourier({ allowPrivateTargets: true, now, ...(timeoutMs ? { timeoutMs } : {}) });
  const world: World = await createWorld({ modules: [module, lamps], adapters: () => [provide(Courier, courier)], now, ...rest });
  const owner: Person = world.as({ name: 'olivia', roles: ['owner'] });
  return {
    ...world,
    owner,
    /** Turns the clock on. */
    later: (ms: number): void => {
      ahead += ms;
      world.live.publish('webhooks');
    },
    now,
    create: (url: string, more: Record<string, unknown> = {}, person: Person = owner) =>
      world.done(webhooksCreate, { name: `hook-${Math.random()}`, url, events: ['lamp.lit'], challenge: false, ...more }, person),
    /** Announces things in one transaction of tenant a, or of another. */
    async announce(count = 1, data: Record<string, unknown> = {}, { type = 'lamp.lit', tenantId = world.tenants.a } = {}): Promise<void> {
      const emitted = Array.from({ length: count }, (_, n) => ({ type, data: { lampId: `lamp-${n}`, ...data } }));
      await world.databases.tenant({ tenantId }, (db) => appendEvents(db, tenantId, emitted, null));
      world.live.publish('outbox');
    },
    /** As the platform sees it. */
    rows: <T>(text: string, values: unknown[] = []): Promise<T[]> => world.databases.lookUp(async (db) => (await db.$client.query(text, values)).rows as T[]),
    async close(): Promise<void> {
      await world.close();
      courier.close();
    },
  };
} // prettier-ignore
export type WebhookWorld = Awaited<ReturnType<typeof createWebhookWorld>>;
