import { and, eq, ne } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { TenantJob } from '#kernel/module.ts';
import { asProblem, Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Outside } from '../controllers/talk.ts';
import { keepFindings } from '../findings/store.ts';
import type { IrrSets } from '../render/irr.ts';
import { fabrics, routeServers, type FabricRow, type ParticipantRow } from '../tables.ts';
import { Registries } from './port.ts';
import './problems.ts';
import { isDue, whyKept } from './rules.ts';
import { listedOn, listOf, setsOf, sourceOfNetwork, watchedNetworks, type Listed } from './store.ts';
import { irrLists, type IrrRow } from './tables.ts';

const AT_ONCE = 25;
const NONE = { origins: [], prefixesV4: [], prefixesV6: [] };

/** Before it is asked, so that nobody else asks the same meanwhile. */
async function begin({ tx, now }: Outside, participant: ParticipantRow): Promise<{ source: string; before: IrrRow }> {
  const source = sourceOfNetwork(participant);
  return tx(async (ctx) => {
    const { db, tenantId } = ctx;
    const fields = { tenantId, id: newId(), participantId: participant.id, source, ...NONE, triedAt: now(), createdAt: now(), updatedAt: now() };
    const target = [irrLists.tenantId, irrLists.participantId];
    await db
      .insert(irrLists)
      .values(fields)
      .onConflictDoUpdate({ target, set: { triedAt: now(), updatedAt: now() } });
    return { source, before: (await listOf(ctx, participant.id))! };
  });
}

const sameSets = (one: IrrSets | undefined, other: IrrSets): boolean =>
  one !== undefined && JSON.stringify([one.origins, one.v4, one.v6]) === JSON.stringify([other.origins, other.v4, other.v6]);

async function take({ tx, now }: Outside, participant: ParticipantRow, { source, before }: { source: string; before: IrrRow }, next: IrrSets): Promise<void> {
  await tx(async ({ db, tenantId, emit }) => {
    const values = { source, origins: [...next.origins], prefixesV4: [...next.v4], prefixesV6: [...next.v6], fetchedAt: now(), problemCode: null, detail: null, updatedAt: now() };
    await db.update(irrLists).set(values).where(and(eq(irrLists.tenantId, tenantId), eq(irrLists.id, before.id)));
    if (!sameSets(setsOf(before), next))
      emit('exchange.irr.changed', { id: participant.id, asn: participant.asn, source, origins: next.origins.length, prefixesV4: next.v4.length, prefixesV6: next.v6.length });
  });
} // prettier-ignore

/** Asks the registries for one network. An answer that is not taken leaves what was known in use, and says why. */
export async function refreshList(outside: Outside, participant: ParticipantRow, { isForced = false, signal }: { isForced?: boolean; signal?: AbortSignal } = {}): Promise<void> {
  const asked = await begin(outside, participant);
  const { source, before } = asked;
  try {
    const next = await outside.provider(Registries).expand(source, signal);
    // Another set has another size.
    const why = whyKept(before.source === source ? setsOf(before) : undefined, next, isForced);
    if (why !== undefined)
      throw new Problem(why, `${source} stands for ${next.origins.length} origins, ${next.v4.length} IPv4 and ${next.v6.length} IPv6 prefixes; before it were ${before.origins.length}, ${before.prefixesV4.length} and ${before.prefixesV6.length}.`);
    await take(outside, participant, asked, next);
  } catch (error) {
    const { slug, message } = asProblem(error);
    if (slug === 'internal') throw error;
    const detail = scrub(message, outside.tenantId).slice(0, 1_000);
    await outside.tx(({ db, tenantId, now }) =>
      db.update(irrLists).set({ problemCode: slug, detail, updatedAt: now() }).where(and(eq(irrLists.tenantId, tenantId), eq(irrLists.id, before.id))),
    );
    throw error;
  }
} // prettier-ignore

const wordsOf = ({ participant: { asn }, list }: Listed): string => `AS${asn}: ${list!.problemCode}`;

/** On each server of a fabric: whose lists are older than they should be. */
async function tellOf(ctx: WorkContext, fabric: FabricRow): Promise<void> {
  const { db, tenantId } = ctx;
  const old = (await listedOn(ctx, fabric.id)).filter(({ list }) => list !== null && list.problemCode !== null);
  const detail = `Lists of registries that were not renewed: ${old.slice(0, 20).map(wordsOf).join(', ')}${old.length > 20 ? ` and ${old.length - 20} more` : ''}`;
  const found = old.length === 0 ? [] : [{ class: 'irr_kept' as const, severity: 'warning' as const, mode: 'report' as const, detail, fabricId: fabric.id }]; // prettier-ignore
  const servers = await db.select({ id: routeServers.id }).from(routeServers).where(and(eq(routeServers.tenantId, tenantId), eq(routeServers.fabricId, fabric.id))); // prettier-ignore
  for (const { id } of servers) await keepFindings(ctx, { routeServerId: id }, new Set(['irr_kept']), found);
}

export const tellOfLists = (outside: Pick<Outside, 'tx'>): Promise<void> =>
  outside.tx(async (ctx) => {
    const watched = and(eq(fabrics.tenantId, ctx.tenantId), ne(fabrics.irrMode, 'off'));
    for (const fabric of await ctx.db.select().from(fabrics).where(watched)) await tellOf(ctx, fabric);
  });

/** By the clock: lists of networks on fabrics where they matter, a few at once. */
export async function watchLists(job: TenantJob): Promise<void> {
  if (!job.provider(Registries).isConfigured) return;
  const watched = await job.tx(watchedNetworks);
  const due = watched.filter(({ participant, list }) => isDue(list ?? undefined, sourceOfNetwork(participant), job.now())).slice(0, AT_ONCE);
  for (const { participant } of due)
    await refreshList(job, participant).catch((error: unknown) => {
      // It is written on the list, and told of below.
      if (!(error instanceof Problem)) throw error;
    });
  if (due.length > 0) await tellOfLists(job);
}
