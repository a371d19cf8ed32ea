import type { Clock } from '#kernel/clock.ts';
import type { ReadContext } from '#kernel/context.ts';
import type { Databases } from '#kernel/database.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import type { Live } from '#kernel/live.ts';
import { definePort } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { FRESH_SECONDS, Resources, tagOf, type Resource } from '#kernel/resource-cache.ts';
import { ask, type Outside } from './calls.ts';
import { catalogOf, connectionTarget, findConnection, opened, requireUsable, storeCatalog, storedCatalog } from './connection-rows.ts';
import { asSystem } from './credentials.ts';
import { CloudProviders, type Catalog } from './providers/port.ts';
import type { Validation } from './schemas.ts';
import type { ConnectionRow } from './tables.ts';
import { shownTrial, tryOut } from './validation.ts';

type Reader = Pick<ReadContext, 'provider' | 'tenantId'>;

/**
 * What a read has in hand to talk to a provider, apart from the caller's own connection to the database: what others wait for, too,
 * goes on when the caller has left.
 */
export type CloudReads = (reader: Reader, signal: AbortSignal) => Outside;
export const CloudReads = definePort<CloudReads>('clouds.reads');

export const cloudReads =
  ({ databases, live, now }: { databases: Databases; live: Live; now: Clock }): CloudReads =>
  ({ tenantId, provider }, signal) => ({
    tenantId,
    provider,
    now,
    signal,
    changeId: null,
    hurried: true,
    checkpoint: async () => signal.throwIfAborted(),
    async tx(work) {
      const emitted: Emitted[] = [];
      const result = await databases.tenant({ tenantId, operation: 'clouds.reads' }, async (db) => {
        const done = await work({ db, tenantId, now, emit: (type, data) => void emitted.push({ type, data }) });
        await appendEvents(db, tenantId, emitted, null);
        return done;
      });
      if (emitted.length > 0) for (const topic of [`tenant:${tenantId}`, 'outbox']) live.publish(topic);
      return result;
    },
  });

function read<T>(ctx: Reader, row: ConnectionRow, kind: 'health' | 'catalog', fill: (outside: Outside) => Promise<T>): Promise<Resource<T>> {
  const key = { tenantId: ctx.tenantId, kind, tag: tagOf(connectionTarget(row)), part: '' };
  return ctx.provider(Resources).read(key, (signal) => fill(ctx.provider(CloudReads)(ctx, signal)));
}

/** As a pass read it within the last hour, or the provider sells it now; an older one where the provider cannot be asked. */
export async function catalogRead(ctx: ReadContext, row: ConnectionRow): Promise<Resource<Catalog>> {
  const known = await storedCatalog(ctx, row.id);
  const isNew = known !== undefined && ctx.now().getTime() - known.readAt.getTime() < FRESH_SECONDS.catalog * 1_000;
  try {
    return await read(ctx, row, 'catalog', async (outside) => {
      if (isNew) return known.catalog;
      if (!ctx.provider(CloudProviders).kinds.includes(row.kind)) return outside.tx((place) => catalogOf(place, row));
      const catalog = await ask(outside, row.id, (cloud) => cloud.catalog());
      await outside.tx((place) => storeCatalog(place, row.id, catalog, place.now()));
      return catalog;
    });
  } catch (error) {
    if (!known || !(error instanceof Problem)) throw error;
    return { value: known.catalog, readAt: known.readAt, stale: true };
  }
}

/** Whether it answers to its credential. Throws Problem where it does not, or is not to be asked. */
export const healthRead = (ctx: Reader, row: ConnectionRow): Promise<Resource<Validation>> =>
  read(ctx, row, 'health', async (outside) => {
    const connection = await outside.tx(async (place) => {
      const now = await findConnection(place, row.id);
      requireUsable(now, place.now());
      return opened({ ...place, provider: outside.provider }, now, asSystem('clouds', null));
    });
    const trial = await tryOut(outside, { ...connection, kind: row.kind, connectionId: row.id });
    if (trial.ok) return shownTrial(trial);
    const fault = trial.checks.find(({ ok }) => !ok);
    throw new Problem('provider-unavailable', `"${row.name}" does not work: ${fault?.detail ?? 'a check failed.'} ${fault?.remedy ?? ''}`.trim());
  });
