import { and, asc, eq, inArray, isNull, ne, or } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Reached } from '../applying/following.ts';
import { isEstablished, peerOf, type Seen } from '../applying/seen.ts';
import { joined, type Joined, type Place } from '../find.ts';
import { requests } from '../joining/tables.ts';
import { isReloaded } from '../maintaining/standing.ts';
import { peerName } from '../render/peer.ts';
import { accesses } from '../ssh/tables.ts';
import { connections } from '../tables.ts';
import { healthOf, isNews, stepOf, type Health, type SessionState } from './rules.ts';
import { memberSessions, type SessionRow } from './tables.ts';

type Writer = Pick<WorkContext, 'db' | 'tenantId' | 'now' | 'emit'>;

/** Connections of a fabric by their names on its route servers. */
export async function peersOn({ db, tenantId }: Pick<Writer, 'db' | 'tenantId'>, fabricId: string): Promise<Map<string, Joined>> {
  const rows = await joined({ db, tenantId }).where(and(eq(connections.tenantId, tenantId), eq(connections.fabricId, fabricId)));
  return new Map(rows.map((row) => [peerName({ asn: row.participant.asn, tag: row.connection.tag }), row]));
}

const ofServer = ({ tenantId }: Pick<Writer, 'tenantId'>, routeServerId: string) =>
  and(eq(memberSessions.tenantId, tenantId), eq(memberSessions.routeServerId, routeServerId));
const mine = ({ tenantId }: Pick<Writer, 'tenantId'>, { id }: Pick<SessionRow, 'id'>) =>
  and(eq(memberSessions.tenantId, tenantId), eq(memberSessions.id, id));

/** How each session of a member is on the server now, by its name. */
function statesIn({ protocols }: Seen, peers: ReadonlyMap<string, Joined>): Map<string, { state: SessionState; connectionId: string }> {
  const found = protocols.flatMap((one) => {
    const peer = one.kind === 'BGP' && one.name.startsWith('sy_') ? peers.get(peerOf(one)) : undefined;
    return peer ? [[one.name, { state: isEstablished(one) ? 'up' : 'down', connectionId: peer.connection.id }] as const] : [];
  });
  return new Map(found);
}

/** Sessions that were not known yet: down, until something else is told. What a server has that was served before we looked is no news. */
async function meet(ctx: Writer, { server, access }: Reached, states: ReturnType<typeof statesIn>, known: readonly SessionRow[]): Promise<SessionRow[]> {
  const { db, tenantId, now } = ctx;
  const names = new Set(known.map(({ protocol }) => protocol));
  const fresh = [...states].filter(([name]) => !names.has(name));
  const isNew = access.sessionsKnown;
  const rows = fresh.map(([protocol, { state, connectionId }]) => ({ tenantId, id: newId(), routeServerId: server.id, connectionId, protocol, told: isNew ? ('down' as const) : state, createdAt: now(), updatedAt: now() }));
  if (!isNew) await db.update(accesses).set({ sessionsKnown: true }).where(and(eq(accesses.tenantId, tenantId), eq(accesses.id, access.id)));
  return rows.length === 0 ? [] : db.insert(memberSessions).values(rows).onConflictDoNothing().returning();
} // prettier-ignore

/** Told by whoever is first to write it down: another who looks at the same time finds it told. */
async function tell(ctx: Writer, { server, fabric }: Reached, row: SessionRow, state: SessionState, peer: Joined | undefined): Promise<void> {
  const { db, tenantId, now, emit } = ctx;
  const next = { told: state, toldAt: now(), seen: null, seenAt: null, updatedAt: now() };
  const [told] = await db
    .update(memberSessions)
    .set(next)
    .where(and(mine(ctx, row), ne(memberSessions.told, state)))
    .returning({ id: memberSessions.id });
  if (!told) return;
  const { asn } = peer?.participant ?? (await networkOf(ctx, row.connectionId));
  const portId = await portOf({ db, tenantId }, row.connectionId);
  const summary = `AS${asn} on ${server.handle}: session ${row.protocol} is ${state}`;
  const where = { routeServerId: server.id, routeServer: server.handle, fabricId: fabric.id, fabric: fabric.slug };
  emit(`exchange.session.${state}`, { portId, connectionId: row.connectionId, asn, protocol: row.protocol, ...where, since: (row.seenAt ?? now()).toISOString(), summary }); // prettier-ignore
}

async function networkOf({ db, tenantId }: Pick<Writer, 'db' | 'tenantId'>, connectionId: string): Promise<{ asn: number }> {
  const [row] = await joined({ db, tenantId }).where(and(eq(connections.tenantId, tenantId), eq(connections.id, connectionId)));
  return { asn: row?.participant.asn ?? 0 };
}

