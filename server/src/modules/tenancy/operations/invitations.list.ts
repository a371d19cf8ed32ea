import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, gt, lte, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { viewsOf } from '../invitations/rows.ts';
import { Invitation } from '../invitations/schemas.ts';
import { tenantId } from '../schemas.ts';
import { invitations } from '../tables.ts';

export const invitationsList = defineOperation({
  name: 'invitations.list',
  summary: 'List the invitations of a tenant, the newest first',
  permission: 'users:invite',
  risk: 'read',
  route: { method: 'GET', path: '/tenants/{id}/invitations' },
  tenantField: 'id',
  input: z.object({
    id: tenantId,
    state: z.enum(['pending', 'accepted', 'expired', 'revoked']).optional().meta({ title: 'State' }),
    ...pageInput,
  }),
  output: pageOf(Invitation),
  targets: 'none',
  async run(ctx, { state, cursor, limit }) {
    const before = decodeCursor(cursor, 1)?.[0];
    if (before !== undefined && !isUuid(String(before)))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const now = ctx.now();
    const byState = {
      pending: and(eq(invitations.state, 'pending'), gt(invitations.expiresAt, now)),
      expired: sql`(${invitations.state} = 'expired' or ${and(eq(invitations.state, 'pending'), lte(invitations.expiresAt, now))})`,
      accepted: eq(invitations.state, 'accepted'),
      revoked: eq(invitations.state, 'revoked'),
    };
    const rows = await ctx.db
      .select()
      .from(invitations)
      .where(and(eq(invitations.tenantId, ctx.tenantId), state ? byState[state] : undefined, before === undefined ? undefined : sql`${invitations.id} < ${String(before)}::uuid`))
      .orderBy(desc(invitations.id))
      .limit(limit + 1);
    const views = new Map((await viewsOf(ctx, rows)).map((view) => [view.id, view]));
    return toPage(rows, limit, (row) => [row.id], (row) => views.get(row.id)!);
  },
}); // prettier-ignore
