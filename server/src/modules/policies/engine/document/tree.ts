import type { ApprovalLeaf } from '#kernel/gate-steps.ts';
import type { ApprovalTree } from '../types.ts';
import type { TreeSource } from './schema.ts';

function whoOf({ resourceOwner, group, role, users }: TreeSource): ApprovalLeaf['who'] {
  if (group !== undefined) return { team: group };
  if (role !== undefined) return { role };
  if (users !== undefined) return { users };
  return resourceOwner ? 'resourceOwner' : 'scopeApprovers';
}

/** An approval tree as rules keep it: `group` is a team of people by its slug. */
export function treeOf(source: TreeSource): ApprovalTree {
  const condition = source.when === undefined ? {} : { when: source.when };
  if (source.all) return { all: source.all.map(treeOf), ...condition };
  if (source.any) return { any: source.any.map(treeOf), ...condition };
  return { who: whoOf(source), count: source.count ?? 1, ...(source.otherTeam && { otherTeam: true }), ...condition };
}

export const asksDistinct = (source: TreeSource): boolean =>
  source.distinct === true || [...(source.all ?? []), ...(source.any ?? [])].some(asksDistinct);
