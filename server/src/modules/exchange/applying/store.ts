import type { z } from 'zod';
import { and, desc, eq, inArray, lt } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { connections, participants } from '../tables.ts';
import type { Place } from '../find.ts';
import { peerName } from '../render/peer.ts';
import { digestOf, type BundleFile } from '../ssh/tar.ts';
import './problems.ts';
import type { Generation, Sync, SyncState } from './schemas.ts';
import { generations, syncs, type GenerationRow, type SyncRow } from './tables.ts';

const ofServer = (tenantId: string, routeServerId: string) => and(eq(generations.tenantId, tenantId), eq(generations.routeServerId, routeServerId));
export const syncsOf = (tenantId: string, routeServerId: string) => and(eq(syncs.tenantId, tenantId), eq(syncs.routeServerId, routeServerId));

/** The one that the server is known to have taken last. */
export async function confirmedOf({ db, tenantId }: Place, routeServerId: string): Promise<GenerationRow | undefined> {
  const [row] = await db
    .select()
    .from(generations)
    .where(and(ofServer(tenantId, routeServerId), eq(generations.state, 'confirmed')))
    .orderBy(desc(generations.number))
    .limit(1);
  return row;
}

export async function nextNumber({ db, tenantId }: Place, routeServerId: string): Promise<number> {
  const [row] = await db.select({ number: generations.number }).from(generations).where(ofServer(tenantId, routeServerId)).orderBy(desc(generations.number)).limit(1); // prettier-ignore
  return (row?.number ?? 0) + 1;
}

/** Texts of generations are kept for the last fifty (exchange.md 19). */
export async function forgetOld({ db, tenantId }: Place, routeServerId: string, number: number): Promise<void> {
  await db
    .update(generations)
    .set({ files: [] })
    .where(and(ofServer(tenantId, routeServerId), lt(generations.number, number - 50)));
}

const peerFiles = (files: readonly BundleFile[]): Map<string, string> =>
  new Map(
    files.filter(({ path }) => path.startsWith('peers/')).map(({ path, content }) => [path.replace(/^peers\/|\.conf$/g, ''), digestOf(content)]),
  );

type Writer = Pick<WorkContext, 'db' | 'tenantId' | 'now'>;

async function peersOf({ db, tenantId }: Writer, fabricId: string): Promise<Map<string, { asn: number; connectionId: string }>> {
  const rows = await db
    .select({ id: connections.id, tag: connections.tag, asn: participants.asn })
    .from(connections)
    .innerJoin(participants, and(eq(participants.tenantId, connections.tenantId), eq(participants.id, connections.participantId)))
    .where(and(eq(connections.tenantId, tenantId), eq(connections.fabricId, fabricId)));
  return new Map(rows.map(({ id, tag, asn }) => [peerName({ asn, tag }), { asn, connectionId: id }]));
}

/** Of each peer, what is wanted on this server from now on; what is there already stays as it is. */
export async function wantPeers(ctx: Writer, server: { id: string; fabricId: string }, files: readonly BundleFile[]): Promise<void> {
  const { db, tenantId, now } = ctx;
  const wanted = peerFiles(files);
  const known = new Map((await db.select().from(syncs).where(syncsOf(tenantId, server.id))).map((row) => [row.name, row]));
  const who = await peersOf(ctx, server.fabricId);
  const fresh = [...wanted].filter(([name]) => !known.has(name));
  if (fresh.length > 0)
    await db.insert(syncs).values(
      fresh.map(([name, desiredDigest]) => ({ tenantId, id: newId(), routeServerId: server.id, name, asn: who.get(name)?.asn ?? 0, connectionId: who.get(name)?.connectionId ?? null, desiredDigest, state: 'pending' as const, createdAt: now(), updatedAt: now() })),
    ).onConflictDoNothing(); // prettier-ignore
  for (const row of known.values()) await wantPeer(ctx, row, wanted.get(row.name) ?? null);
}

/** A peer of which nothing is wanted any more, and nothing is there, is forgotten. */
async function wantPeer({ db, tenantId, now }: Writer, row: SyncRow, desiredDigest: string | null): Promise<void> {
  const mine = and(eq(syncs.tenantId, tenantId), eq(syncs.id, row.id));
  if (desiredDigest === null && row.appliedDigest === null) return void (await db.delete(syncs).where(mine));
  if (desiredDigest === row.desiredDigest) return;
  const state: SyncState = desiredDigest === null ? 'removing' : desiredDigest === row.appliedDigest ? 'applied' : 'pending';
  await db.update(syncs).set({ desiredDigest, state, problemCode: null, detail: null, updatedAt: now() }).where(mine);
}

/** All that is not as it should be on the server yet is in this state now. */
export async function markPeers({ db, tenantId, now }: Writer, routeServerId: string, state: SyncState, problem: { slug: string; message: string } | null): Promise<void> {
  const open: SyncState[] = ['pending', 'applying', 'retrying', 'blocked', 'failed'];
  await db
    .update(syncs)
    .set({ state, problemCode: problem?.slug ?? null, detail: problem?.message ?? null, updatedAt: now() })
    .where(and(syncsOf(tenantId, routeServerId), inArray(syncs.state, open)));
} // prettier-ignore

/** The server has confirmed these files: what they hold is there, and what they do not hold is gone. */
export async function havePeers({ db, tenantId, now }: Writer, routeServerId: string, files: readonly BundleFile[], number: number): Promise<void> {
  const there = peerFiles(files);
  for (const row of await db.select().from(syncs).where(syncsOf(tenantId, routeServerId))) {
    const mine = and(eq(syncs.tenantId, tenantId), eq(syncs.id, row.id));
    const appliedDigest = there.get(row.name) ?? null;
    if (appliedDigest === null && row.desiredDigest === null) {
      await db.delete(syncs).where(mine);
      continue;
    }
    const state: SyncState = row.desiredDigest === null ? 'removing' : appliedDigest === row.desiredDigest ? 'applied' : 'pending';
    const isSame = row.appliedDigest === appliedDigest && row.state === state;
    if (!isSame) await db.update(syncs).set({ appliedDigest, appliedGeneration: appliedDigest === null ? null : number, state, problemCode: null, detail: null, updatedAt: now() }).where(mine); // prettier-ignore
  }
}

/** One that the server had confirmed, with its text. */
export async function findGeneration({ db, tenantId }: Place, server: { id: string; handle: string }, number: number): Promise<GenerationRow> {
  const [row] = await db
    .select()
    .from(generations)
    .where(and(ofServer(tenantId, server.id), eq(generations.number, number)));
  if (!row || row.files.length === 0) throw new Problem('exchange-generation-not-found', `"${server.handle}" has no generation ${number} whose text is kept.`); // prettier-ignore
  return row;
}

export const generationView = ({ tenantId: _tenant, routeServerId: _server, files: _files, wish: _wish, updatedAt: _updated, ...row }: GenerationRow, routeServer: string): z.input<typeof Generation> => ({
  ...row,
  routeServer,
  confirmedAt: row.confirmedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
}); // prettier-ignore

export const syncView = (row: SyncRow, routeServer: string): z.input<typeof Sync> => ({
  id: row.id,
  routeServer,
  name: row.name,
  asn: row.asn,
  connectionId: row.connectionId,
  state: row.state,
  isWanted: row.desiredDigest !== null,
  appliedGeneration: row.appliedGeneration,
  problemCode: row.problemCode,
  detail: row.detail,
  updatedAt: row.updatedAt.toISOString(),
});
