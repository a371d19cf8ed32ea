import type { ReadContext } from '#kernel/context.ts';
import type { Risk } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Surroundings } from './surroundings.ts';

/** Whether the caller may do what a permission allows; each permission is asked for once. */
export function rights({
  db,
  actor,
  provider,
}: Pick<ReadContext, 'db' | 'actor' | 'provider'>): (operation: { name: string; permission: string; risk: Risk }) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  const { permit } = provider(Surroundings);
  const ask = (operation: { name: string; permission: string; risk: Risk }): Promise<boolean> =>
    permit(db, actor, operation).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Problem) return false;
        throw error;
      },
    );
  return (operation) => {
    // An agent's token has a highest risk besides.
    const key = `${operation.permission} ${operation.risk}`;
    const found = known.get(key) ?? ask(operation);
    known.set(key, found);
    return found;
  };
}
