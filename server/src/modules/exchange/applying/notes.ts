import { and, eq, sql } from '#kernel/drizzle.ts';
import type { Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Outside } from '../controllers/talk.ts';
import { accesses } from '../ssh/tables.ts';
import { findOnServer, loaded } from '../findings/store.ts';
import type { Hello } from '../ssh/verbs.ts';
import { setAccess, type Reached } from './following.ts';
import { Convergence } from './port.ts';
import { isPassing, waitSeconds } from './rules.ts';
import type { GenerationState, SyncState } from './schemas.ts';
import { forgetOld, havePeers, markPeers } from './store.ts';
import { generations, type GenerationRow } from './tables.ts';

const stateAfter = ({ slug, extras }: Problem): GenerationState => {
  if (slug === 'config-rejected' || slug === 'bundle-rejected') return 'rejected';
  if (extras['rolledBack'] === undefined) return 'failed';
  return extras['rolledBack'] === true ? 'rolled_back' : 'unknown';
};

const BLOCKED: ReadonlySet<string> = new Set(['generation-poisoned', 'server-held']);
const peersAfter = (slug: string): SyncState => (isPassing(slug) ? 'retrying' : BLOCKED.has(slug) ? 'blocked' : 'failed');

const one = (tenantId: string, routeServerId: string, number: number) =>
  and(eq(generations.tenantId, tenantId), eq(generations.routeServerId, routeServerId), eq(generations.number, number));

/** Where a server stands after an attempt, and when the next one is due. `number`: of the generation that came to nothing. */
export async function noteFailure(outside: Outside, { server, access, fabric }: Reached, number: number | null, problem: Problem): Promise<void> {
  const message = scrub(problem.message, outside.tenantId).slice(0, 1_000);
  await outside.tx(async (ctx) => {
    const { db, tenantId, now, emit, provider } = ctx;
    const attempts = access.attempts + 1;
    const waitMs = waitSeconds(problem.slug, attempts) * 1_000;
    const next = access.dirtySince === null ? null : new Date(now().getTime() + waitMs);
    await setAccess(ctx, access.id, { applyingChange: null, applyingUntil: null, attempts, nextAttemptAt: next });
    await markPeers(ctx, server.id, peersAfter(problem.slug), { slug: problem.slug, message });
    if (number !== null) {
      const values: Partial<GenerationRow> = { state: stateAfter(problem), problemCode: problem.slug, detail: message, updatedAt: now() };
      await db
        .update(generations)
        .set(values)
        .where(one(tenantId, server.id, number));
      emit('exchange.generation.failed', { id: server.id, handle: server.handle, number, code: problem.slug });
    }
    if (problem.slug === 'health-regression')
      await findOnServer(ctx, server.id, { class: 'health_regression', severity: 'warning', detail: message });
    // The others go on, and this one when it is due.
    await provider(Convergence).later(db, { tenantId, fabricId: fabric.id }, 0, now());
    if (next !== null) await provider(Convergence).later(db, { tenantId, fabricId: fabric.id }, waitMs, now());
  });
  outside.provider(Convergence).wake();
}

async function confirmed(ctx: WorkContext, { server, access, fabric }: Reached, row: GenerationRow, asked: number | null): Promise<void> {
  const { db, tenantId, now, emit, provider } = ctx;
  const { number } = row;
  if (row.state !== 'confirmed') {
    await db.update(generations).set({ state: 'confirmed', confirmedAt: now(), problemCode: null, detail: null, updatedAt: now() }).where(one(tenantId, server.id, number)); // prettier-ignore
    emit('exchange.generation.confirmed', { id: server.id, handle: server.handle, number });
  }
  await havePeers(ctx, server.id, row.files, number);
  await loaded(ctx, server.id);
  await forgetOld(ctx, server.id, number);
  // What changed while it was under way is still to be applied.
  const isNewer = sql<null>`case when ${accesses.dirtyCount} is distinct from ${asked}::bigint then ${accesses.dirtySince} end`;
  await db
    .update(accesses)
    .set({ applyingChange: null, applyingUntil: null, attempts: 0, nextAttemptAt: null, loadedGeneration: number, currentGeneration: number, findings: [], dirtySince: isNewer })
    .where(and(eq(accesses.tenantId, tenantId), eq(accesses.id, access.id)));
  await provider(Convergence).later(db, { tenantId, fabricId: fabric.id }, 0, now());
} // prettier-ignore

/** `asked`: how often something had been wanted of it before it was read what is. Null where that is not known: then it is looked at again. */
export async function noteConfirmed(outside: Outside, reached: Reached, number: number, asked: number | null): Promise<void> {
  await outside.tx(async (ctx) => {
    const [row] = await ctx.db
      .select()
      .from(generations)
      .where(one(ctx.tenantId, reached.server.id, number));
    await confirmed(ctx, reached, row!, asked);
  });
  outside.provider(Convergence).wake();
}

/** One of which it was not known what became: the server has said what it has. */
export async function settleUnknown(outside: Outside, reached: Reached, { pending, generation, current }: Hello): Promise<void> {
  if (pending) return;
  await outside.tx(async (ctx) => {
    const { db, tenantId, now } = ctx;
    const open = and(eq(generations.tenantId, tenantId), eq(generations.routeServerId, reached.server.id), eq(generations.state, 'unknown'));
    for (const row of await db.select().from(generations).where(open))
      if (generation === row.number && current === row.number) await confirmed(ctx, reached, row, null);
      else if (generation !== row.number) await db.update(generations).set({ state: 'rolled_back', updatedAt: now() }).where(one(tenantId, reached.server.id, row.number)); // prettier-ignore
  });
}
