import type { Context } from '#kernel/context.ts';
import { and, asc, count, eq, gt } from '#kernel/drizzle.ts';
import type { NewChange } from '#kernel/gate-steps.ts';
import { Conditions } from '../providers/port.ts';
import { changes, changeTemplates, type TemplateRow } from '../tables.ts';
import { coversAll, isCoverable } from './rules.ts';
import { weigh } from './weigh.ts';

const HOUR_MS = 3_600_000;

async function isUsedUp({ db, tenantId, now }: Context, { id, maxRuns, maxRunsHours }: TemplateRow): Promise<boolean> {
  const since = new Date(now().getTime() - maxRunsHours * HOUR_MS);
  const runs = and(eq(changes.tenantId, tenantId), eq(changes.templateId, id), gt(changes.approvedAt, since));
  const [found] = await db.select({ runs: count() }).from(changes).where(runs);
  return found!.runs >= maxRuns;
}

/** The template that agrees to a call in the place of people, if one does. Locked, so that calls at once are counted one by one. */
export async function templateFor(ctx: Context, change: NewChange): Promise<TemplateRow | undefined> {
  const { operation, input, inputHash, risk, targets, plan, requirements, start } = change;
  if (start === 'draft' || ctx.emergency || !isCoverable(requirements)) return undefined;
  const now = ctx.now();
  const open = await ctx.db
    .select()
    .from(changeTemplates)
    .where(
      and(
        eq(changeTemplates.tenantId, ctx.tenantId),
        eq(changeTemplates.operation, operation.name),
        eq(changeTemplates.status, 'active'),
        gt(changeTemplates.expiresAt, now),
      ),
    )
    .orderBy(asc(changeTemplates.id))
    .for('update');
  const { actor, decisionId, surface, comment, ticket } = ctx;
  const envelope = { comment, ticket };
  const facts = { phase: 'plan' as const, decisionId, actor, operation, input, inputHash, risk, targets, plan, changeId: null, envelope, surface, now, before: undefined }; // prettier-ignore
  for (const row of open) {
    if (!coversAll(row.scope, targets) || (await isUsedUp(ctx, row))) continue;
    if (!(await ctx.provider(Conditions).fits(ctx.db, facts, row))) continue;
    // A run that somebody rolled back by hand weighs too.
    if (await weigh(ctx, row.id)) return row;
  }
  return undefined;
}
