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
import type { AccessRow } from '../ssh/tables.ts';
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

/** Names of the sessions that are up on a server; null where it cannot be asked. */
async function upOn(job: TenantJob, access: AccessRow | undefined): Promise<ReadonlySet<string> | null> {
  if (!access) return null;
  try {
    return await speaking(job, access, async (verbs, { bird }) => {
      const protocols = bird === null ? [] : seenIn(await verbs.status()).protocols;
      return new Set(protocols.filter(isEstablished).map(({ name }) => name));
    });
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** Sessions that were up when they were told of last, are still wanted, and are not up; null where that cannot be known. */
async function lostOn(job: TenantJob, { id }: Pick<RouteServerRow, 'id'>): Promise<string[] | null> {
  const { told, confirmed, access } = await job.tx(async (ctx) => ({
    told: await toldUp(ctx, id),
    confirmed: await confirmedOf(ctx, id),
    access: await accessOf(ctx, id),
  }));
  const wanted = new Set(sessionsIn(confirmed?.files ?? []).flatMap(({ name, disabled }) => (disabled ? [] : [name])));
  const up = await upOn(job, access);
  return up && told.filter((name) => wanted.has(name) && !up.has(name));
}

/** After the end: writes down of each server which sessions are not back, once all are or they have had their time. Answers whether it is over. */
export async function settleReload(job: TenantJob, { window, servers }: Window): Promise<boolean> {
  const { backMs } = job.provider(SshLines).timing;
  const waits: string[] = [];
  for (const { drain, server } of servers.filter((one) => one.drain.lost === null)) {
    const lost = await lostOn(job, server);
    const lookedAt = drain.lookedAt ?? job.now();
    const isOver = lost?.length === 0 || job.now().getTime() - lookedAt.getTime() >= backMs;
    await job.tx((ctx) => setPhase(ctx, drain, { lookedAt, ...(isOver ? { lost } : {}) }));
    if (!isOver) waits.push(lost === null ? `"${server.handle}", which does not answer` : `"${server.handle}" (${lost.length})`);
  }
  if (waits.length === 0) return true;
  const detail = `Waits for sessions to come back on ${waits.join(', ')}.`;
  if (window.detail !== detail) await job.tx((ctx) => setWindow(ctx, window.id, { detail }));
  return false;
}

interface Loss {
  detail: string;
  sessions: { routeServer: string; protocol: string }[];
  /** Servers that could not be asked. */
  unknown: string[];
}
/** What is said of sessions that are not back, once that was looked at; undefined where all are. */
export function lossOf({ servers }: Window): Loss | undefined {
  const sessions = servers.flatMap(({ drain, server }) => (drain.lost ?? []).map((protocol) => ({ routeServer: server.handle, protocol })));
  const unknown = servers.filter(({ drain }) => drain.lookedAt !== null && drain.lost === null).map(({ server }) => server.handle);
  if (sessions.length === 0 && unknown.length === 0) return undefined;
  const named = sessions.slice(0, 20).map(({ routeServer, protocol }) => `${protocol} on "${routeServer}"`);
  const more = sessions.length > named.length ? ` and ${sessions.length - named.length} more` : '';
  const lost = named.length > 0 ? [`Sessions that are not back: ${named.join(', ')}${more}.`] : [];
  const silent = unknown.map((handle) => `"${handle}" could not be asked whether its sessions are back.`);
  return { detail: [...lost, ...silent].join(' '), sessions, unknown };
}
