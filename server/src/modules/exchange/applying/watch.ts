import { eq } from '#kernel/drizzle.ts';
import type { TenantJob } from '#kernel/module.ts';
import { Problem } from '#kernel/problem.ts';
import { settlePorts } from '../joining/quieting.ts';
import { fabrics } from '../tables.ts';
import { speaking } from '../ssh/talk.ts';
import { keepOfServer, proposed, unproposed } from '../findings/servers.ts';
import { isReloaded } from '../maintaining/standing.ts';
import { askRefused, keepRefused } from '../observing/refusals.ts';
import { keepSessions } from '../observing/sessions.ts';
import { dated, protocolFindings, stateFindings } from './compare.ts';
import { markDirty, reachedOn, setAccess, type Reached } from './following.ts';
import { settleUnknown } from './notes.ts';
import { Convergence } from './port.ts';
import { seenIn } from './seen.ts';
import { confirmedOf } from './store.ts';

const isBusy = ({ access }: Reached, now: Date): boolean => access.applyingUntil !== null && access.applyingUntil > now;

/** What the server has against what it confirmed. What differs is shown; on servers that follow it is put right where that is safe. */
async function look(job: TenantJob, reached: Reached): Promise<void> {
  const { server, access, fabric } = reached;
  const { found, seen, refused } = await speaking(job, access, async (verbs, hello) => {
    await settleUnknown(job, reached, hello);
    const confirmed = await job.tx((ctx) => confirmedOf(ctx, server.id));
    const state = stateFindings(hello, confirmed);
    if (!confirmed || hello.bird === null || hello.pending) return { found: state, seen: null, refused: [] };
    const now = seenIn(await verbs.status());
    return { found: [...state, ...protocolFindings(now, confirmed)], seen: now, refused: await askRefused(job, reached, now, verbs) };
  });
  // Somebody restarts it, as was told beforehand: nothing could be looked at, and nothing is amiss.
  if (found.some(({ class: kind }) => kind === 'bird_down') && (await job.tx((ctx) => isReloaded(ctx, server.id)))) return;
  await job.tx(async (ctx) => {
    const findings = dated(found, access.findings, ctx.now());
    await setAccess(ctx, access.id, { findings });
    for (const { class: kind, detail } of findings.filter((finding) => !access.findings.some((known) => known.class === finding.class)))
      ctx.emit('exchange.routeServer.drifted', { id: server.id, handle: server.handle, class: kind, detail });
    const modes = await keepOfServer(ctx, reached, findings);
    if (modes.has('auto') && access.nextAttemptAt === null) await markDirty(ctx, fabric.id, false);
  });
  await job.tx(async (ctx) => {
    if (seen) await keepSessions(ctx, reached, seen);
    await keepRefused(ctx, reached, refused);
  });
  await propose(job, reached);
}

/** What nobody puts right by itself is put before somebody, once, in the name of whoever had the server follow. */
async function propose({ tx, provider, tenantId }: TenantJob, { server, access }: Reached): Promise<void> {
  const ids = await tx((ctx) => unproposed(ctx, server.id));
  if (ids.length === 0 || access.followedBy === null) return;
  const { changeId } = await provider(Convergence).propose(tenantId, access.followedBy, server.id);
  await tx((ctx) => proposed(ctx, ids, changeId));
}

/** Each minute: every server that is reached over SSH; what is due is seen to, also where word of it was lost. */
export async function watchRouteServers(job: TenantJob): Promise<void> {
  const all = await job.tx(({ db, tenantId }) => db.select({ id: fabrics.id }).from(fabrics).where(eq(fabrics.tenantId, tenantId)));
  for (const { id } of all) {
    const servers = await job.tx((ctx) => reachedOn(ctx, id));
    for (const reached of servers.filter((one) => !isBusy(one, job.now())))
      await look(job, reached).catch((error: unknown) => {
        // It is on its page already.
        if (!(error instanceof Problem)) throw error;
      });
    // Also where a server is there no more that a port waited for.
    await job.tx((ctx) => settlePorts(ctx, id));
    if (servers.some(({ access }) => access.follow)) await job.tx(({ db, tenantId, provider, now }) => provider(Convergence).later(db, { tenantId, fabricId: id }, 0, now()));
  }
} // prettier-ignore
