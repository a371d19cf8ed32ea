import type { Config } from '#kernel/config.ts';
import type { Actor } from '#kernel/context.ts';
import { createCache } from '#kernel/cache.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Reading } from '#kernel/metrics.ts';
import { isForTenants } from '#kernel/module.ts';
import { provide, providerOf, type Adapters } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import type { Registry } from '#kernel/registry.ts';
import { isReference, SecretReferences } from '#kernel/secret-references.ts';
import { limitOf } from '#modules/tenancy/plans.ts';
import { tenants } from '#modules/tenancy/tables.ts';
import { createFanOut } from '#modules/webhooks/fan-out.ts';
import { backlog, oldestWaiting } from '#modules/webhooks/backlog.ts';
import { createCourier } from '#modules/webhooks/providers/http.ts';
import { Courier, Surroundings, type Announced } from '#modules/webhooks/providers/port.ts';
import { openWebhook } from '#modules/webhooks/sealing.ts';
import { webhooks } from '#modules/webhooks/tables.ts';
import type { Lane } from '#modules/webhooks/worker/claim.ts';
import { createPace } from '#modules/webhooks/worker/pace.ts';
import type { Target } from '#modules/webhooks/worker/session.ts';
import { createSettler } from '#modules/webhooks/worker/settle.ts';
import { startWorker, WEBHOOKS_TOPIC } from '#modules/webhooks/worker/worker.ts';
import { eventDataSchema } from '#surfaces/openapi-webhooks.ts';
import { createHearing } from './hearing.ts';
import type { Parts, People } from './core.ts';

export interface WebhookOptions {
  /** Where the API is, without a slash at its end. */
  publicUrl?: string;
  /** A laboratory: receivers may be at private addresses, and without TLS. */
  allowPrivateTargets?: boolean;
  /** Told of each attempt, for metrics: what came of it, and how long after the commit. */
  observe?: (outcome: string, seconds: number) => void;
}

export const webhookOptions = ({ publicUrl, port, allowPrivateTargets }: Config): WebhookOptions => ({
  publicUrl: (publicUrl ?? `http://localhost:${port}`).replace(/\/$/, ''),
  allowPrivateTargets,
});

/** Events that may go to tenants, with what is known of their data. */
const announcedBy = ({ announcements }: Registry): Announced[] =>
  [...announcements]
    .filter(([, said]) => isForTenants(said))
    .map(([type, { module, summary, data }]) => ({ type, module, summary, schema: data ? eventDataSchema(data) : null }))
    .sort((a, b) => (a.type < b.type ? -1 : 1));

/** Milliseconds for which a worker keeps what it has opened, and who is suspended. */
const OPENED = 30_000;
const STANDING = 2_000;

/** What the module asks of tenancy, secrets and whoever knows who may read what. */
const surroundingsOf = (
  { sealer, now, registry }: Parts,
  people: Pick<People, 'permit'>,
  adapters: () => Adapters,
): Omit<Surroundings, 'publicUrl' | 'wake' | 'catalogue'> => ({
  sealer,
  async limit(db, tenantId) {
    const [row] = await db.select({ plan: tenants.plan }).from(tenants).where(eq(tenants.tenantId, tenantId)); // prettier-ignore
    return row ? { plan: row.plan, webhooks: limitOf(row.plan, 'webhookEndpoints') } : { plan: 'none', webhooks: null };
  },
  hearing: createHearing(registry, people),
  async open(db, row, operation) {
    const { secrets, headers } = await openWebhook(db, sealer, row, now());
    const names = Object.keys(headers);
    if (!Object.values(headers).some(isReference)) return { secrets, headers };
    const actor = { kind: 'system', id: 'system:webhooks', name: 'system:webhooks', ip: null } satisfies Pick<Actor, 'kind' | 'id' | 'name' | 'ip'>;
    const use = { tenantId: row.tenantId, actor, operation, purpose: `webhook "${row.name}"` };
    const values = await providerOf(adapters())(SecretReferences).resolve(db, use, Object.values(headers));
    return { secrets, headers: Object.fromEntries(names.map((name, at) => [name, values[at]!])) };
  },
});

