import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, lt, ne } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { REQUEST_STATES } from '../requests/rules.ts';
import { AccessRequest } from '../requests/schemas.ts';
import { mayDecide, requireTenant, viewsOf } from '../requests/store.ts';
import { accessRequests } from '../requests/tables.ts';

export const accessRequestsList = defineOperation({
  name: 'accessRequests.list',
  summary: 'List requests for access',
  description: 'One’s own, and for those who may decide on them also those of others; the newest first.',
  permission: 'accessRequests:read',
  access: 'self',
  risk: 'read',
  input: z.object({
    whose: z.enum(['mine', 'others']).optional().meta({ title: 'Whose' }),
    status: z.enum(REQUEST_STATES).optional().meta({ title: 'Status', help: 'What is in force is approved' }),
    ...pageInput,
  }),
  output: pageOf(AccessRequest),
  targets: 'none',
  async run(ctx, { whose, status, cursor, limit }) {
    requireTenant(ctx);
    const before = decodeCursor(cursor, 1);
    if (before && !isUuid(String(before[0])))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const me = eq(accessRequests.requesterId, ctx.actor.id);
    const seesAll = await mayDecide(ctx);
    if (whose === 'others' && !seesAll) return { items: [], nextCursor: null };
    const rows = await ctx.db
      .select()
      .from(accessRequests)
      .where(
        and(
          eq(accessRequests.tenantId, ctx.tenantId),
          whose === 'others' ? ne(accessRequests.requesterId, ctx.actor.id) : whose === 'mine' || !seesAll ? me : undefined,
          status && eq(accessRequests.status, status),
          before && lt(accessRequests.id, String(before[0])),
        ),
      )
      .orderBy(desc(accessRequests.id))
      .limit(limit + 1);
    const views = await viewsOf(ctx, rows);
    return toPage(views, limit, ({ id }) => [id], (view) => view); // prettier-ignore
  },
});
