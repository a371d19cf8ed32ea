import { and, eq, isNotNull } from '#kernel/drizzle.ts';
import { asProblem, Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import { keepOfController } from '../findings/controllers.ts';
import type { Controller } from '../providers/zerotier/port.ts';
import { dated, memberFindings, networkFindings } from './compare.ts';
import './problems.ts';
import { STAGES, type Finding, type Stage } from './schemas.ts';
import { requests } from '../joining/tables.ts';
import { addressesOf, boundTo, findController, joinedMembers, type Place } from './store.ts';
import { controllers, members, type ControllerRow } from './tables.ts';
import { isBeingRestored, openController, wishFor, type Outside } from './talk.ts';

type Found = Omit<Finding, 'since'>;
type Bound = Awaited<ReturnType<typeof boundTo>>[number];

interface Outcome {
  stages: Stage[];
  findings: Found[];
  nodeId: string | null;
  software: string | null;
  problem: Problem | null;
}

const identityChanged = ({ name, nodeId }: ControllerRow, found: string): Problem =>
  new Problem('controller-identity-changed', `Controller "${name}" was node ${nodeId} and is ${found} now: it was replaced, or restored from another one's state.`); // prettier-ignore

/** Each network is of its controller, has a /64 of its own and is there; `mends` makes what is missing and sets what differs. */
async function networksStage(outside: Outside, controller: Controller, bound: readonly Bound[], mends: boolean): Promise<Found[]> {
  const found: Found[] = [];
  for (const { network, fabric } of bound) {
    const wish = await outside.tx(({ db }) => wishFor(db, fabric));
    if (mends) await controller.ensureNetwork(network.networkId, wish);
    let there = await controller.getNetwork(network.networkId);
    // A maintenance that is over, of which nobody was left to take this back: members are to speak with each other again.
    if (there && there.culled.length > 0 && !wish.culls) ({ network: there } = await controller.ensureNetwork(network.networkId, wish));
    if (!there) throw new Problem('controller-network-missing', `The controller has no network ${network.networkId} of fabric "${fabric.slug}".`);
    found.push(...networkFindings(there, wish).map((one) => ({ ...one, fabric: fabric.slug, networkId: network.networkId })));
  }
  return found;
}

function derivationStage({ kind, nodeId }: Pick<ControllerRow, 'kind' | 'nodeId'>, bound: readonly Bound[]): void {
  for (const { network, fabric } of bound) {
    if (!fabric.ipv6Prefix.endsWith('/64'))
      throw new Problem('prefix-invalid', `The fabric "${fabric.slug}" has ${fabric.ipv6Prefix}, which is no /64.`);
    if (kind !== 'central' && !network.networkId.startsWith(nodeId!))
      throw new Problem('suffix-invalid', `Network ${network.networkId} of fabric "${fabric.slug}" is not one of controller ${nodeId}.`);
  }
}

type Port = Pick<typeof requests.$inferSelect, 'connectionId' | 'status' | 'statusAt'>;
async function portsOf({ db, tenantId }: Place, fabricId: string): Promise<Map<string | null, Port>> {
  const { connectionId, status, statusAt } = requests;
  const rows = await db.select({ connectionId, status, statusAt }).from(requests).where(and(eq(requests.tenantId, tenantId), eq(requests.fabricId, fabricId), isNotNull(connectionId))); // prettier-ignore
  return new Map(rows.map((row) => [row.connectionId, row]));
}

/** Routes are gone first: so long it may take until the node of a port that was stopped is taken off. */
const STOPPING_MS = 10 * 60_000;
/** Whether the node of a connection should be on the network; one of a port that is just being set up or taken away is nobody's fault. */
function isLetOn(port: Port | undefined, now: Date): boolean | null {
  if (!port || port.status === 'active') return true;
  return port.status === 'suspended' && now.getTime() - port.statusAt.getTime() > STOPPING_MS ? false : null;
}

/** What the controller says of members is noted, whatever it is. */
async function membersStage(outside: Outside, controller: Controller, bound: readonly Bound[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const { network, fabric } of bound) {
    const there = await controller.listMembers(network.networkId);
    const ours = await outside.tx((ctx) => joinedMembers(ctx).where(and(eq(members.tenantId, ctx.tenantId), eq(members.fabricId, fabric.id))));
    const standing = await outside.tx((ctx) => portsOf(ctx, fabric.id));
    const wanted = ours.map(({ member, connection, participant }) => ({
      nodeId: member.nodeId, asn: participant.asn, authorized: isLetOn(standing.get(connection.id), outside.now()), addresses: addressesOf(connection),
    })); // prettier-ignore
    found.push(...memberFindings(wanted, there).map((one) => ({ ...one, fabric: fabric.slug, networkId: network.networkId })));
    await outside.tx(async ({ db, tenantId, now }) => {
      for (const { member } of ours) {
        const seen = there.find(({ nodeId }) => nodeId === member.nodeId);
        const observed = {
          authorized: seen?.authorized ?? false,
          addresses: seen?.addresses ?? [],
          revision: seen?.revision ?? 0,
          observedAt: now(),
        };
        await db.update(members).set(observed).where(and(eq(members.tenantId, tenantId), eq(members.id, member.id))); // prettier-ignore
      }
    });
  }
  return found;
}

/** Asks everything that has to be well before anything is written to a controller. It throws nothing that the controller did. */
async function look(outside: Outside, row: ControllerRow, token: string, mends: boolean): Promise<Outcome> {
  const outcome: Outcome = { stages: [], findings: [], nodeId: row.nodeId, software: row.software, problem: null };
  const controller = openController(outside, row, token);
  const bound = await outside.tx((ctx) => boundTo(ctx, [row.id]));
  const acts: Record<(typeof STAGES)[number], () => Promise<void> | void> = {
    readiness: async () => {
      const { nodeId, version } = await controller.probe();
      outcome.software = version;
      outcome.nodeId = nodeId;
    },
    identity: () => {
      if (row.nodeId !== null && outcome.nodeId !== row.nodeId) throw identityChanged(row, outcome.nodeId ?? 'none');
    },
    derivation: () => derivationStage({ kind: row.kind, nodeId: outcome.nodeId }, bound),
    networks: async () => void outcome.findings.push(...(await networksStage(outside, controller, bound, mends))),
    members: async () => void outcome.findings.push(...(await membersStage(outside, controller, bound))),
  };
  for (const name of STAGES) {
    try {
      await acts[name]();
      outcome.stages.push({ name, ok: true, detail: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      outcome.problem = asProblem(error);
      outcome.stages.push({ name, ok: false, detail: scrub(error.message, row.tenantId).slice(0, 1_000) });
      break;
    }
  }
  return outcome;
}

/** What is told to people to do about a problem. */
const remedyOf = ({ extras, kind }: Problem): string => (typeof extras['remediation'] === 'string' ? extras['remediation'] : kind.remedy);

const stateOf = (problem: Problem | null, now: Date, restores: boolean): Partial<ControllerRow> => {
  if (problem === null)
    return { state: 'ready', blockedCode: null, detail: null, remediation: null, readyAt: now, restoringUntil: null, restoringChange: null };
  return { state: restores ? 'restoring' : 'blocked', blockedCode: problem.slug, remediation: remedyOf(problem) };
};

const inRestore = ({ name }: ControllerRow): Problem =>
  new Problem('controller-blocked', `Controller "${name}" is being restored from a backup. Wait until that has ended.`);

/**
 * Runs the preflight and keeps what came of it. Throws only for faults of our own. While a controller is being restored, that of the restore
 * (`restores`) says when it may be written to again, and no other one does.
 */
export async function preflight(outside: Outside, row: ControllerRow, token: string, mends: boolean, restores = false): Promise<{ row: ControllerRow; problem: Problem | null }> {
  if (!restores && isBeingRestored(row, outside.now())) return { row, problem: inRestore(row) };
  const found = await look(outside, row, token, mends);
  const { problem, stages, nodeId, software } = found;
  const kept = await outside.tx(async (ctx) => {
    const { db, tenantId, emit } = ctx;
    const now = outside.now();
    const before = await findController(ctx, row.id, true);
    // It was begun before the restore, and says nothing of what is there now.
    if (!restores && isBeingRestored(before, now)) return before;
    const [after] = await db
      .update(controllers)
      .set({
        ...stateOf(problem, now, restores),
        ...(problem ? { detail: scrub(problem.message, tenantId).slice(0, 1_000) } : {}),
        // The first one that answers is the one; another one later is never taken for it.
        nodeId: before.nodeId ?? nodeId,
        software,
        stages,
        // What could not be looked at is as it was.
        findings: problem ? before.findings : dated(found.findings, before.findings, now),
        preflightAt: now,
        updatedAt: now,
      })
      .where(and(eq(controllers.tenantId, tenantId), eq(controllers.id, row.id)))
      .returning();
    await keepOfController(ctx, row.id, problem, found.findings);
    if (before.state !== after!.state) emit(`exchange.controller.${after!.state}`, { id: row.id, name: row.name, code: after!.blockedCode });
    return after!;
  });
  return { row: kept, problem };
} // prettier-ignore
