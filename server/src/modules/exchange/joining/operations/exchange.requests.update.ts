import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { nodeInUse } from '../../controllers/letting.ts';
import { findFabric, requireSeen } from '../../find.ts';
import { differences, given } from '../../plans.ts';
import { JoinRequest, requestFields, requestId } from '../schemas.ts';
import { findRequest, nameOf, notFrom, oneOwn, ownRequestOf, requestView, type Asked } from '../store.ts';
import { requireSingle } from '../submit.ts';
import { requests } from '../tables.ts';

const { nodeId, notes, roleStrict } = requestFields;
const Edit = z.object({ nodeId: nodeId.nullable(), notes: notes.nullable(), roleStrict }).partial();

function requirePending({ request: { status } }: Asked): void {
  if (status !== 'pending') throw notFrom(status, 'edited');
}

export const exchangeRequestsUpdate = defineOperation({
  name: 'exchange.requests.update',
  summary: 'Change a join request of yours while nobody has decided on it',
  permission: 'exchangeRequests:create',
  risk: 'write',
  input: z.object({ id: requestId, ...Edit.shape }),
  output: JoinRequest,
  targets: oneOwn,
  async plan(ctx, { id, ...edit }) {
    const found = await ownRequestOf(ctx, id);
    requirePending(found);
    requireSeen(nameOf(found), found.request, ctx);
    const fields = differences(found.request, edit);
    return {
      summary: `Change ${fields.map(({ path }) => path).join(', ') || 'nothing'} of the request for ${nameOf(found)}`,
      changes: [{ action: 'update', type: 'exchangeJoinRequest', id, name: nameOf(found), fields }],
      reversible: 'Change it back.',
      observed: { [`join request ${id}`]: String(found.request.version) },
    };
  },
  async run(ctx, { id, ...edit }) {
    const { fabric, request } = await ownRequestOf(ctx, id);
    await findFabric(ctx, fabric.id, true);
    const found = await findRequest(ctx, id, true);
    requirePending(found);
    requireSeen(nameOf(found), found.request, ctx);
    if (edit.nodeId !== undefined && edit.nodeId !== request.nodeId)
      await requireSingle(ctx, fabric, { asn: request.asn, nodeId: edit.nodeId ?? undefined }, id);
    const [row] = await ctx.db
      .update(requests)
      .set({ ...given(edit), version: sql`${requests.version} + 1`, updatedAt: ctx.now() })
      .where(and(eq(requests.tenantId, ctx.tenantId), eq(requests.id, id)))
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? nodeInUse(String(edit.nodeId), fabric.slug) : error;
      });
    ctx.emit('exchange.request.updated', { id, fabricId: fabric.id, fabric: fabric.slug, asn: request.asn });
    return requestView({ request: row!, fabric });
  },
});
