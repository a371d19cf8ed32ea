import { asProblem, Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import type { ReadContext } from '#kernel/context.ts';
import type { Work, WorkContext } from '#kernel/work.ts';
import { markDirty } from '../applying/following.ts';
import { confirmedWish } from '../findings/repair.ts';
import { readyRoute } from '../controllers/letting.ts';
import { requireNetwork } from '../controllers/store.ts';
import type { RouteServerRow } from '../tables.ts';
import { accessOf, requireAccess } from '../ssh/talk.ts';
import { holdSeconds, writeNetwork } from './culling.ts';
import type { MaintenanceKind } from './rules.ts';
import { reload } from './reloading.ts';
import { announce, findWindow, move, notFrom, setPhases, setWindow, type Window } from './store.ts';

/** What is to be taken out of service can be, and can be brought back, by itself. */
export async function requirePossible(ctx: ReadContext, fabric: { id: string; slug: string }, kind: MaintenanceKind, servers: readonly RouteServerRow[]): Promise<void> {
  if (kind === 'fabric_cull') return void (await requireNetwork(ctx, fabric));
  for (const server of servers) {
    const { follow, followedBy } = await requireAccess(ctx, server);
    if (kind === 'rs_reload') await confirmedWish(ctx, server);
    else if (!follow || followedBy === null)
      throw new Problem('exchange-maintenance-by-hand', `"${server.handle}" is drained by itself only when changes are applied to it by themselves.`);
  }
} // prettier-ignore

/** Its controller can be written to: until it can be, the beginning waits. */
export const requireWritable = async (ctx: ReadContext, { window: { kind }, fabric }: Window): Promise<void> =>
  kind === 'fabric_cull' ? void (await readyRoute(ctx, fabric, ctx.now())) : undefined;

/** Its time has come, and is not over; nobody has begun it yet. */
export function requireDue({ window: { state, startsAt, endsAt } }: Window, now: Date): void {
  if (state !== 'planned') throw notFrom(state, 'begun');
  if (now < startsAt || now >= endsAt)
    throw new Problem('exchange-maintenance-not-due', `The maintenance is from ${startsAt.toISOString()} to ${endsAt.toISOString()}.`);
}

export const BEGUN: Readonly<Record<MaintenanceKind, 'draining' | 'active'>> = { rs_reload: 'active', rs_drain: 'draining', fabric_cull: 'active' };

/** From here on what is wanted of servers, or of the network, is another thing. */
async function take(ctx: WorkContext, id: string): Promise<Window> {
  const found = await findWindow(ctx, id, true);
  const { window, fabric } = found;
  // Taken by this Change already, before a crash.
  if (window.state !== 'planned' && window.beginChange === ctx.changeId) return found;
  requireDue(found, ctx.now());
  await move(ctx, found, BEGUN[window.kind], { beganAt: ctx.now(), beginChange: ctx.changeId });
  if (window.kind === 'rs_drain') {
    await setPhases(ctx, found, 'warning');
    await markDirty(ctx, fabric.id);
  }
  const begun = await findWindow(ctx, id);
  await announce(ctx, begun, 'begun');
  return begun;
}

export async function begin(work: Work, id: string): Promise<Window> {
  const found = await work.tx((ctx) => take(ctx, id));
  const { fabric, window } = found;
  if (window.kind === 'rs_drain') return found;
  if (window.kind === 'rs_reload') return reload(work, found);
  const { seconds } = await work.step('hold', 'Ask route servers for how long sessions hold', async () => ({
    seconds: await holdSeconds(work, fabric),
  }));
  await work.step('cull', `Keep members of ${fabric.slug} from speaking BGP with each other`, async () => {
    await writeNetwork(work, fabric);
    // It may have come to its end meanwhile, and what was written after that would stay.
    if ((await work.tx((ctx) => findWindow(ctx, id))).window.state !== 'active') await writeNetwork(work, fabric);
    return {};
  });
  return work.tx(async (ctx) => {
    await setWindow(ctx, id, { silentAt: new Date(ctx.now().getTime() + seconds * 1_000) });
    return findWindow(ctx, id);
  });
}

/** What was begun and came to nothing is taken back; the clock goes on until it is. */
export async function takeBack(ctx: WorkContext, id: string, values: Parameters<typeof move>[3] = {}): Promise<void> {
  const found = await findWindow(ctx, id, true);
  if (found.window.state === 'planned' || !(await move(ctx, found, 'ending', values))) return;
  await setPhases(ctx, found, 'serving');
  await markDirty(ctx, found.fabric.id);
}

export async function rollBack(work: Work, id: string): Promise<void> {
  const { fabric, window } = await work.tx((ctx) => findWindow(ctx, id));
  if (window.beginChange !== work.changeId || window.state === 'planned') return;
  const failed = { outcome: 'failed', detail: 'It could not be begun; what was done of it is taken back.' } as const;
  if (window.state !== 'ending') await work.tx((ctx) => takeBack(ctx, id, failed));
  if (window.kind === 'fabric_cull') await writeNetwork(work, fabric);
}

/** Whatever keeps a window from going on is said on its page. */
export async function noteTrouble(ctx: WorkContext, { window }: Window, error: unknown): Promise<void> {
  const problem = asProblem(error);
  if (problem.slug === 'internal') throw error;
  const detail = scrub(problem.message, ctx.tenantId).slice(0, 1_000);
  if (window.problemCode !== problem.slug || window.detail !== detail) await setWindow(ctx, window.id, { problemCode: problem.slug, detail });
}

/** Servers to which nothing is applied just now, although it is said that it is done by itself. */
export async function heldOf(ctx: ReadContext, servers: readonly RouteServerRow[]): Promise<string[]> {
  const held: string[] = [];
  for (const server of servers) {
    const until = (await accessOf(ctx, server.id))?.holdUntil ?? null;
    if (until !== null && until > ctx.now()) held.push(server.handle);
  }
  return held;
}