/** Where messages of a webhook go, as the worker keeps it in mind. */
function createTargets({ databases }: Pick<Parts, 'databases'>, { open }: Pick<Surroundings, 'open'>) {
  const opened = createCache<Target>({ ttlMs: OPENED, max: 2_000, now: () => new Date() });
  const nothing = (fault: string) => ({ secrets: [], headers: {}, fault });
  return ({ tenantId, id }: Pick<Lane, 'tenantId' | 'id'>): Promise<Target | undefined> =>
    databases.tenant({ tenantId, operation: 'webhooks.deliver' }, async (db) => {
      const [row] = await db.select().from(webhooks).where(and(eq(webhooks.tenantId, tenantId), eq(webhooks.id, id))); // prettier-ignore
      if (!row) return undefined;
      return opened.read(`${id} ${row.version}`, async () => {
        const found = await open(db, row, 'webhooks.deliver').catch((error: unknown) => {
          // A secret that is not there is a fault of the webhook; that the database does not answer is none.
          if (error instanceof Problem && error.slug.startsWith('secret-')) return nothing(`${error.slug}: ${error.message}`);
          throw error;
        });
        return { url: row.url, ...found };
      });
    });
}

/** What module webhooks asks of the others, the part that it takes in the dispatch of events, and its worker. */
export function wireWebhooks(
  parts: Parts,
  people: Pick<People, 'tenantIds' | 'permit'>,
  { publicUrl = 'http://localhost:8420', allowPrivateTargets = false, observe }: WebhookOptions,
  adapters: () => Adapters,
) {
  const { databases, live, now, log, registry } = parts;
  const announced = announcedBy(registry);
  const types = new Set(announced.map(({ type }) => type));
  const wake = (): void => live.publish(WEBHOOKS_TOPIC);
  const courier = createCourier({ allowPrivateTargets, now });

  const around: Surroundings = { ...surroundingsOf(parts, people, adapters), publicUrl, wake, catalogue: () => announced };
  const target = createTargets(parts, around);
  const standing = createCache<ReadonlySet<string>>({ ttlMs: STANDING, max: 1, now: () => new Date() });
  const onError = (error: Error): void => log.error({ err: error }, 'webhooks');
  const startWork = () =>
    startWorker({
      databases,
      live,
      now,
      onError,
      openTenants: () => standing.read('all', async () => new Set(await people.tenantIds())),
      pace: createPace(),
      settle: createSettler({ databases, live, now, chance: Math.random }),
      courier: () => providerOf(adapters())(Courier),
      target,
      attempted: (outcome, seconds) => observe?.(outcome, seconds),
    });
  let worker: ReturnType<typeof startWork> | undefined;
  const isThere = registry.operations.has('webhooks.create');

  return {
    adapters: [provide(Courier, courier), provide(Surroundings, around)],
    /** Undefined where the module is not there. */
    fanOut: isThere ? createFanOut({ now, publicUrl, isPublic: (type) => types.has(type), wake }) : undefined,
    work: (): void => {
      if (isThere) worker = startWork();
    },
    async stop(deadlineMs: number): Promise<number> {
      const left = await worker?.stop(deadlineMs);
      courier.close();
      return left ?? 0;
    },
  };
}

/** How much waits, for metrics. */
export const webhookFigures = ({ databases, now }: Pick<Parts, 'databases' | 'now'>): Reading[] => [
  { name: 'sy_webhook_backlog', help: 'Deliveries that wait, by whether they are due', label: 'due', read: () => databases.lookUp((db) => backlog(db, now())) },
  { name: 'sy_outbox_oldest_seconds', help: 'Age of the oldest event that is not dispatched', label: 'outbox', read: () => databases.lookUp(oldestWaiting) },
]; // prettier-ignore
