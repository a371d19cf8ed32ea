import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { foreseen } from '../../connecting.ts';
import { requireRule } from '../deciding.ts';
import { provision, requirePossible } from '../provision.ts';
import { AUTO_RULE } from '../rules.ts';
import { JoinRequest, requestId } from '../schemas.ts';
import { findRequest, move, nameOf, oneRequest, requestOf, requestView, requireMove, requireOther } from '../store.ts';

const NAME = 'exchange.requests.approve';
const DAY_MS = 86_400_000;
const decision = (rule: typeof AUTO_RULE | undefined) => ({
  decisionSource: rule === undefined ? ('person' as const) : ('policy' as const),
  decisionRule: rule ?? null,
  waitsFor: null,
});

export const exchangeRequestsApprove = defineOperation({
  name: NAME,
  summary: 'Agree to a join request and set the port up',
  description:
    'The connection is made with its addresses, the node is let onto the ZeroTier network of the fabric, and route servers know the network with their next configuration. Nobody agrees to their own request.',
  permission: 'exchangeRequests:decide',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 600,
  route: { method: 'POST', path: '/exchange/requests/{id}/approve' },
  input: z.object({
    id: requestId,
    // A choice, and not the one value that there is: forms would fill that in by themselves.
    rule: z.enum([AUTO_RULE]).optional().meta({ title: 'By the rule', help: 'Approves only if the rule of the fabric agrees; it is then written down as the decision of the rule' }),
  }),
  output: JoinRequest,
  targets: oneRequest,
  async plan(ctx, { id, rule }) {
    const found = await requestOf(ctx, id);
    const { request, fabric } = found;
    requireMove(found, 'approved');
    // What failed is tried again by retrying it.
    if (request.status !== 'pending') requireMove(found, 'rejected');
    requireOther(found, ctx);
    if (rule !== undefined) await requireRule(ctx, found);
    const hasNode = await requirePossible(ctx, found);
    const { addressV6, addressV4 } = await foreseen(ctx, NAME, fabric, request.asn, {});
    const days = Math.floor((ctx.now().getTime() - request.rightVerifiedAt.getTime()) / DAY_MS);
    const fields = [
      { path: 'status', before: request.status, after: 'active' },
      { path: 'addressV6', after: addressV6 },
      ...(addressV4 === null ? [] : [{ path: 'addressV4', after: addressV4 }]),
      ...(hasNode ? [{ path: 'node', after: request.nodeId }] : []),
    ];
    return {
      summary: `Give ${request.networkName ?? request.requesterName} (AS${request.asn}) a port on "${fabric.slug}"`,
      changes: [{ action: 'update', type: 'exchangeJoinRequest', id, name: nameOf(found), fields }],
      warnings: [
        `${request.requesterName} speaks for AS${request.asn} by the word of ${request.rightSource === 'peeringdb' ? 'PeeringDB' : 'an operator'}, ${days} days old.`,
        ...(rule === undefined ? [] : [`The rule ${rule} agrees, in the name of ${fabric.approvalByName}.`]),
        'Route servers follow when their configuration is applied.',
      ],
      reversible: 'Remove the port.',
    };
  },
  async accept(ctx, { id, rule }) {
    const found = await findRequest(ctx, id, true);
    requireOther(found, ctx);
    if (rule !== undefined) await requireRule(ctx, found);
    await requirePossible(ctx, found);
    if (found.request.status !== 'pending') requireMove(found, 'rejected');
    await move(ctx, found, 'approved', { decidedBy: ctx.actor.name, decidedAt: ctx.now(), ...decision(rule), changeId: ctx.changeId });
  },
  execute: async (work, { id }) => requestView(await provision(work, id)),
}); // prettier-ignore
