import type { ReadContext } from '#kernel/context.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { Surroundings } from '../surroundings.ts';

/** For what needs a further permission beside the Operation's own, over the same things. Throws `permission-denied` or `scope-denied`. */
export async function requireOver(
  ctx: Pick<ReadContext, 'db' | 'actor' | 'provider'>,
  operation: string,
  permission: `${string}:${string}`,
  targets: readonly Target[],
): Promise<void> {
  const reach = await ctx.provider(Surroundings).permit(ctx.db, ctx.actor, { name: operation, permission, risk: 'write' });
  if (coveringGrant(reach, targets) === undefined)
    throw new Problem('scope-denied', `You hold ${permission}, but not over ${targets.map(({ name }) => `"${name}"`).join(', ')}.`, { permission });
}
