import { and, eq, or } from '#kernel/drizzle.ts';
import { reachedOn, type Reached } from '../applying/following.ts';
import { confirmedOf } from '../applying/store.ts';
import { syncs, type SyncRow } from '../applying/tables.ts';
import { sessionsIn } from '../applying/wanted.ts';
import { findConnection, type Joined, type Place } from '../find.ts';
import { drainOf } from '../maintaining/standing.ts';
import { peerName } from '../render/peer.ts';
import { asked, findRequest, move, type Asked, type Mover as Writer } from './store.ts';
import { requests, type RequestRow } from './tables.ts';

/** So often a server may have been out of reach before a port is said to have failed; it goes on being tried. */
const PATIENCE = 3;
/** And so long it may take at the most. */
const LONGEST_MS = 10 * 60_000;

const nameOf = ({ connection, participant }: Joined): string => peerName({ asn: participant.asn, tag: connection.tag });

/** Does a server speak with a peer, by what it confirmed last? */
export async function speaks(place: Place, joined: Joined, { server }: Reached): Promise<boolean> {
  const path = `peers/${nameOf(joined)}.conf`;
  const files = (await confirmedOf(place, server.id))?.files ?? [];
  return sessionsIn(files.filter((file) => file.path === path)).some(({ disabled }) => !disabled);
}

interface Missing {
  handle: string;
  /** It is not going to have it soon. */
  isLost: boolean;
  code: string | null;
  detail: string | null;
}

function isLost({ access: { attempts } }: Reached, sync: SyncRow | undefined): boolean {
  if (sync?.state === 'blocked' && sync.problemCode === 'server-held') return true;
  // What went wrong before it was wanted anew is no news.
  return (
    sync !== undefined && attempts > 0 && (sync.state === 'failed' || sync.state === 'blocked' || (sync.state === 'retrying' && attempts >= PATIENCE))
  );
}

/** Servers to which changes are applied by themselves, and which do not speak with a peer yet. Others are applied to by people, in their own time. */
export async function missingAt(place: Place, joined: Joined): Promise<Missing[]> {
  const { db, tenantId } = place;
  const found: Missing[] = [];
  for (const reached of await reachedOn(place, joined.fabric.id)) {
    // One that is being drained speaks with nobody, and takes it up when it is back.
    if (!reached.access.follow || (await drainOf(place, reached.server.id)) !== null || (await speaks(place, joined, reached))) continue;
    const here = and(eq(syncs.tenantId, tenantId), eq(syncs.routeServerId, reached.server.id), eq(syncs.name, nameOf(joined)));
    const [sync] = await db.select().from(syncs).where(here);
    found.push({ handle: reached.server.handle, isLost: isLost(reached, sync), code: sync?.problemCode ?? null, detail: sync?.detail ?? null });
  }
  return found;
}

/** A port that was set up is active once every server that follows speaks with its peer. */
export async function activate(ctx: Writer, found: Asked): Promise<RequestRow> {
  return move(ctx, found, 'active', { provisionedAt: ctx.now(), failedStage: null, lastError: null, reason: null });
}

const words = ({ handle, detail }: Missing): string => `"${handle}" does not have it: ${detail ?? 'nothing was heard of it in time'}`;

/** Some server is not going to have it soon. It goes on being tried, and the port becomes active when it has. */
async function giveUp(ctx: Writer, found: Asked, missing: readonly Missing[]): Promise<void> {
  const code = missing.find((one) => one.code !== null)?.code ?? 'deadline-exceeded';
  const message = missing.map(words).join(' ').slice(0, 1_000);
  await move(ctx, found, 'failed', {
    failedStage: 'route_servers',
    lastError: { stage: 'route_servers', code, message, at: ctx.now().toISOString() },
  });
}

async function settle(ctx: Writer, id: string, joined: Joined): Promise<void> {
  const missing = await missingAt(ctx, joined);
  const found = await findRequest(ctx, id, true);
  const { status, statusAt } = found.request;
  if (missing.length === 0) {
    if (status === 'failed') await activate(ctx, { ...found, request: await move(ctx, found, 'provisioning') });
    if (status === 'provisioning') await activate(ctx, found);
    return;
  }
  const isOver = ctx.now().getTime() - statusAt.getTime() > LONGEST_MS;
  if (status === 'provisioning' && (isOver || missing.every((one) => one.isLost))) await giveUp(ctx, found, missing);
}

/** Ports that wait for nothing but route servers, also those that had failed because one of them did not have it. */
export async function finishJoining(ctx: Writer, fabricId: string): Promise<void> {
  const waiting = or(eq(requests.status, 'provisioning'), and(eq(requests.status, 'failed'), eq(requests.failedStage, 'route_servers')));
  for (const { request } of await asked(ctx).where(and(eq(requests.tenantId, ctx.tenantId), eq(requests.fabricId, fabricId), waiting))) {
    if (request.connectionId === null) continue;
    const joined = await findConnection(ctx, request.connectionId);
    // Before it is, its Change is at work on the address or the node.
    if (joined.connection.state === 'active') await settle(ctx, request.id, joined);
  }
}
