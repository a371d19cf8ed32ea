import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, asc, eq, sql } from '#kernel/drizzle.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { People } from './providers/port.ts';
import { unended } from './rights.ts';
import { grant, type Grant } from './schemas.ts';
import { grants, roles } from './tables.ts';

interface Asked {
  subjectId?: string | undefined;
  roleId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** The id after which a list of rows by id goes on. */
export function afterId(cursor: string | undefined): string | undefined {
  const after = decodeCursor(cursor, 1)?.[0];
  if (after === undefined || isUuid(String(after))) return after === undefined ? undefined : String(after);
  throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
}

/** Grants that are in force or still to begin, of people within the caller's reach. */
export async function listGrants(
  ctx: ReadContext,
  { subjectId, roleId, cursor, limit }: Asked,
): Promise<{ items: z.input<typeof Grant>[]; nextCursor: string | null }> {
  const after = afterId(cursor);
  const rows = await ctx.db
    .select({ grant: grants, role: roles })
    .from(grants)
    .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
    .where(
      and(
        eq(grants.tenantId, ctx.tenantId),
        unended(ctx.now()),
        withinReach(ctx.reach, { type: 'member', id: grants.subjectId }),
        subjectId ? eq(grants.subjectId, subjectId) : undefined,
        roleId ? eq(grants.roleId, roleId) : undefined,
        after !== undefined ? sql`${grants.id} > ${after}::uuid` : undefined,
      ),
    )
    .orderBy(asc(grants.id))
    .limit(limit + 1);
  const ids = rows.flatMap((row) => [row.grant.subjectId, ...(row.grant.grantedBy ? [row.grant.grantedBy] : [])]);
  const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, ids);
  return toPage(rows, limit, (row) => [row.grant.id], (row) => grant(row.grant, row.role, people)); // prettier-ignore
}
