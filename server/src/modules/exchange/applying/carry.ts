import { setTimeout as pause } from 'node:timers/promises';
import { and, desc, eq, inArray } from '#kernel/drizzle.ts';
import { Figures } from '#kernel/figures.ts';
import { newId } from '#kernel/ids.ts';
import { Leases } from '#kernel/leases.ts';
import { asProblem, Problem } from '#kernel/problem.ts';
import { within } from '#kernel/whereabouts.ts';
import type { Work, WorkContext } from '#kernel/work.ts';
import { SshLines } from '../providers/ssh/port.ts';
import { bundleOfFiles } from '../ssh/tar.ts';
import { talkTo } from '../ssh/talk.ts';
import type { Hello, Verbs } from '../ssh/verbs.ts';
import { askedOf, reachedOn, setAccess, type Reached } from './following.ts';
import { impactOf, isDisruptive } from './impact.ts';
import { noteConfirmed, noteFailure } from './notes.ts';
import './problems.ts';
import { CONTENT } from './rules.ts';
import type { Cause, Impact } from './schemas.ts';
import { healthFaults, knowsOrigins, seenIn, validators, type Seen } from './seen.ts';
import { confirmedOf, markPeers, nextNumber, wantPeers } from './store.ts';
import { generations } from './tables.ts';
import { enforces, numbered, sessionsIn, type Wanted } from './wanted.ts';

const KEPT_THERE = 10;
/** After a worker's death its turn is over after so long: about when its job is given to another. */
const TURN_MS = 10_000;
const TURN_SECONDS = 480;
const LONGEST_MS = 15 * 60_000;
/** As long as BIRD waits for a confirmation when nobody says how long. */
const FOREIGN_MS = 5 * 60_000;

export interface Wish {
  wanted: (ctx: WorkContext) => Promise<Wanted>;
  cause: Cause;
  /** Somebody agreed to restart as many sessions as it takes. */
  mayDisrupt: boolean;
}

/** The text was refused by the server that goes first, or it was not well with it. */
export async function requireUntainted(ctx: WorkContext, { server, fabric }: Reached, wish: string): Promise<void> {
  const [first] = await reachedOn(ctx, fabric.id);
  if (!first || first.server.id === server.id) return;
  const [row] = await ctx.db.select().from(generations)
    .where(and(eq(generations.tenantId, ctx.tenantId), eq(generations.routeServerId, first.server.id), eq(generations.wish, wish)))
    .orderBy(desc(generations.number)).limit(1);
  if (row && row.state !== 'confirmed' && CONTENT.has(row.problemCode ?? ''))
    throw new Problem('generation-poisoned', `"${first.server.handle}" goes first, and refused this configuration as its generation ${row.number}.`, { server: first.server.handle, generation: row.number });
} // prettier-ignore

interface Made {
  number: number;
  impact: Impact;
  /** The server had it already, and has lost it. */
  isAgain: boolean;
  /** How often something had been wanted of the server before it was read what is. */
  asked: number | null;
}

/** The next generation, written down before anything is sent; the one of before, where nothing else is wanted. */
async function make(ctx: WorkContext, { server, access, ...rest }: Reached, { wanted, cause, mayDisrupt }: Wish): Promise<Made> {
  const { db, tenantId, now, changeId } = ctx;
  const asked = await askedOf(ctx, access.id);
  const { files, sha256, wish } = await wanted(ctx);
  await wantPeers(ctx, server, files);
  const before = await confirmedOf(ctx, server.id);
  const impact = impactOf(before?.files ?? [], files);
  await setAccess(ctx, access.id, { applyingChange: changeId, applyingUntil: new Date(now().getTime() + LONGEST_MS) });
  if (before?.sha256 === sha256) return { number: before.number, impact, isAgain: true, asked };
  if (cause !== 'rollback') await requireUntainted(ctx, { server, access, ...rest }, wish);
  if (!mayDisrupt && isDisruptive(impact))
    throw new Problem('apply-disruptive', `${impact.restarted.length} of ${impact.kept} sessions would restart.`);
  const number = await nextNumber(ctx, server.id);
  const sessions = sessionsIn(files).length;
  await db.insert(generations).values({ tenantId, id: newId(), routeServerId: server.id, number, sha256, wish, files, sessions, state: 'applying', cause, impact, changeId, createdAt: now(), updatedAt: now() }); // prettier-ignore
  await markPeers(ctx, server.id, 'applying', null);
  return { number, impact, isAgain: false, asked };
}

interface Step {
  work: Work;
  reached: Reached;
  files: Wanted['files'];
  made: Made;
}

const rest = ({ signal }: Work, ms: number): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => {
    throw signal.reason;
  });

/** Looks until all is well twice in a row, or the time is over. */
async function untilWell({ work, files, made: { impact } }: Step, verbs: Verbs, before: Seen): Promise<void> {
  const { healthMs, probeMs } = work.provider(SshLines).timing;
  const needsOrigins = enforces(files) && impact.added.length > 0;
  const sessions = sessionsIn(files);
  const end = Date.now() + healthMs;
  for (let well = 0; ;) {
    const seen = seenIn(await verbs.status());
    const faults = healthFaults(before, seen, sessions, impact);
    well = faults.length === 0 && !(needsOrigins && !knowsOrigins(seen)) ? well + 1 : 0;
    if (well === 2) return;
    if (Date.now() > end) {
      if (faults.length === 0) throw new Problem('rpki-cache-unavailable', 'No validator told of any origin; new peers are not let in.');
      throw new Problem('health-regression', `Not well with the new configuration: ${faults.slice(0, 8).join('; ')}.`, {
        faults: faults.slice(0, 50),
      });
    }
    await rest(work, probeMs);
  }
}

