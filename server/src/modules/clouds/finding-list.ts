import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, inArray, sql } from '#kernel/drizzle.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { findingView } from './findings.ts';
import type { DriftKind, Finding, FindingStatus } from './schemas.ts';
import { findings } from './tables.ts';

interface Wish {
  cursor?: string | undefined;
  limit: number;
  statuses: readonly FindingStatus[];
  kinds: readonly DriftKind[];
  connectionId?: string | undefined;
  serverId?: string | undefined;
}

function beyond(cursor: string | undefined) {
  const after = decodeCursor(cursor, 1);
  if (!after) return undefined;
  if (!isUuid(String(after[0]))) throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
  return sql`${findings.id} < ${after[0]}::uuid`;
}

/** Newest first; ids are made in order of time. A finding without a server is seen by whoever reaches everything. */
export async function listFindings(ctx: ReadContext, wish: Wish): Promise<{ items: Finding[]; nextCursor: string | null }> {
  const rows = await ctx.db
    .select()
    .from(findings)
    .where(
      and(
        eq(findings.tenantId, ctx.tenantId),
        inArray(findings.status, [...wish.statuses]),
        inArray(findings.kind, [...wish.kinds]),
        wish.connectionId ? eq(findings.connectionId, wish.connectionId) : undefined,
        wish.serverId ? eq(findings.serverId, wish.serverId) : undefined,
        withinReach(ctx.reach, { type: 'server', id: findings.serverId, environment: findings.environment }),
        beyond(wish.cursor),
      ),
    )
    .orderBy(desc(findings.id))
    .limit(wish.limit + 1);
  return toPage(rows, wish.limit, ({ id }) => [id], findingView);
}
