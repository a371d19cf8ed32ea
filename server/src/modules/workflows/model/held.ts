import type { Actor, ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import type { Graph } from '../graph.ts';
import { Surroundings } from '../surroundings.ts';
import { calledBy } from './uses.ts';

/** The permissions, of those that the graph's Operations need, that somebody holds; for rule V41. */
export async function heldBy(ctx: Pick<ReadContext, 'db' | 'provider'>, actor: Actor, graph: Graph): Promise<ReadonlySet<string>> {
  const { operations, permit } = ctx.provider(Surroundings);
  const held = new Set<string>();
  const lacking = new Set<string>();
  for (const operation of calledBy(graph, operations)) {
    const may = await permit(ctx.db, actor, operation).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Problem) return false;
        throw error;
      },
    );
    (may ? held : lacking).add(operation.permission);
  }
  return new Set([...held].filter((permission) => !lacking.has(permission)));
}
