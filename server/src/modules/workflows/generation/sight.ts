import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { scopeCovers } from '#kernel/scope.ts';
import { targetOf } from '../model/store.ts';
import { Surroundings } from '../surroundings.ts';
import type { WorkflowRow } from '../tables.ts';
import type { Reading } from './catalogue.ts';

/** Being allowed to have something written is not being allowed to read it. Throws `permission-denied` or `scope-denied`. */
export async function requirePermission({ db, actor, provider }: Reading, permission: `${string}:${string}`, target: Target): Promise<void> {
  const reach = await provider(Surroundings).permit(db, actor, { name: permission, permission, risk: 'read' });
  if (!reach.some(({ scope }) => scopeCovers(scope, target)))
    throw new Problem('scope-denied', `Your grants of ${permission} do not reach ${target.name ?? target.id}.`, { permission });
}

export const requireSight = (reading: Reading, row: WorkflowRow): Promise<void> => requirePermission(reading, 'workflows:read', targetOf(row));
