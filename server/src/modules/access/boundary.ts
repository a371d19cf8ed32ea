import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { requireNotAbove } from './granting.ts';
import { matchesAny } from './patterns.ts';
import { Catalogue } from './providers/port.ts';
import { requireKnown } from './role-rules.ts';
import { permissionsOf } from './roles.ts';
import { boundaries } from './tables.ts';

export const Boundary = z.object({
  patterns: z.array(z.string()).nullable().meta({ title: 'Permissions', help: 'The most that any role holds; null for no boundary' }),
  version: z.int(),
});
export type Boundary = z.infer<typeof Boundary>;

export async function findBoundary({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>): Promise<Boundary> {
  const [row] = await db.select().from(boundaries).where(eq(boundaries.tenantId, tenantId));
  return { patterns: row?.patterns ?? null, version: row?.version ?? 0 };
}

/** Without these nobody could widen the boundary again. */
const KEPT = ['roles:read', 'roles:write', 'grants:read', 'grants:write', 'changes:read', 'approvals:decide'];

/** Throws unless the caller owns the tenant and could still undo it. */
export async function requireBoundable(ctx: ReadContext, patterns: readonly string[] | null): Promise<void> {
  await requireNotAbove(ctx, { level: 1 }, 'Only an owner draws the permission boundary: it holds for everybody else.');
  if (patterns === null) return;
  requireKnown(permissionsOf(ctx.provider(Catalogue)), patterns, (index) => `/patterns/${index}`);
  const lacking = KEPT.filter((permission) => !matchesAny(patterns, permission));
  if (lacking.length > 0)
    throw new Problem('validation-failed', `The boundary must hold ${lacking.join(', ')}, or nobody could widen it again.`, {
      errors: [{ pointer: '/patterns', message: `Lacks ${lacking.join(', ')}` }],
    });
}
