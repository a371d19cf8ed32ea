import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, asc, eq, sql } from '#kernel/drizzle.ts';
import { appendEvents, type BulkSubscriber, type Emitted } from '#kernel/events.ts';
import type { Gate } from '#kernel/gate.ts';
import { newId, randomToken, sha256 } from '#kernel/ids.ts';
import type { JobRun } from '#kernel/jobs.ts';
import { provide, providerOf, type Adapters, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { changesRollback } from '#modules/governance/index.ts';
import { isTerminal, numberText } from '#modules/governance/rules.ts';
import { changes } from '#modules/governance/tables.ts';
import { rollbackHindrance } from '#modules/governance/view.ts';
import { openBlob, storeBlob } from '#modules/workflows/engine/files.ts';
import { executionBlobs } from '#modules/workflows/engine/tables.ts';
import { isCalledFor, isFollowed, lookAfter } from '#modules/workflows/executions/aftermath.ts';
import { createExecutionFeed } from '#modules/workflows/executions/feeds.ts';
import { Aftermath, Blobs, ExecutionChanges, StreamTickets, type MadeChange } from '#modules/workflows/executions/port.ts';
import { executionsRollback } from '#modules/workflows/index.ts';
import { streamTickets } from '#modules/workflows/executions/tables.ts';
import type { ExecutionFeeds } from '#surfaces/execution-feed.ts';
import type { Parts, People } from './core.ts';

type Revive = People['revive'];

/** A call through the Gate as somebody who is known by what they began, as they are now. */
const callAs = async (revive: Revive, actor: Actor, key: string, comment: string) => {
  const as = await revive(actor);
  return { surface: 'workflow', credentials: null, as, ip: as.ip, requestId: newId(), envelope: { idempotencyKey: key, comment } } as const;
};

const changesFor = ({ registry }: Parts, revive: Revive, gate: () => Gate): ExecutionChanges => ({
  async of(db, tenantId, executionId) {
    const rows = await db
      .select()
      .from(changes)
      .where(and(eq(changes.tenantId, tenantId), sql`${changes.via} ->> 'executionId' = ${executionId}`))
      .orderBy(asc(changes.number));
    return rows.map((row): MadeChange => ({
      id: row.id,
      number: numberText(row.number),
      operation: row.operation,
      summary: row.summary,
      state: row.state,
      nodeId: row.via?.nodeId ?? '',
      path: row.via?.iteration ?? '',
      endedAt: row.endedAt,
      rolledBack: row.rolledBackBy !== null,
      hindrance: rollbackHindrance(row, registry.operations.get(row.operation)),
    }));
  },
  async undo(actor, { id, key, comment }) {
    const passed = await gate().pass(changesRollback, { id }, await callAs(revive, actor, key, comment));
    if (passed.status !== 'accepted') throw new Error(`changes.rollback is ${passed.status}, not accepted`);
    return { id: passed.change.id, number: passed.change.number };
  },
  async stateOf(db, tenantId, changeId) {
    const { state, problem } = changes;
    const [row] = await db.select({ state, problem }).from(changes).where(and(eq(changes.tenantId, tenantId), eq(changes.id, changeId)));
    const detail = (row?.problem as { detail?: unknown } | null)?.detail;
    return row && { state: row.state, ended: isTerminal(row.state), detail: typeof detail === 'string' ? detail : null };
  },
}); // prettier-ignore

const TICKET_SECONDS = 30;

/** A ticket says whose it is, so that it is looked for under row-level security: the tenant, and a secret part that is kept hashed. */
const ticketsFor = ({ databases, now }: Parts): StreamTickets => ({
  async issue(actor, executionId) {
    const { tenantId } = actor;
    const secret = randomToken();
    const expiresAt = new Date(now().getTime() + TICKET_SECONDS * 1_000);
    await databases.tenant({ tenantId, operation: 'stream ticket' }, (db) =>
      db.insert(streamTickets).values({ tenantId, id: newId(), executionId, hash: sha256(secret), actor, expiresAt }),
    );
    return { ticket: `${tenantId}.${secret}`, expiresAt };
  },
  async redeem(ticket, executionId) {
    const [, tenantId, secret] = /^([0-9a-f-]{36})\.([\w-]{20,100})$/.exec(ticket) ?? [];
    if (tenantId === undefined || secret === undefined) return undefined;
    return databases.tenant({ tenantId, operation: 'stream ticket' }, async (db) => {
      const mine = and(eq(streamTickets.tenantId, tenantId), eq(streamTickets.hash, sha256(secret)));
      const [row] = await db.delete(streamTickets).where(mine).returning();
      return row && row.executionId === executionId && row.expiresAt > now() ? row.actor : undefined;
    });
  },
});

const blobsFor = ({ sealer }: Parts): Blobs => ({
  async read(db, { id, ...place }) {
    const mine = and(eq(executionBlobs.tenantId, place.tenantId), eq(executionBlobs.executionId, place.executionId), eq(executionBlobs.id, id));
    const [row] = await db
      .select()
      .from(executionBlobs)
      .where(and(mine, eq(executionBlobs.sensitive, false)));
    const bytes = row && (await openBlob(db, sealer, place, id));
    if (!bytes) throw new Problem('not-found', 'This execution has no such file, or nobody is shown it.');
    return { name: row.name, mime: row.mime, bytes };
  },
  async copy(db, { tenantId, from, to }) {
    const rows = await db
      .select()
      .from(executionBlobs)
      .where(and(eq(executionBlobs.tenantId, tenantId), eq(executionBlobs.executionId, from)));
    const copies = new Map<string, string>();
    for (const { id, size, name, mime, sensitive } of rows) {
      const bytes = await openBlob(db, sealer, { tenantId, executionId: from }, id);
      if (bytes)
        copies.set(id, await storeBlob(db, sealer, { tenantId, executionId: to }, bytes.toString('base64'), size, { name, mime, sensitive }));
    }
    return copies;
  },
});

const aftermathFor = (revive: Revive, gate: () => Gate): Aftermath => ({
  async rollback(actor, executionId, comment) {
    await gate().pass(executionsRollback, { id: executionId }, await callAs(revive, actor, `rollback:${executionId}`, comment));
  },
});

/** Has executions that ended looked after by a job each, in the dispatch of what they announce. */
export const aftermathFanOut =
  ({ jobs }: Pick<Parts, 'jobs'>): BulkSubscriber =>
  async (db, batch) => {
    const [ended, called] = [batch.filter(isFollowed), batch.filter(isCalledFor)];
    for (const { tenantId, data } of ended) await jobs.enqueue(db, 'aftermath', { tenantId, executionId: String(data['executionId']) });
    for (const { tenantId, data } of called) await jobs.enqueue(db, 'callback', { tenantId, executionId: String(data['executionId']), attempt: '1' });
    if (ended.length + called.length === 0) return undefined;
    return () => (['aftermath', 'callback'] as const).forEach((queue) => jobs.wake(queue));
  };

export type ContextFor = (db: Database, tenantId: string, part: string, emitted: Emitted[]) => WorkContext;

/** Carries such a job out. */
export const aftermathJob = ({ databases, live }: Parts, adapters: Adapters, contextFor: ContextFor): ((job: JobRun) => Promise<void>) => {
  const inTenant = async <T>(tenantId: string, work: (ctx: WorkContext) => Promise<T>): Promise<T> => {
    const emitted: Emitted[] = [];
    const result = await databases.tenant({ tenantId, operation: 'workflow aftermath' }, async (db) => {
      const done = await work(contextFor(db, tenantId, 'workflows', emitted));
      await appendEvents(db, tenantId, emitted, null);
      return done;
    });
    if (emitted.length > 0) for (const topic of [`tenant:${tenantId}`, 'outbox']) live.publish(topic);
    return result;
  };
  return ({ data }) => lookAfter({ inTenant, provider: providerOf(adapters) }, { tenantId: data.tenantId, executionId: data['executionId']! });
};

/** What executions for people ask of the other modules. */
export const executionAdapters = (parts: Parts, { revive }: Pick<People, 'revive'>, gate: () => Gate): readonly (readonly [Port<unknown>, unknown])[] => [
  provide(ExecutionChanges, changesFor(parts, revive, gate)),
  provide(StreamTickets, ticketsFor(parts)),
  provide(Blobs, blobsFor(parts)),
  provide(Aftermath, aftermathFor(revive, gate)),
]; // prettier-ignore

/** What the live streams of executions read. */
export const executionFeeds = (parts: Parts, { revive }: Pick<People, 'revive'>): ExecutionFeeds => ({
  of: createExecutionFeed(parts.databases, parts.live),
  redeem: ticketsFor(parts).redeem,
  revive,
});
