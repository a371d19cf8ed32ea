import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { impactOf } from '../../applying/impact.ts';
import { planOf } from '../../applying/plans.ts';
import { requireAccess } from '../../ssh/talk.ts';
import { beginRepair, confirmedWish, repair } from '../repair.ts';
import { Drift, findingId } from '../schemas.ts';
import { findingOf, findingView, oneFinding, requireRepairable, titleOf } from '../store.ts';

export const exchangeDriftRepair = defineOperation({
  name: 'exchange.drift.repair',
  summary: 'Put right what was found on a route server or at a controller',
  description:
    'A route server loads again what it confirmed last, by the same steps as ever; a network or a member is written to its controller again; a node that nobody here let on is de-authorised.',
  permission: 'exchange:manage',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 600,
  route: { method: 'POST', path: '/exchange/findings/{id}/repair' },
  input: z.object({ id: findingId }),
  output: Drift,
  targets: oneFinding,
  async plan(ctx, { id }) {
    const found = await findingOf(ctx, id);
    requireRepairable(found);
    const { finding, routeServer, controller } = found;
    const summary = `Put right ${titleOf(found)}: ${finding.detail}`.slice(0, 500);
    if (routeServer) {
      await requireAccess(ctx, routeServer);
      const confirmed = await confirmedWish(ctx, routeServer);
      const plan = planOf(routeServer.handle, routeServer.id, confirmed, confirmed, impactOf(confirmed.files, confirmed.files));
      const fields = [{ path: finding.class, before: finding.detail, after: `as generation ${confirmed.number} has it` }];
      return { ...plan, summary, changes: [{ action: 'update', type: 'exchangeRouteServer', id: routeServer.id, name: routeServer.handle, fields }] };
    }
    const isStranger = finding.class === 'member_unknown_authorized';
    return {
      summary,
      steps: [{ title: 'Write it to the controller, and read it back', seconds: 5 }],
      changes: [{ action: 'update', type: finding.nodeId === null ? 'zerotierNetwork' : 'zerotierMember', id: finding.nodeId ?? finding.networkId ?? id, name: `${finding.nodeId ?? finding.networkId} at ${controller?.name}` }],
      warnings: isStranger ? [`Node ${finding.nodeId} loses the network.`] : [],
      reversible: isStranger ? 'Authorise it at the controller, or let it on here.' : 'It is as it was agreed to.',
    };
  },
  accept: (ctx, { id }) => beginRepair(ctx, id),
  execute: async (work, { id }) => findingView(await repair(work, id)),
}); // prettier-ignore
