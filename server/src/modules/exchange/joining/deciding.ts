import type { ReadContext } from '#kernel/context.ts';
import { and, count, eq, inArray, isNull, ne } from '#kernel/drizzle.ts';
import type { TenantJob } from '#kernel/module.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { findController, networkOf } from '../controllers/store.ts';
import { openController, tokenInUse, type Outside } from '../controllers/talk.ts';
import { connections, fabrics, participants } from '../tables.ts';
import { PeerStanding, RuleDecisions } from './port.ts';
import './problems.ts';
import { AUTO_RULE, OPEN, rightFor, whyWaits, type ApprovalMode, type WaitsFor } from './rules.ts';
import { asked, type Asked } from './store.ts';
import { requests } from './tables.ts';

/** Who puts a fabric under the rule is a person: it agrees in their name, and with what they may do. */
export function approvalOf({ actor }: Pick<ReadContext, 'actor'>, approvalMode: ApprovalMode) {
  if (approvalMode === 'manual_admin') return { approvalMode, approvalBy: null, approvalByName: null };
  if (actor.kind !== 'user' || actor.agent)
    throw new Problem('permission-denied', 'A rule that agrees in somebody’s name is put in place by that person, signed in.');
  return { approvalMode, approvalBy: actor.id, approvalByName: actor.name };
}

type Place = Pick<WorkContext, 'db' | 'tenantId' | 'provider'>;

/** What keeps the rule from agreeing, by what is known here; whether its node was seen is asked of the controller. */
async function waitsFor({ db, tenantId, provider }: Place, { request, fabric }: Asked): Promise<WaitsFor | undefined> {
  const { rights } = await provider(PeerStanding).of(tenantId, request.requesterId);
  const open = and(
    eq(requests.tenantId, tenantId),
    eq(requests.asn, request.asn),
    inArray(requests.status, [...OPEN]),
    isNull(requests.connectionId),
  );
  const asking = await db.$count(requests, and(open, ne(requests.id, request.id)));
  const [there] = await db
    .select({ total: count() })
    .from(connections)
    .innerJoin(participants, and(eq(participants.tenantId, connections.tenantId), eq(participants.id, connections.participantId)))
    .where(and(eq(connections.tenantId, tenantId), eq(participants.asn, request.asn)));
  return whyWaits({ right: rightFor(rights, request.asn), access: fabric.access, others: asking + there!.total });
}

/** Throws unless the rule of the fabric agrees now. */
export async function requireRule(ctx: Place, found: Asked): Promise<void> {
  const why = found.fabric.approvalMode === AUTO_RULE ? await waitsFor(ctx, found) : 'decider';
  if (why !== undefined)
    throw new Problem('exchange-rule-not-met', `The rule ${AUTO_RULE} does not agree to AS${found.request.asn} on "${found.fabric.slug}".`, {
      waits_for: why,
    });
}

/** The controller knows the node: somebody has it ask for the network. Where the fabric is on none, there is nothing to be seen. */
async function isSeen(outside: Outside, { request, fabric }: Asked): Promise<boolean> {
  const route = await outside.tx(async (ctx) => {
    const network = await networkOf(ctx, fabric.id);
    return network && { networkId: network.networkId, controller: await findController(ctx, network.controllerId) };
  });
  if (!route) return true;
  if (request.nodeId === null || route.controller.token === null) return false;
  const controller = openController(outside, route.controller, await tokenInUse(outside, route.controller));
  // One that does not answer now is asked again by the clock.
  return (await controller.getMember(route.networkId, request.nodeId).catch(() => null)) !== null;
}

/** Asks for the approval, unless something keeps the rule from it: what that is. */
async function decide(outside: Outside, found: Asked): Promise<{ waitsFor: WaitsFor; changeId?: string } | undefined> {
  const { request, fabric } = found;
  const why = await outside.tx((ctx) => waitsFor(ctx, found));
  if (why !== undefined) return { waitsFor: why };
  if (fabric.approvalBy === null || request.requesterId === fabric.approvalBy) return { waitsFor: 'decider' };
  if (!(await isSeen(outside, found))) return { waitsFor: 'node' };
  const { changeId, isWaiting } = await outside.provider(RuleDecisions).approve(outside.tenantId, fabric.approvalBy, request.id);
  return isWaiting ? { waitsFor: 'approval', changeId } : undefined;
}

/** Left to people: one that waits for somebody's approval, and what the Gate refused, until something is said of the fabric anew. */
const REFUSED: readonly WaitsFor[] = ['refused', 'decider'];
const isLeft = (why: WaitsFor | null): boolean => why === 'approval' || (why !== null && REFUSED.includes(why));

/** Requests of fabrics under the rule: those that it agrees to are set up, and of the others it is said why not. */
export async function decideByRule(outside: Outside, fabricId?: string): Promise<void> {
  const waiting = await outside.tx((ctx) =>
    asked(ctx).where(
      and(
        eq(requests.tenantId, ctx.tenantId),
        eq(requests.status, 'pending'),
        eq(fabrics.approvalMode, AUTO_RULE),
        fabricId === undefined ? undefined : eq(requests.fabricId, fabricId),
      ),
    ),
  );
  for (const found of waiting.filter(({ request }) => !isLeft(request.waitsFor))) {
    const left = await decide(outside, found).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.slug === 'dependency-unavailable') throw error;
      return { waitsFor: 'refused' as const };
    });
    if (left === undefined) continue;
    await outside.tx(({ db, tenantId }) =>
      db
        .update(requests)
        .set(left)
        .where(and(eq(requests.tenantId, tenantId), eq(requests.id, found.request.id), eq(requests.status, 'pending'))),
    );
  }
}

/** By the clock: a node may have been seen since, and what PeeringDB says may be new. */
export const watchRequests = (job: TenantJob): Promise<void> => decideByRule(job);

/** A request was made, or a fabric put under the rule. */
export async function lookAtRequests({ db, tenantId, provider }: WorkContext, fabricId: string): Promise<void> {
  const [found] = await db
    .select({ id: fabrics.id })
    .from(fabrics)
    .where(and(eq(fabrics.tenantId, tenantId), eq(fabrics.id, fabricId), eq(fabrics.approvalMode, AUTO_RULE)));
  if (!found) return;
  const refused = and(
    eq(requests.tenantId, tenantId),
    eq(requests.fabricId, fabricId),
    eq(requests.status, 'pending'),
    inArray(requests.waitsFor, [...REFUSED]),
  );
  await db.update(requests).set({ waitsFor: null }).where(refused); // prettier-ignore
  await provider(RuleDecisions).later(db, { tenantId, fabricId });
}