/** Whatever was wrong after arming: the one of before is put back at once, and BIRD does it by itself when we cannot say so. */
async function takeBack({ work, made: { number } }: Step, verbs: Verbs, error: unknown): Promise<never> {
  const back = await verbs.undo().catch(() => undefined);
  if (work.signal.aborted) throw error;
  const cause = asProblem(error);
  const isBack = back !== undefined && back.loaded !== number;
  const words = isBack ? 'The one of before is back.' : 'The server could not be told to undo it; BIRD does so by itself.';
  throw new Problem(cause.slug, `${cause.message} ${words}`, { ...cause.extras, rolledBack: isBack }, { cause });
}

/** What the server is like once nobody's reconfiguration waits to be confirmed: that of somebody else is over by itself. */
async function whenQuiet({ work, reached: { server } }: Step, verbs: Verbs): Promise<Seen> {
  const end = Date.now() + FOREIGN_MS;
  for (let tries = 0; ; tries += 1) {
    const seen = seenIn(await verbs.status());
    if (seen.pending === null) return seen;
    if (Date.now() > end) throw new Problem('lock-busy', 'A reconfiguration of somebody is not confirmed yet.');
    if (tries === 0) await work.log(`Somebody is reconfiguring "${server.handle}", and has not confirmed it yet; it waits for that.`, 'warn');
    await rest(work, Math.min(5_000, (seen.pending.undoIn ?? 0) * 1_000 + 500));
  }
}

/** Armed, looked at, and confirmed; or undone. */
async function activate(step: Step, verbs: Verbs): Promise<void> {
  const { work, files, made: { number, impact } } = step; // prettier-ignore
  const before = await whenQuiet(step, verbs);
  // With a validator in place that knows nothing, a new peer's routes would all be taken.
  if (enforces(files) && impact.added.length > 0 && validators(before).length > 0 && !knowsOrigins(before))
    throw new Problem('rpki-cache-unavailable', 'No validator is connected, or it knows of no origins; new peers are not let in.');
  await verbs.arm(number, work.provider(SshLines).timing.armSeconds);
  try {
    await work.log('Loaded, and undone by itself unless it is confirmed.');
    await untilWell(step, verbs, before);
    await verbs.confirm(number);
  } catch (error) {
    await takeBack(step, verbs, error);
  }
}

/** After a crash: was it confirmed? One that is only armed is undone, and begun again. */
async function foundThere({ made: { number } }: Step, verbs: Verbs, hello: Hello): Promise<{ confirmed: number } | undefined> {
  if (hello.generation !== number) return undefined;
  if (hello.pending) return void (await verbs.undo());
  if (hello.current !== number) await verbs.repoint(number);
  return { confirmed: number };
}

/** On one connection, which is opened when the first of it is to be said. */
async function sendAndLoad(step: Step): Promise<void> {
  const { work, reached: { access }, files, made: { number } } = step; // prettier-ignore
  const { say, hangUp } = talkTo(work, access);
  try {
    const send = (): Promise<{ staged: number }> =>
      say(async (verbs) => {
        await verbs.stage(number, bundleOfFiles(numbered(files, number)));
        await verbs.check(number);
        return { staged: number };
      });
    await work.step('stage', `Send generation ${number}, and have BIRD read it`, send);
    const load = (): Promise<{ confirmed: number }> =>
      say(async (verbs) => {
        await activate(step, verbs);
        // What is left behind takes space and nothing else.
        await verbs.prune(KEPT_THERE).catch(() => undefined);
        return { confirmed: number };
      });
    const find = () => say((verbs, hello) => foundThere(step, verbs, hello));
    await work.step('activate', `Load generation ${number}, see that all is well, and confirm it`, load, find);
  } finally {
    hangUp();
  }
}

export interface Carried {
  generation: number;
  impact: Impact;
}

const filesOf = (work: Work, routeServerId: string, number: number) =>
  work.tx(async ({ db, tenantId }) => {
    const [row] = await db.select({ files: generations.files }).from(generations).where(and(eq(generations.tenantId, tenantId), eq(generations.routeServerId, routeServerId), inArray(generations.number, [number]))); // prettier-ignore
    return row!.files;
  });

/** Everything that is done to one server: written down, sent, read by its BIRD, armed, looked at, confirmed. */
async function carryAlone(work: Work, reached: Reached, wish: Wish): Promise<Carried> {
  const { server } = reached;
  const since = performance.now();
  const measure = (outcome: string): void => work.provider(Figures).applied(outcome, (performance.now() - since) / 1_000);
  let number: number | null = null;
  try {
    const made = await work.step('make', `Make the configuration of ${server.handle}`, () => work.tx((ctx) => make(ctx, reached, wish)));
    if (!made.isAgain) ({ number } = made);
    const files = await filesOf(work, server.id, made.number);
    await within({ generation: made.number }, () => sendAndLoad({ work, reached, files, made }));
    await noteConfirmed(work, reached, made.number, made.asked ?? null);
    measure('confirmed');
    return { generation: made.number, impact: made.impact };
  } catch (error) {
    measure(asProblem(error).slug);
    if (!work.signal.aborted) await noteFailure(work, reached, number, asProblem(error));
    throw error;
  }
}

/** One Change at a time is at work on a server; others wait for it. */
export async function carry(work: Work, reached: Reached, wish: Wish): Promise<Carried> {
  const { tenantId, id, handle } = reached.server;
  const turn = () => work.provider(Leases).take(`route-server:${tenantId}:${id}`, TURN_MS);
  const lease = await work.until(`The Change that is at work on "${handle}"`, turn, { timeoutSeconds: TURN_SECONDS });
  try {
    return await carryAlone({ ...work, signal: AbortSignal.any([work.signal, lease.signal]) }, reached, wish);
  } finally {
    await lease.release();
  }
}
