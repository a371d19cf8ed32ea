import { z } from 'zod';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId, findFabric } from '../../find.ts';
import { fabricId } from '../../schemas.ts';
import { fabrics } from '../../tables.ts';
import { Member } from '../schemas.ts';
import { joinedMembers, memberView } from '../store.ts';
import { members } from '../tables.ts';

export const exchangeMembersList = defineOperation({
  name: 'exchange.members.list',
  summary: 'List ZeroTier members of fabrics',
  description: 'Nodes that were let onto the networks of fabrics, each for a connection, as the controller had them at the last preflight.',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ fabricId: fabricId.optional(), ...pageInput }),
  output: pageOf(Member),
  targets: 'filter',
  async run(ctx, { fabricId: wanted, cursor, limit }) {
    const after = afterId(cursor);
    const fabric = wanted === undefined ? undefined : await findFabric(ctx, wanted);
    const rows = await joinedMembers(ctx)
      .where(
        and(
          eq(members.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'exchangeFabric', id: fabrics.id }),
          fabric ? eq(members.fabricId, fabric.id) : undefined,
          after === undefined ? undefined : gt(members.id, after),
        ),
      )
      .orderBy(asc(members.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ member }) => [member.id], memberView);
  },
});
