import type { TenantJob } from '#kernel/module.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work } from '#kernel/work.ts';
import { carry } from '../applying/carry.ts';
import { findReached } from '../applying/reading.ts';
import { isEstablished, seenIn } from '../applying/seen.ts';
import { confirmedOf } from '../applying/store.ts';
import { sessionsIn } from '../applying/wanted.ts';
import { confirmedWish } from '../findings/repair.ts';
import { toldUp } from '../observing/sessions.ts';
import { SshLines } from '../providers/ssh/port.ts';
import { accessOf, speaking } from '../ssh/talk.ts';
import type { RouteServerRow } from '../tables.ts';
import { findWindow, setPhase, setWindow, type Window } from './store.ts';

/** What each server confirmed last is loaded once more, one server after the other: one that does not take it now is none to be restarted. */
export async function reload(work: Work, { window: { id }, servers }: Window): Promise<Window> {
  for (const { server } of servers) {
    // It may have come to its end meanwhile.
    if ((await work.tx((ctx) => findWindow(ctx, id))).window.state !== 'active') break;
    const reached = await work.tx((ctx) => findReached(ctx, server.id));
    // The same steps of each server, each with a record of its own.
    const own: Work = { ...work, step: (key, ...step) => work.step(`${key} ${server.id}`, ...step) };
    // Nothing new comes to it by way of this, so that it is no generation of its own and the cause is written nowhere.
    await carry(own, reached, { wanted: (ctx) => confirmedWish(ctx, server), cause: 'repair', mayDisrupt: false });
  }
  return work.tx((ctx) => findWindow(ctx, id));
}

/** Sessions that were up when they were told of last, are still wanted, and are not up; all of them where the server does not answer. */
async function lostOn(job: TenantJob, { id }: Pick<RouteServerRow, 'id'>): Promise<string[]> {
  const { told, confirmed, access } = await job.tx(async (ctx) => ({
    told: await toldUp(ctx, id),
    confirmed: await confirmedOf(ctx, id),
    access: await accessOf(ctx, id),
  }));
  const wanted = new Set(sessionsIn(confirmed?.files ?? []).flatMap(({ name, disabled }) => (disabled ? [] : [name])));
  const look = async (): Promise<string[]> =>
    access
      ? speaking(job, access, async (verbs) =>
          seenIn(await verbs.status())
            .protocols.filter(isEstablished)
            .map(({ name }) => name),
        )
      : [];
  const up = new Set(
    await look().catch((error: unknown) => {
      if (error instanceof Problem) return [];
      throw error;
    }),
  );
  return told.filter((name) => wanted.has(name) && !up.has(name));
}

/** After the end: writes down of each server which sessions are not back, once all are or they have had their time. Answers whether that is known of all. */
export async function settleReload(job: TenantJob, { window, servers }: Window): Promise<boolean> {
  const { backMs } = job.provider(SshLines).timing;
  const waits: string[] = [];
  for (const { drain, server } of servers.filter((one) => one.drain.lost === null)) {
    const lost = await lostOn(job, server);
    const lookedAt = drain.lookedAt ?? job.now();
    const isOver = lost.length === 0 || job.now().getTime() - lookedAt.getTime() >= backMs;
    await job.tx((ctx) => setPhase(ctx, drain, { lookedAt, ...(isOver ? { lost } : {}) }));
    if (!isOver) waits.push(`"${server.handle}" (${lost.length})`);
  }
  if (waits.length === 0) return true;
  const detail = `Waits for sessions to come back on ${waits.join(', ')}.`;
  if (window.outcome !== 'failed' && window.detail !== detail) await job.tx((ctx) => setWindow(ctx, window.id, { detail }));
  return false;
}

/** What is said of sessions that are not back; undefined where all are. */
export function lossOf({ servers }: Window): { detail: string; sessions: { routeServer: string; protocol: string }[] } | undefined {
  const sessions = servers.flatMap(({ drain, server }) => (drain.lost ?? []).map((protocol) => ({ routeServer: server.handle, protocol })));
  if (sessions.length === 0) return undefined;
  const named = sessions.slice(0, 20).map(({ routeServer, protocol }) => `${protocol} on "${routeServer}"`);
  const more = sessions.length > named.length ? ` and ${sessions.length - named.length} more` : '';
  return { detail: `Sessions that are not back: ${named.join(', ')}${more}.`, sessions };
}
