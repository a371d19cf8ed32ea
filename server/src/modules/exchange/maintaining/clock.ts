import type { TenantJob } from '#kernel/module.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { markDirty } from '../applying/following.ts';
import { confirmedOf } from '../applying/store.ts';
import { sessionsIn } from '../applying/wanted.ts';
import type { Place } from '../find.ts';
import { SshLines } from '../providers/ssh/port.ts';
import { GRACEFUL } from '../render/policy.ts';
import type { RouteServerRow } from '../tables.ts';
import { noteTrouble, takeBack } from './beginning.ts';
import { writeNetwork } from './culling.ts';
import { Maintaining } from './port.ts';
import { NOTICE_MS, RUNNING, type Phase } from './rules.ts';
import { lossOf, settleReload } from './reloading.ts';
import { announce, currentWindows, findWindow, move, setPhase, setWindow, type Window } from './store.ts';

/** What could not be asked for, or came to nothing, is asked for again after a while. */
const ASKED_MS = 15 * 60_000;

/** How far a server has come, by what it confirmed last. */
async function phaseAt(place: Place, { id }: Pick<RouteServerRow, 'id'>): Promise<Phase> {
  const files = (await confirmedOf(place, id))?.files ?? [];
  if (!files.some(({ path, content }) => path === 'base.conf' && content.includes(GRACEFUL))) return 'serving';
  return sessionsIn(files).every(({ disabled }) => disabled) ? 'stopped' : 'warning';
}

/** It never began, and its time is over. */
async function miss(ctx: WorkContext, id: string): Promise<void> {
  const found = await findWindow(ctx, id, true);
  if (found.window.state !== 'planned') return;
  const { problemCode, detail } = found.window;
  await move(ctx, found, 'failed', { endedAt: ctx.now(), problemCode, detail: detail ?? 'It was not begun in its time.' });
  await announce(ctx, await findWindow(ctx, id), 'failed');
}

async function remind(ctx: WorkContext, id: string): Promise<void> {
  const found = await findWindow(ctx, id, true);
  if (found.window.state !== 'planned' || found.window.remindedAt !== null) return;
  await setWindow(ctx, id, { remindedAt: ctx.now() });
  await announce(ctx, found, 'reminded');
}

async function whenPlanned(job: TenantJob, { window }: Window): Promise<void> {
  const { id, startsAt, endsAt, askedAt, plannedBy, remindedAt, beginChange } = window;
  const now = job.now();
  if (now >= endsAt) return job.tx((ctx) => miss(ctx, id));
  if (now < startsAt) {
    if (remindedAt === null && startsAt.getTime() - now.getTime() <= NOTICE_MS) await job.tx((ctx) => remind(ctx, id));
    return;
  }
  // Somebody has to agree, and has been asked.
  if (beginChange !== null) return;
  if (askedAt !== null && now.getTime() - askedAt.getTime() < ASKED_MS) return;
  // Said before: whoever carries it out may be faster than we are.
  await job.tx((ctx) => setWindow(ctx, id, { askedAt: now }));
  const { changeId, isWaiting } = await job.provider(Maintaining).begin(job.tenantId, plannedBy, id);
  if (isWaiting) await job.tx((ctx) => setWindow(ctx, id, { beginChange: changeId, problemCode: null, detail: null }));
}

/** Each server by itself: warned, then after a while stopped. */
async function whenDraining(ctx: WorkContext, id: string): Promise<void> {
  const found = await findWindow(ctx, id, true);
  if (found.window.state !== 'draining') return;
  const { drainMs } = ctx.provider(SshLines).timing;
  let left = 0;
  for (const { drain, server } of found.servers) {
    const there = await phaseAt(ctx, server);
    if (drain.phase === 'warning') {
      const isDue = drain.warnedAt !== null && ctx.now().getTime() - drain.warnedAt.getTime() >= drainMs;
      if (drain.warnedAt === null && there !== 'serving') await setPhase(ctx, drain, { warnedAt: ctx.now() });
      if (isDue) await setPhase(ctx, drain, { phase: 'stopped' });
      if (isDue) await markDirty(ctx, found.fabric.id);
      left += 1;
    } else if (there !== 'stopped') left += 1;
    else if (drain.stoppedAt === null) await setPhase(ctx, drain, { stoppedAt: ctx.now() });
  }
  if (left > 0) return;
  await move(ctx, found, 'drained');
  await announce(ctx, await findWindow(ctx, id), 'drained');
}

async function finish(ctx: WorkContext, id: string): Promise<void> {
  const found = await findWindow(ctx, id, true);
  const { state, outcome, detail } = found.window;
  if (state !== 'ending') return;
  const loss = lossOf(found);
  const said = [outcome === 'failed' ? detail : null, loss?.detail].filter(Boolean).join(' ');
  await move(ctx, found, outcome, { endedAt: ctx.now(), detail: said || null });
  const over = await findWindow(ctx, id);
  await announce(ctx, over, outcome);
  if (loss) await announce(ctx, over, 'sessions_lost', { sessions: loss.sessions, unknown: loss.unknown });
}

/** Everything is as it was once each server has confirmed that, and the network has. */
async function whenEnding(job: TenantJob, { window, fabric, servers }: Window): Promise<void> {
  if (window.kind === 'fabric_cull') await writeNetwork(job, fabric);
  if (window.kind === 'rs_reload') {
    // One that could not be begun was no reload: what is amiss then is told of as ever.
    if (window.outcome === 'failed' || (await settleReload(job, { window, fabric, servers }))) await job.tx((ctx) => finish(ctx, window.id));
    return;
  }
  const waits: string[] = [];
  for (const { server } of servers) if ((await job.tx((ctx) => phaseAt(ctx, server))) !== 'serving') waits.push(`"${server.handle}"`);
  if (waits.length === 0) return job.tx((ctx) => finish(ctx, window.id));
  const detail = `Waits until it is loaded on ${waits.join(', ')}.`;
  if (window.outcome !== 'failed' && window.detail !== detail) await job.tx((ctx) => setWindow(ctx, window.id, { detail }));
}

async function step(job: TenantJob, found: Window): Promise<void> {
  const { id, state, endsAt } = found.window;
  if (RUNNING.includes(state) && job.now() >= endsAt) {
    await job.tx((ctx) => takeBack(ctx, id));
    return whenEnding(job, await job.tx((ctx) => findWindow(ctx, id)));
  }
  if (state === 'planned') return whenPlanned(job, found);
  if (state === 'draining') return job.tx((ctx) => whenDraining(ctx, id));
  if (state === 'ending') return whenEnding(job, found);
}

/**
 * Each minute: what is due of every window. It begins by a Change in the name of whoever planned it; that it ends was agreed to with it, and
 * needs nobody: what is out of service comes back, also when the process that took it out is no more.
 */
export async function watchMaintenance(job: TenantJob): Promise<void> {
  for (const found of await job.tx((ctx) => currentWindows(ctx)))
    await step(job, found).catch(async (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      await job.tx(async (ctx) => noteTrouble(ctx, await findWindow(ctx, found.window.id), error));
    });
}
