import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import type { Memberships } from '../providers/port.ts';
import { CREDENTIALS_TOPIC } from '../steps.ts';
import type { Keys } from './port.ts';
import { createKey, liveKey, liveKeys, retireKey, revokeKey, updateKey } from './rows.ts';
import { keyEnd, KEYS, rotation } from './rules.ts';

export interface KeyDeps {
  databases: Databases;
  now: Clock;
  live: Live;
  memberships: Pick<Memberships, 'of'>;
}

/** The adapter of the port Keys on schema `auth`: transactions of its own, so what it ends stays ended even when the call fails later. */
export function createKeys({ databases, now, live, memberships }: KeyDeps): Keys {
  const ended = (): void => live.publish(CREDENTIALS_TOPIC);
  const tenantMax = async (db: Database, userId: string, tenantId: string): Promise<number> => {
    const there = (await memberships.of(db, userId)).find((one) => one.tenantId === tenantId);
    if (!there) throw new Problem('invalid-transition', 'Whose key it would be is no active member of this tenant.');
    return there.apiKeyMaxDays;
  };
  return {
    list: (tenantId, ownerId) => databases.platform('api keys', (db) => liveKeys(db, tenantId, now(), ownerId)),
    find: (tenantId, id) => databases.platform('api key', (db) => liveKey(db, tenantId, id, now())),
    create: (owner, { expiresInDays, ...wanted }) =>
      databases.platform('create key', async (db) => {
        const most = await tenantMax(db, owner.userId, owner.tenantId);
        const expiresAt = keyEnd(expiresInDays, most, now());
        if (expiresAt) return createKey(db, owner, { ...wanted, expiresAt }, now());
        const message = `At most ${Math.min(most, KEYS.maxDays)} days in this tenant`;
        throw new Problem('validation-failed', `A key cannot live for so long: ${message}.`, { errors: [{ pointer: '/expiresInDays', message }] });
      }),
    async update(tenantId, id, version, limits) {
      const saved = await databases.platform('update key', async (db) => {
        const done = await updateKey(db, tenantId, id, version, limits, now());
        return done ? liveKey(db, tenantId, id, now()) : undefined;
      });
      ended();
      return saved;
    },
    async rotate(tenantId, id, overlapHours, by) {
      const made = await databases.platform('rotate key', async (db) => {
        const at = now();
        const old = await liveKey(db, tenantId, id, at);
        if (!old) throw new Problem('not-found', 'There is no such API key in this tenant, or it is revoked already.');
        const { newEnd, oldEnd } = rotation(old, overlapHours, await tenantMax(db, old.owner.id, tenantId), at);
        const { name, permissions, scope, cidrs } = old;
        if (!(await retireKey(db, id, oldEnd)))
          throw new Problem('invalid-transition', `"${name}" was rotated before. Rotate the key that took its place.`);
        const next = { name, permissions, scope, cidrs, expiresAt: newEnd, createdBy: by, rotatedFrom: id };
        return { ...(await createKey(db, { userId: old.owner.id, tenantId }, next, at)), predecessorEndsAt: oldEnd };
      });
      ended();
      return made;
    },
    async revoke(tenantId, id) {
      const found = await databases.platform('revoke key', (db) => revokeKey(db, tenantId, id, now()));
      ended();
      return found;
    },
  };
}
