import type { Actor } from '#kernel/context.ts';
import type { Surroundings } from '../surroundings.ts';

/** The same person by the same key is the same right twice. */
const isSame = (a: Actor, b: Actor): boolean => a.id === b.id && a.credentialId === b.credentialId;

/**
 * Somebody who acts at another's wish, as a workflow that another one calls: with what both may do, and everybody above them, never with
 * more (workflows.md 8.5).
 */
export function bounded(actor: Actor, above: Actor): Actor {
  const { within = [], ...caller } = above;
  const bounds = [...within, caller].filter((one, at, all) => !isSame(one, actor) && all.findIndex((other) => isSame(one, other)) === at);
  return bounds.length === 0 ? actor : { ...actor, within: bounds };
}

/** On whose authority a part runs: as whoever runs the whole, and where it has an account of its own as that one, within the whole's rights. */
export async function principalBelow({ asService }: Pick<Surroundings, 'asService'>, above: Actor, serviceAccountId: string | null): Promise<Actor> {
  if (serviceAccountId === null) return above;
  return bounded(await asService(above.tenantId, serviceAccountId), above);
}
