import { asProblem, Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import type { Outside } from '../controllers/talk.ts';
import { SshLines } from '../providers/ssh/port.ts';
import { speaking } from '../ssh/talk.ts';
import type { Hello } from '../ssh/verbs.ts';
import { requireUntainted } from './carry.ts';
import { isLeftToPeople } from '../findings/servers.ts';
import { isMended, stateFindings } from './compare.ts';
import { reachedOn, setAccess, type Reached } from './following.ts';
import { noteConfirmed, noteFailure, settleUnknown } from './notes.ts';
import { Convergence } from './port.ts';
import { confirmedOf, markPeers, wantPeers } from './store.ts';
import { wantedOf, type Wanted } from './wanted.ts';

/** Whoever has to agree may take this long before it is asked for again. */
const WAITING_MS = 24 * 3_600_000;
const QUEUED_MS = 15 * 60_000;
/** However often things change, so long is the longest that they wait to be applied together. */
const MOST_QUIET = 5;

type Next = 'next' | 'stop' | { afterMs: number };

async function held({ tx }: Outside, { server, access }: Reached, now: Date): Promise<boolean> {
  if (access.holdUntil === null || access.holdUntil <= now) return false;
  const message = `Held until ${access.holdUntil.toISOString()}${access.holdReason === null ? '' : `: ${access.holdReason}`}.`;
  await tx((ctx) => markPeers(ctx, server.id, 'blocked', { slug: 'server-held', message }));
  return true;
}

/** Is it there already, all of it? Then nothing is to be done. */
async function isThere(outside: Outside, reached: Reached, wanted: Wanted, hello: Hello): Promise<boolean> {
  await settleUnknown(outside, reached, hello);
  const confirmed = await outside.tx((ctx) => confirmedOf(ctx, reached.server.id));
  if (confirmed?.sha256 !== wanted.sha256 || stateFindings(hello, confirmed).length > 0 || reached.access.findings.some(isMended)) return false;
  await noteConfirmed(outside, reached, confirmed.number, reached.access.dirtyCount);
  return true;
}

/** Nothing new is wanted, and what differs is not put right by itself. */
const isLeft = (outside: Outside, { server, access }: Reached, wanted: Wanted): Promise<boolean> =>
  outside.tx(async (ctx) => {
    if ((await confirmedOf(ctx, server.id))?.sha256 !== wanted.sha256 || !(await isLeftToPeople(ctx, server.id))) return false;
    await setAccess(ctx, access.id, { dirtySince: null, attempts: 0, nextAttemptAt: null });
    return true;
  });

/** Asks for it in the name of whoever had the server follow; the rules may want somebody to agree. */
async function ask(outside: Outside, { server, access }: Reached): Promise<void> {
  const until = (ms: number): Date => new Date(outside.now().getTime() + ms);
  // Said before: whoever carries it out may be faster than we are, and says when it has ended.
  await outside.tx((ctx) => setAccess(ctx, access.id, { applyingUntil: until(QUEUED_MS) }));
  const { changeId, isWaiting } = await outside.provider(Convergence).ask(outside.tenantId, access.followedBy!, server.id);
  if (isWaiting) await outside.tx((ctx) => setAccess(ctx, access.id, { applyingChange: changeId, applyingUntil: until(WAITING_MS) }));
}

function quietMs({ access }: Reached, now: Date, quiet: number): number {
  const sinceLast = now.getTime() - (access.dirtyAt?.getTime() ?? 0);
  const sinceFirst = now.getTime() - (access.dirtySince?.getTime() ?? 0);
  return sinceFirst >= MOST_QUIET * quiet ? 0 : Math.max(0, quiet - sinceLast);
}

/** What cannot be done to it now, or not yet. */
function notNow({ access }: Reached, now: Date, quiet: number): Next | undefined {
  if (access.dirtySince === null || !access.follow || access.followedBy === null) return 'next';
  // One server of a fabric at a time: its end looks at the next.
  if (access.applyingUntil !== null && access.applyingUntil > now) return 'stop';
  const wait = quietMs({ access } as Reached, now, quiet);
  if (wait > 0) return { afterMs: wait };
  return access.nextAttemptAt !== null && access.nextAttemptAt > now ? 'next' : undefined;
}

async function one(outside: Outside, reached: Reached): Promise<Next> {
  const now = outside.now();
  const early = notNow(reached, now, outside.provider(SshLines).timing.quietMs);
  if (early !== undefined) return early;
  try {
    // What is wanted is written down first: it is wanted of a server that is away or held, too.
    const wanted = await outside.tx(async (ctx) => {
      const found = await wantedOf(ctx, reached);
      await wantPeers(ctx, reached.server, found.files);
      return found;
    });
    if (await held(outside, reached, now)) return 'next';
    const hello = await speaking(outside, reached.access, async (_verbs, said) => said);
    if (hello.bird === null) throw new Problem('bird-not-running', 'BIRD does not answer.');
    // Somebody's timer, or ours that nobody confirmed: it is over by itself.
    if (hello.pending) return { afterMs: ((hello.undoIn ?? 1) + 1) * 1_000 };
    if ((await isThere(outside, reached, wanted, hello)) || (await isLeft(outside, reached, wanted))) return 'next';
    await outside.tx((ctx) => requireUntainted(ctx, reached, wanted.wish));
    await ask(outside, reached);
    return 'stop';
  } catch (error) {
    const problem = asProblem(error);
    if (problem.slug === 'internal') throw error;
    // Out of reach, or refused: that is nothing to the others.
    await noteFailure(outside, reached, null, new Problem(problem.slug, scrub(problem.message, outside.tenantId), problem.extras));
    return 'next';
  }
}

/** The servers of a fabric in their order, one at a time; whoever carries out the Change of one comes back here at its end. */
export async function convergeFabric(outside: Outside, fabricId: string): Promise<void> {
  for (const reached of await outside.tx((ctx) => reachedOn(ctx, fabricId))) {
    const next = await one(outside, reached);
    if (next === 'stop') return;
    if (typeof next === 'object') {
      await outside.tx(({ db, tenantId, provider, now }) => provider(Convergence).later(db, { tenantId, fabricId }, next.afterMs, now()));
      return;
    }
  }
}
