import type { ReadContext } from '#kernel/context.ts';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { lowestLevel } from './grantable.ts';
import { findMember, requireNotAbove, requireOfferable } from './granting.ts';
import { Catalogue, People, type MemberRef } from './providers/port.ts';
import { holdingsOf } from './rights.ts';
import { requireKnown } from './role-rules.ts';
import { permissionsOf } from './roles.ts';
import { OWNER } from './system-roles.ts';
import { denies, type DenyRow } from './tables.ts';

export interface WantedDeny {
  subjectId: string;
  patterns: readonly string[];
  validUntil: Date | null;
}

/** The best level that somebody holds; 100 for who holds nothing. */
async function levelOf(ctx: ReadContext, subjectId: string): Promise<{ level: number; owns: boolean }> {
  const { rights } = await holdingsOf(ctx.db, ctx.provider(People), ctx.tenantId, subjectId, ctx.now());
  const lowest = lowestLevel(rights, ctx.now());
  return { level: Number.isFinite(lowest) ? lowest : 100, owns: rights.some(({ role }) => role === OWNER) };
}

const ABOVE = 'They hold a role above every role of yours.';

/** Throws unless the caller may deny this: to another member, no owner, who does not stand above them. */
export async function requireDeniable(ctx: ReadContext, { subjectId, patterns, validUntil }: WantedDeny): Promise<MemberRef> {
  const member = await findMember(ctx, subjectId);
  if (subjectId === ctx.actor.id) throw new Problem('self-grant-forbidden', 'Nobody denies themselves anything. Give up the role instead.');
  requireKnown(permissionsOf(ctx.provider(Catalogue)), patterns, (index) => `/patterns/${index}`);
  if (validUntil !== null && validUntil <= ctx.now())
    throw new Problem('validation-failed', 'The deny would end before it begins.', {
      errors: [{ pointer: '/validUntil', message: 'Lies in the past' }],
    });
  const { level, owns } = await levelOf(ctx, subjectId);
  if (owns) throw new Problem('grant-escalation', `${member.name} owns the tenant, and nothing is denied to an owner. Transfer the ownership first.`);
  await requireNotAbove(ctx, { level }, ABOVE);
  return member;
}

export const findDeny = (ctx: ReadContext, id: string): Promise<DenyRow> =>
  ctx.once(`deny ${id}`, async () => {
    const [found] = await ctx.db
      .select()
      .from(denies)
      .where(and(eq(denies.tenantId, ctx.tenantId), eq(denies.id, id), isNull(denies.revokedAt)));
    if (!found) throw new Problem('not-found', 'There is no such deny in this tenant, or it is lifted already.');
    return found;
  });

/** Throws unless the caller may lift it: it is as if they gave what it kept away. */
export async function requireLiftable(ctx: ReadContext, row: DenyRow): Promise<void> {
  if (row.subjectId === ctx.actor.id) throw new Problem('self-grant-forbidden', 'Nobody lifts what is denied to themselves. Ask another person.');
  const { level } = await levelOf(ctx, row.subjectId);
  await requireNotAbove(ctx, { level }, ABOVE);
  const role = { key: 'of this deny', level, patterns: row.patterns, maxRisk: 'high' as const, assignable: true };
  await requireOfferable(ctx, { role, scope: { any: [] }, validUntil: ctx.now() });
}
