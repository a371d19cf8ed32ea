import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work, WorkContext } from '#kernel/work.ts';
import { carry } from '../applying/carry.ts';
import { markDirty } from '../applying/following.ts';
import { findReached } from '../applying/reading.ts';
import { confirmedOf } from '../applying/store.ts';
import type { GenerationRow } from '../applying/tables.ts';
import { letOn, readyRoute } from '../controllers/letting.ts';
import { joinedMembers } from '../controllers/store.ts';
import { members } from '../controllers/tables.ts';
import { openController, tokenInUse, wishFor } from '../controllers/talk.ts';
import type { FabricRow } from '../tables.ts';
import { isCurrent } from './rules.ts';
import { end, findFinding, requireRepairable, type Named } from './store.ts';
import { findings, type FindingRow } from './tables.ts';

/** What the server confirmed last: nothing new comes to it by way of a repair. */
export async function confirmedWish(
  ctx: Pick<WorkContext, 'db' | 'tenantId'>,
  { id, handle }: { id: string; handle: string },
): Promise<GenerationRow> {
  const confirmed = await confirmedOf(ctx, id);
  if (!confirmed || confirmed.files.length === 0) throw new Problem('exchange-generation-not-found', `"${handle}" has confirmed nothing that could be loaded again.`); // prettier-ignore
  return confirmed;
}

async function reload(work: Work, id: string): Promise<void> {
  const reached = await work.tx((ctx) => findReached(ctx, id));
  await carry(work, reached, { wanted: (ctx) => confirmedWish(ctx, reached.server), cause: 'repair', mayDisrupt: false });
  // What changed since then is still to be applied.
  await work.tx((ctx) => markDirty(ctx, reached.fabric.id, false));
}

const memberAt = (work: Work, fabricId: string, nodeId: string) =>
  work.tx(async (ctx) => {
    const here = and(eq(members.tenantId, ctx.tenantId), eq(members.fabricId, fabricId), eq(members.nodeId, nodeId));
    return (await joinedMembers(ctx).where(here))[0];
  });

/** The node is no longer one that we let on, or it is let on again as we had it. */
async function rewriteMember(work: Work, { finding }: Named, fabric: FabricRow): Promise<void> {
  const nodeId = finding.nodeId!;
  if (finding.class !== 'member_unknown_authorized') {
    const found = await memberAt(work, fabric.id, nodeId);
    if (!found) throw new Problem('exchange-finding-over', `Node ${nodeId} is no longer one of "${fabric.slug}".`);
    return void (await letOn(work, found, nodeId));
  }
  const { network, controller } = await work.tx((ctx) => readyRoute(ctx, fabric, work.now()));
  await work.step('member', `De-authorise ${nodeId} at ${controller.name}`, async () => {
    await openController(work, controller, await tokenInUse(work, controller)).deauthorizeMember(network.networkId, nodeId);
    return {};
  });
}

async function rewriteNetwork(work: Work, fabric: FabricRow): Promise<void> {
  const { network, controller } = await work.tx((ctx) => readyRoute(ctx, fabric, work.now()));
  await work.step('network', `Write ${network.networkId} at ${controller.name}`, async () => {
    const wish = await work.tx(({ db }) => wishFor(db, fabric));
    const { updated } = await openController(work, controller, await tokenInUse(work, controller)).ensureNetwork(network.networkId, wish);
    return { updated: [...updated] };
  });
}

async function put(work: Work, found: Named): Promise<void> {
  const { finding, fabric } = found;
  if (finding.routeServerId !== null) return reload(work, finding.routeServerId);
  if (!fabric) throw new Problem('exchange-finding-over', 'The fabric is there no more.');
  return finding.class === 'network_config' ? rewriteNetwork(work, fabric) : rewriteMember(work, found, fabric);
}

const mark = ({ db, tenantId, now }: WorkContext, id: string, values: Partial<FindingRow>) =>
  db.update(findings).set({ ...values, updatedAt: now() }).where(and(eq(findings.tenantId, tenantId), eq(findings.id, id))); // prettier-ignore

/** Somebody asked for it: it is not one of those that were put right by themselves. */
export async function beginRepair(ctx: WorkContext, id: string): Promise<void> {
  requireRepairable(await findFinding(ctx, id, true));
  await mark(ctx, id, { state: 'repairing', mode: 'propose', changeId: ctx.changeId });
}

export async function repair(work: Work, id: string): Promise<Named> {
  const found = await work.tx((ctx) => findFinding(ctx, id));
  try {
    await put(work, found);
  } catch (error) {
    if (!work.signal.aborted) await work.tx((ctx) => mark(ctx, id, { state: 'open', changeId: null }));
    throw error;
  }
  return work.tx(async (ctx) => {
    const after = await findFinding(ctx, id, true);
    // A look in between may have said that it is there still.
    if (isCurrent(after.finding.state)) await end(ctx, after.finding, work.changeId);
    return findFinding(ctx, id);
  });
}
