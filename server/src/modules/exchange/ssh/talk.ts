import { asProblem, Problem } from '#kernel/problem.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { scrub, taint } from '#kernel/taint.ts';
import { TokenSealing, type Outside } from '../controllers/talk.ts';
import { SshLines, type SshLine } from '../providers/ssh/port.ts';
import type { Place } from '../find.ts';
import type { FindingClass } from '../findings/schemas.ts';
import { findOnServer, keepFindings } from '../findings/store.ts';
import { routeServers } from '../tables.ts';
import { accesses, type AccessRow } from './tables.ts';
import { verbsOf, type Hello, type Verbs } from './verbs.ts';

/** Where the private key is sealed. */
export const keyPlace = ({ tenantId, id }: Pick<AccessRow, 'tenantId' | 'id'>) => ({
  tenantId,
  table: 'exchange_route_server_access',
  row: id,
  field: 'private_key_sealed',
});

export async function accessOf({ db, tenantId }: Place, routeServerId: string): Promise<AccessRow | undefined> {
  const [row] = await db
    .select()
    .from(accesses)
    .where(and(eq(accesses.tenantId, tenantId), eq(accesses.routeServerId, routeServerId)));
  return row;
}

export async function requireAccess(place: Place, server: { id: string; handle: string }): Promise<AccessRow> {
  const row = await accessOf(place, server.id);
  if (!row) throw new Problem('ssh-not-set-up', `How "${server.handle}" is reached is not recorded. Record it with exchange.routeServers.connect.`);
  return row;
}

/** The short name of the server, by which the log is read. */
async function handleOf({ db, tenantId }: Place, { routeServerId }: AccessRow): Promise<string | undefined> {
  const [row] = await db
    .select({ handle: routeServers.handle })
    .from(routeServers)
    .where(and(eq(routeServers.tenantId, tenantId), eq(routeServers.id, routeServerId)));
  return row?.handle;
}

/** It shows the key that was recorded. */
const KEYS: ReadonlySet<FindingClass> = new Set<FindingClass>(['host_key_changed']);

/** Keeps what is known of the server's state, so that pages show it when the server is away. */
async function note({ tx }: Outside, row: AccessRow, values: Partial<AccessRow>): Promise<void> {
  await tx(async (ctx) => {
    const { db, tenantId, now, emit } = ctx;
    const [known] = await db.select({ state: accesses.state, serverId: accesses.routeServerId }).from(accesses).where(and(eq(accesses.tenantId, tenantId), eq(accesses.id, row.id))); // prettier-ignore
    if (!known) return;
    await db.update(accesses).set({ ...values, checkedAt: now(), updatedAt: now() }).where(and(eq(accesses.tenantId, tenantId), eq(accesses.id, row.id))); // prettier-ignore
    const { state, problemCode = null } = values;
    if (state !== undefined && state !== known.state) emit('exchange.routeServer.reached', { id: known.serverId, state, code: problemCode });
    if (problemCode === 'host-key-changed')
      await findOnServer(ctx, known.serverId, { class: 'host_key_changed', severity: 'critical', detail: values.detail ?? '' });
    else if (state === 'ready') await keepFindings(ctx, { routeServerId: known.serverId }, KEYS, []);
  });
}

const BLOCKING: ReadonlySet<string> = new Set(['host-key-changed', 'ssh-auth-failed', 'helper-mismatch', 'ssh-address-forbidden']);
const AWAY: ReadonlySet<string> = new Set(['ssh-unreachable', 'ssh-timeout', 'bird-not-running']);

/** What went wrong is said on the server's page; what passes by itself is told from what needs somebody. */
async function noteProblem(outside: Outside, row: AccessRow, error: unknown): Promise<never> {
  const problem = asProblem(error);
  const state = BLOCKING.has(problem.slug) ? 'blocked' : AWAY.has(problem.slug) ? 'unreachable' : undefined;
  if (state !== undefined) await note(outside, row, { state, problemCode: problem.slug, detail: scrub(problem.message, outside.tenantId) });
  throw error;
}

export const noteHello = (outside: Outside, row: AccessRow, { bird, generation, current }: Hello): Promise<void> =>
  note(outside, row, {
    ...(bird === null ? { state: 'unreachable', problemCode: 'bird-not-running', detail: 'BIRD does not answer.' } : { state: 'ready', problemCode: null, detail: null, readyAt: outside.now() }),
    birdVersion: bird,
    loadedGeneration: generation,
    currentGeneration: current,
  }); // prettier-ignore

/** Somebody at the other end. */
export interface Talk {
  /** Opens the connection and greets, the first time. What is refused is said on the server's page. */
  say: <T>(work: (verbs: Verbs, hello: Hello) => Promise<T>) => Promise<T>;
  hangUp: () => void;
}

async function greeted(outside: Outside, row: AccessRow): Promise<{ line: SshLine; verbs: Verbs; hello: Hello }> {
  const { provider, tenantId } = outside;
  const { privateKey, handle } = await outside.tx(async (ctx) => ({
    privateKey: await provider(TokenSealing).open(ctx.db, keyPlace(row), row.privateKey),
    handle: await handleOf(ctx, row),
  }));
  taint(privateKey, 'key of a route server', tenantId);
  const line = await provider(SshLines).open(tenantId, { ...row, privateKey, handle });
  try {
    const verbs = verbsOf(line);
    const hello = await verbs.hello();
    await noteHello(outside, row, hello);
    return { line, verbs, hello };
  } catch (error) {
    line.close();
    throw error;
  }
}

/** One connection for all that is to be said, from when the first of it is until somebody hangs up. */
export function talkTo(outside: Outside, row: AccessRow): Talk {
  let talk: Awaited<ReturnType<typeof greeted>> | undefined;
  return {
    async say(work) {
      try {
        talk ??= await greeted(outside, row);
        return await work(talk.verbs, talk.hello);
      } catch (error) {
        return await noteProblem(outside, row, error);
      }
    },
    hangUp: () => talk?.line.close(),
  };
}

/** Opens a connection, greets and hands the verbs on; closes it whatever happens. */
export async function speaking<T>(outside: Outside, row: AccessRow, work: (verbs: Verbs, hello: Hello) => Promise<T>): Promise<T> {
  const talk = talkTo(outside, row);
  try {
    return await talk.say(work);
  } finally {
    talk.hangUp();
  }
}