/** The port that a connection is of; null where nobody asked for it. */
export async function portOf({ db, tenantId }: Pick<Writer, 'db' | 'tenantId'>, connectionId: string): Promise<string | null> {
  const [row] = await db.select({ id: requests.id }).from(requests).where(and(eq(requests.tenantId, tenantId), eq(requests.connectionId, connectionId))); // prettier-ignore
  return row?.id ?? null;
}

/** How a port is by all of its sessions, as they were told. Whoever calls holds its connection. */
async function settleHealth(ctx: Writer, connectionId: string, isSilent: boolean): Promise<void> {
  const { db, tenantId, emit } = ctx;
  const here = and(eq(connections.tenantId, tenantId), eq(connections.id, connectionId));
  const states = await db.select({ told: memberSessions.told }).from(memberSessions).where(and(eq(memberSessions.tenantId, tenantId), eq(memberSessions.connectionId, connectionId))); // prettier-ignore
  const [before] = await joined(ctx).where(here);
  if (!before) return;
  const from = before.connection.health;
  const to: Health | null = healthOf(states.map(({ told }) => told));
  if (from === to) return;
  await db.update(connections).set({ health: to }).where(here);
  if (isSilent || !isNews(from, to)) return;
  const { fabric, participant } = before;
  const up = states.filter(({ told }) => told === 'up').length;
  const summary = `AS${participant.asn} on ${fabric.slug}: ${to ?? 'not on any route server'}, ${up} of ${states.length} sessions up`;
  emit('exchange.port.health_changed', { portId: await portOf(ctx, connectionId), connectionId, asn: participant.asn, fabricId: fabric.id, fabric: fabric.slug, from, to, up, sessions: states.length, summary }); // prettier-ignore
}

type Step = ReturnType<typeof stepOf>;
interface Due {
  row: SessionRow;
  is: SessionState;
  isGone: boolean;
  step: Step;
}

async function take(ctx: Writer, reached: Reached, { row, is, isGone, step }: Due, peer: Joined | undefined): Promise<void> {
  const { db, now } = ctx;
  if (step === 'tell') await tell(ctx, reached, row, is, peer);
  if (step === 'remember') await db.update(memberSessions).set({ seen: is, seenAt: now(), updatedAt: now() }).where(and(mine(ctx, row), or(isNull(memberSessions.seen), ne(memberSessions.seen, is)))); // prettier-ignore
  if (step === 'forget') await db.update(memberSessions).set({ seen: null, seenAt: null, updatedAt: now() }).where(mine(ctx, row));
  // It was told that it is down, and it is not there any more.
  if (isGone && (step === 'tell' || row.told === 'down')) await db.delete(memberSessions).where(mine(ctx, row));
}

/** Before their sessions, and always in the same order: who looks at another server of the fabric may be about to tell of the same port. */
async function holdConnections({ db, tenantId }: Writer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const those = and(eq(connections.tenantId, tenantId), inArray(connections.id, [...ids]));
  await db.select({ id: connections.id }).from(connections).where(those).orderBy(asc(connections.id)).for('no key update');
}

/** Names of the sessions on a server that were up when they were told of last. */
export async function toldUp(place: Place, routeServerId: string): Promise<string[]> {
  const rows = await place.db
    .select({ protocol: memberSessions.protocol })
    .from(memberSessions)
    .where(and(ofServer(place, routeServerId), eq(memberSessions.told, 'up')))
    .orderBy(asc(memberSessions.protocol));
  return rows.map(({ protocol }) => protocol);
}

/** One look at the sessions of a server: what has been another thing for a while is told, once, whoever else looks. */
export async function keepSessions(ctx: Writer, reached: Reached, seen: Seen): Promise<void> {
  const { db, now } = ctx;
  const peers = await peersOn(ctx, reached.fabric.id);
  const states = statesIn(seen, peers);
  const known = await db.select().from(memberSessions).where(ofServer(ctx, reached.server.id));
  const met = await meet(ctx, reached, states, known);
  const isExpected = await isReloaded(ctx, reached.server.id);
  const due: Due[] = [...known, ...met].map((row) => {
    const is = states.get(row.protocol)?.state ?? 'down';
    const [isGone, step] = [!states.has(row.protocol), stepOf(row, is, now())];
    // As was told beforehand; what is not back after it is told with the first look then.
    return { row, is, isGone, step: isExpected && is === 'down' && !isGone && step === 'tell' ? 'none' : step };
  });
  const moved = due.filter(({ step, isGone }) => step === 'tell' || isGone);
  const concerned = new Set([...met, ...moved.map(({ row }) => row)].map(({ connectionId }) => connectionId));
  await holdConnections(ctx, [...concerned]);
  for (const one of due) await take(ctx, reached, one, peers.get(peerOf({ name: one.row.protocol })));
  for (const id of concerned) await settleHealth(ctx, id, !reached.access.sessionsKnown);
}
