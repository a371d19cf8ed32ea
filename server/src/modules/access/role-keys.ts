import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import type { Databases } from '#kernel/database.ts';
import { isValid } from './rules.ts';
import type { Permit } from './steps.ts';

/** Keys of the roles that an actor holds now: from memory where they are remembered, else from the database. */
export const createRoleKeys =
  (databases: Databases, permit: Permit, now: Clock) =>
  async (actor: Actor): Promise<readonly string[]> => {
    const inMind = permit.rolesInMind(actor);
    if (inMind.length > 0) return inMind;
    const { tenantId, id } = actor;
    const { rights } = await databases.tenant({ tenantId, readOnly: true }, (db) => permit.holdings(db, tenantId, id));
    const at = now();
    return [...new Set(rights.filter((right) => isValid(right, at)).map(({ role }) => role))];
  };
