import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq, sql, type SQL } from '#kernel/drizzle.ts';
import { canonicalJson } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Scope } from '#kernel/scope.ts';
import { isWhole } from './kind.ts';
import { reports, type ReportRow } from './tables.ts';

/** The Scopes of a reach in an order of their own, so that equal ones are equal. */
export const scopesOf = (reach: ReadContext['reach']): Scope[] =>
  isWhole(reach.map(({ scope }) => scope))
    ? [{ all: true }]
    : [...new Map(reach.map(({ scope }) => [canonicalJson(scope), scope] as const))].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, scope]) => scope); // prettier-ignore

/** Reports that this caller may see: all of them who reaches everything, else their own that were cut to what they reach now. */
export function visible(ctx: ReadContext): SQL | undefined {
  const scopes = scopesOf(ctx.reach);
  const here = eq(reports.tenantId, ctx.tenantId);
  return isWhole(scopes) ? here : and(here, eq(reports.requestedBy, ctx.actor.id), sql`${reports.reach} = ${JSON.stringify(scopes)}::jsonb`);
}

export async function reportById(ctx: ReadContext, id: string): Promise<ReportRow> {
  const [row] = isUuid(id) ? await ctx.db.select().from(reports).where(and(visible(ctx), eq(reports.id, id))) : []; // prettier-ignore
  if (!row) throw new Problem('report-not-found', `There is no report ${id.slice(0, 64)} here that you may see. Reports are kept for 400 days.`);
  return row;
}
